"""Work session: an agenda from the backlog as it stands, as plain text that people change and take with them."""

from collections.abc import Iterable, Sequence
from datetime import date

from analytics.flow.outlived import Outlived
from analytics.formatting import count_text, day_text
from analytics.plan.citizen_work import CitizenWork, Kind
from analytics.plan.risk import facts_of, triage
from analytics.store.handed_work import STEPS, Builder, HandedWork

MOST_CANDIDATES = 10
_ASKED = ("Who", "How", "When", "What")


def agenda_text(
    held_on: date, works: Sequence[HandedWork], builders: Sequence[Builder], found: CitizenWork, old: Outlived
) -> str:
    """The agenda of a session on that day; it quotes people and the export, so it is shown as plain text only."""
    named = {kind.title for kind in found.candidates}
    counts = {kind.title: kind for kind in found.candidates}
    begun = [line for work in works for line in _work_lines(work, held_on, counts.get(work.title))]
    new = [kind for kind in found.candidates if kind.title in named - {work.title for work in works}]
    parts = [
        [
            f"Work session on {day_text(held_on)}",
            "",
            f"The backlog: {count_text(old.tickets)} tickets {old.open.when}.",
        ],
        ["1. Work in the hands of the business", *(begun or ["   Nothing yet."])],
        ["2. New candidates", *(_candidate_lines(new) or ["   None."])],
        ["3. Requests that outlived their purpose", f"   {old.sentence}"],
        ["4. Who builds, and within which boundaries", *(_builder_lines(builders) or ["   Nobody is named yet."])],
        ["5. For each item: who, how, when, what; and the day on which it is looked at again"],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def minutes_text(works: Sequence[HandedWork]) -> str:
    """A form for the minutes: what is known of each item, and room for the rest."""
    return "\n\n".join("\n".join(_minutes_lines(work)) for work in works) or "\n".join(f"{word}:" for word in _ASKED)


def step_text(work: HandedWork) -> str:
    """`step 2 of 5, prototype`."""
    return f"step {STEPS.index(work.step) + 1} of {len(STEPS)}, {work.step}"


def _work_lines(work: HandedWork, held_on: date, kind: Kind | None) -> Iterable[str]:
    told = triage(facts_of(work.risk_reasons))
    yield f"   - {work.title}: {step_text(work)}, {told.level} risk"
    if kind is not None:
        yield f"     {count_text(kind.requests)} requests lately, {count_text(kind.open_now)} open"
    known = [text for text in (work.who, work.unit, f"due {day_text(work.due_on)}" if work.due_on else "") if text]
    yield f"     {', '.join(known) or 'nobody has it yet'}"
    if work.follow_up_on and work.follow_up_on <= held_on:
        yield f"     to be looked at again since {day_text(work.follow_up_on)}"


def _candidate_lines(kinds: Sequence[Kind]) -> list[str]:
    lines = [
        f"   - {kind.title}: {count_text(kind.requests)} requests, {count_text(kind.open_now)} open, "
        f"{triage(kind.guess).level} risk (a guess)"
        for kind in kinds[:MOST_CANDIDATES]
    ]
    more = len(kinds) - MOST_CANDIDATES
    return [*lines, f"   - and {more} more"] if more > 0 else lines


def _builder_lines(builders: Sequence[Builder]) -> list[str]:
    return [
        f"   - {one.unit}: {one.builder}. {one.boundaries or 'No boundaries are written down.'}" for one in builders
    ]


def _minutes_lines(work: HandedWork) -> Iterable[str]:
    yield work.title
    known = {"Who": work.who, "How": work.how, "When": day_text(work.due_on) if work.due_on else "", "What": work.what}
    yield from (f"{word}: {known[word]}".rstrip() for word in _ASKED)
