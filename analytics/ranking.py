"""Ranking: the largest values of a dimension, and all the others as one."""

import pandas as pd

from analytics.filters import NOT_RECORDED
from analytics.measure import KpiResult

OTHER = "other"


def ranking(result: KpiResult, most: int = 8) -> pd.DataFrame:
    """Counts of a result split by one dimension, largest first: `label`, `value`, `share`, and its `values`."""
    (dimension,) = result.query.by
    frame = (
        result.frame[[dimension, "value"]].dropna(subset="value").sort_values("value", ascending=False, kind="stable")
    )
    labels = [NOT_RECORDED if pd.isna(value) else str(value) for value in frame[dimension].astype(object)]
    rows: list[tuple[str, float, tuple[str, ...]]] = [
        (label, count, (label,)) for label, count in zip(labels, frame["value"], strict=True)
    ]
    rest = rows[most:]
    if len(rest) > 1:
        others = tuple(label for label, _, _ in rest)
        rows = [*rows[:most], (f"{OTHER} ({len(rest)})", sum(count for _, count, _ in rest), others)]
    ranked = pd.DataFrame(rows, columns=["label", "value", "values"])
    total = ranked["value"].sum()
    ranked["share"] = ranked["value"] / total if total else 0.0
    return ranked


def ranking_sentence(title: str, ranked: pd.DataFrame) -> str:
    """`Ticket volume by category: Email 1,204 (21%), Network 812 (14%).`."""
    if ranked.empty:
        return f"{title}: no tickets."
    named = [f"{row.label} {row.value:,.0f} ({row.share:.0%})" for row in ranked.itertuples()]
    return f"{title}: {', '.join(named)}."
