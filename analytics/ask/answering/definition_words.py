"""A KPI's definition in a sentence, with how it is computed."""

from analytics.kpi import Kpi, Ratio, Statistic


def definition_sentence(kpi: Kpi) -> str:
    """`First contact resolution: Share of ... Computed as tickets resolved at the first contact, divided by ...`."""
    return f"{kpi.title}: {kpi.definition} {_computed(kpi)} {kpi.direction.value.capitalize()}."


def _computed(kpi: Kpi) -> str:
    if isinstance(kpi.value, Ratio):
        return f"Computed as {kpi.numerator_words}, divided by {kpi.denominator_words}."
    if isinstance(kpi.value, Statistic):
        return f"Computed as {kpi.numerator_words}, of the {kpi.denominator_words}."
    return f"Computed as {kpi.numerator_words}."
