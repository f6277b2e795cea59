"""What words such as `median` or `in business hours` make of the KPI beside them."""

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.phrase_book import phrase_book
from analytics.kpis import find_kpi


def varied_names(draft: Draft, names: list[str]) -> list[str]:
    """The names after words such as `median` or `in business hours`."""
    names = _without_general(names)
    for place, mark in enumerate(draft.marks):
        sense = mark.of("variant")
        is_meant = mark.says("mean_verb") and draft.saying("what_is", "define")
        if not sense or place in draft.used or (mark.is_filler and not names) or is_meant:
            continue
        changes = phrase_book().variants[sense.name]
        if sense.name != "share":
            _check_apart(draft, place)
        names = names or _implied(draft, sense.name)
        if any(name in changes for name in names):
            names = [changes.get(name, name) for name in names]
        elif mark.says("percent"):
            continue
        else:
            _refuse_variant(mark.text, names)
        draft.use(place, "kpi", mark.text)
    return list(dict.fromkeys(names))


def _check_apart(draft: Draft, place: int) -> None:
    """Refuses `mttr of London versus p90 of Leeds`: two measures, not one."""
    named = [at for at, mark in enumerate(draft.marks) if mark.of("kpi")]
    for at in named:
        between = draft.marks[min(at, place) + 1 : max(at, place)]
        if any(mark.says("versus", "and") and mark.text != "," for mark in between) and any(
            m.of("value") for m in between
        ):
            raise Refused("One measure can be asked for at a time, and these are two.")


def _implied(draft: Draft, variant: str) -> list[str]:
    """The KPI that a variant is of where none is named: `the median`, `share of reopened tickets`."""
    if variant == "share" and draft.saying("reopened"):
        draft.absorb(*draft.saying("reopened"))
        return ["reopen_rate"]
    if variant == "share" and draft.saying("breach"):
        return ["sla_adherence"]
    if variant == "response":
        return ["first_response_time"]
    if variant == "mean" and draft.saying("answered"):
        draft.absorb(*draft.saying("answered"))
        return ["first_response_time"]
    return ["mttr"] if variant in ("median", "p90") or draft.saying("took", "ended") else []


def _refuse_variant(text: str, names: list[str]) -> None:
    of = f" of {find_kpi(names[0]).title}" if names else ""
    raise Refused(
        f"'{text}'{of} is not measured: Backlight has means, medians and shares only where its registry defines them."
    )


def _without_general(names: list[str]) -> list[str]:
    """`median time to resolve` names the median, not the mean as well."""
    special = {"median_time_to_resolve": "mttr", "p90_time_to_resolve": "mttr", "mttr_business": "mttr"}
    return [name for name in names if not any(special.get(other) == name for other in names)] or names
