"""The plan as one page to print or to send: HTML that holds everything itself and in which every text is inert."""

from collections.abc import Iterable
from html import escape

from analytics.formatting import day_text, moment_text
from analytics.plan.plan_business import automated, built_by_business
from analytics.plan.plan_markup import paragraph, table
from analytics.plan.plan_state import Plan, PlannedAction, due_words, late_words, plan_sentence
from analytics.plan.promised import statement_of
from analytics.store.problem_records import KeptProblem

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
html { color-scheme: light; background: #fff; }
body { font: 10.5pt/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; color: #1b232c; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
h1 { font-size: 20pt; font-weight: 600; margin: 0 0 .2rem; }
h2 { font-size: 13pt; font-weight: 600; margin: 2rem 0 .4rem; padding-top: .6rem; border-top: 1px solid #d6dbe0; }
h3 { font-size: 10.5pt; font-weight: 600; margin: 1.2rem 0 .2rem; }
p { margin: .2rem 0 .5rem; }
.quiet { color: #59636e; font-size: 9.5pt; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: .3rem 0 .8rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #e4e8ec; }
th { font-weight: 600; font-size: 9pt; color: #59636e; }
th:nth-child(1) { width: 2.2rem; }
th:nth-child(2) { width: 32%; }
th:nth-child(3) { width: 15%; }
th:nth-child(6) { width: 12%; }
.builders th:nth-child(1) { width: 22%; }
.builders th:nth-child(2) { width: 22%; }
.builders th:nth-child(3) { width: auto; }
thead { display: table-header-group; }
tr, .whole { break-inside: avoid; }
h2, h3 { break-after: avoid; }
.text { white-space: pre-line; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NO_STATEMENT = "Other actions"
_ACTION_HEADS = ("No.", "What", "Who", "How", "When", "Status")
_PROBLEM_HEADS = ("No.", "Problem", "Owner", "Root cause due", "Root cause", "Status")
_EFFECTS_NOTE = "Before and after is no proof: whatever else happened in the same weeks is in these numbers too."


def plan_document(plan: Plan) -> str:
    """The page: actions by statement, problem records, work of the business, effects with what to keep in mind."""
    kept = [one.kept for one in plan.actions]
    parts = [
        "<h1>Plan</h1>",
        paragraph(f"As of {day_text(plan.today)}. Tickets as of {moment_text(plan.as_of)}.", "quiet"),
        paragraph(plan_sentence(kept, plan.today)),
        "<h2>Who does what?</h2>",
        *_by_statement(plan),
        "<h2>Problem records</h2>",
        _problems(plan),
        *automated(plan),
        *built_by_business(plan),
        "<h2>Did it work?</h2>",
        *_effects(plan),
    ]
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Plan, {day_text(plan.today)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(parts) + "\n</body>\n</html>\n"


def _by_statement(plan: Plan) -> Iterable[str]:
    groups: dict[str, list[PlannedAction]] = {}
    for one in plan.actions:
        groups.setdefault(one.kept.entered.statement, []).append(one)
    if not groups:
        yield paragraph("No action is planned yet.", "quiet")
    for name, actions in sorted(groups.items(), key=lambda pair: pair[0] == ""):
        statement = statement_of(name)
        yield f"<h3>{escape(statement.text if statement else name or _NO_STATEMENT)}</h3>"
        yield table(_ACTION_HEADS, [_action_row(one, plan) for one in actions])
        yield from _comments(actions)


def _action_row(one: PlannedAction, plan: Plan) -> tuple[str, ...]:
    action = one.kept.entered
    return str(one.kept.id), action.what, action.who, action.how, due_words(one.kept, plan.today), action.status


def _comments(actions: Iterable[PlannedAction]) -> Iterable[str]:
    """Below the table, where there is room for them."""
    for one in actions:
        for comment in one.comments:
            said = f"On no. {one.kept.id}, {day_text(comment.written_at.date())}: {comment.text}"
            yield paragraph(said, "quiet text")


def _problems(plan: Plan) -> str:
    if not plan.problems:
        return paragraph("No problem record is open.", "quiet")
    return table(_PROBLEM_HEADS, [_problem_row(kept, plan) for kept in plan.problems])


def _problem_row(kept: KeptProblem, plan: Plan) -> tuple[str, ...]:
    problem = kept.entered
    late = late_words(problem.root_cause_due_on, plan.today) if problem.status == "open" else ""
    due = f"{day_text(problem.root_cause_due_on)}{late}"
    fixed = f", {day_text(problem.fixed_on)}" if problem.fixed_on else ""
    return str(kept.id), problem.title, problem.owner, due, problem.root_cause, f"{problem.status}{fixed}"


def _effects(plan: Plan) -> Iterable[str]:
    measured = [one for one in plan.actions if one.effect]
    if not measured:
        yield paragraph("No action with a KPI has begun yet: what none has begun to move cannot be measured.", "quiet")
        return
    yield paragraph(_EFFECTS_NOTE, "quiet")
    for one in measured:
        yield f'<div class="whole"><h3>{one.kept.id}. {escape(one.kept.entered.what)}</h3>'
        yield from (paragraph(text) for text in effect_words(one))
        yield "</div>"


def effect_words(one: PlannedAction) -> tuple[str, ...]:
    """What is said of an effect: the verdict, the limits, the promise, and what to keep in mind."""
    if one.effect is None:
        return ()
    beside = one.overlap.sentences if one.overlap else ()
    said = (one.effect.sentence, one.effect.limits_sentence, one.promised.sentence, *beside)
    return tuple(text for text in said if text)
