"""Judgement: the findings on a questionnaire's statements, each by the rule that the questionnaire names."""

from collections.abc import Callable

from analytics.diagnostic.errors import BadQuestionnaire
from analytics.diagnostic.evidence.backlog_stands_still import backlog_stands_still
from analytics.diagnostic.evidence.changes_break_things import changes_break_things
from analytics.diagnostic.evidence.circulation import circulation
from analytics.diagnostic.evidence.clean_ups import clean_ups
from analytics.diagnostic.evidence.dates_not_kept import dates_not_kept
from analytics.diagnostic.evidence.growing_demand import growing_demand
from analytics.diagnostic.evidence.hard_to_reach import hard_to_reach
from analytics.diagnostic.evidence.no_clear_owner import no_clear_owner
from analytics.diagnostic.evidence.no_strategic_work import no_strategic_work
from analytics.diagnostic.evidence.priorities_change import priorities_change
from analytics.diagnostic.evidence.problems_every_week import problems_every_week
from analytics.diagnostic.evidence.problems_return import problems_return
from analytics.diagnostic.evidence.reporting_is_manual import reporting_is_manual
from analytics.diagnostic.evidence.reports_feel_wrong import reports_feel_wrong
from analytics.diagnostic.evidence.same_every_month import same_every_month
from analytics.diagnostic.evidence.slow_group import slow_group
from analytics.diagnostic.evidence.starters_wait import starters_wait
from analytics.diagnostic.evidence.users_chase import users_chase
from analytics.diagnostic.evidence.wrong_answers import wrong_answers
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.questionnaire import Questionnaire, Statement
from analytics.filters import Filters
from analytics.warehouse.engine import Engine

Rule = Callable[[Engine, Filters, Numbers, Known], Finding]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        backlog_stands_still, problems_return, reporting_is_manual, users_chase, changes_break_things, starters_wait,
        no_strategic_work, no_clear_owner, same_every_month, priorities_change, reports_feel_wrong,
        circulation, growing_demand, slow_group, clean_ups, problems_every_week, hard_to_reach, wrong_answers,
        dates_not_kept,
    )
}  # fmt: skip


def rule_of(statement: Statement) -> Rule | None:
    """The rule behind a statement; None where it is perception only. Raises `BadQuestionnaire` for an unknown one."""
    if not statement.evidence:
        return None
    if statement.evidence not in RULES:
        raise BadQuestionnaire(f"{statement.id}", f"'{statement.evidence}' is no rule of evidence")
    return RULES[statement.evidence]


def findings(
    engine: Engine, filters: Filters, questionnaire: Questionnaire, numbers: Numbers, known: Known
) -> tuple[Finding, ...]:
    """What the tickets say of each statement that has a rule, in order."""
    rules = [rule_of(statement) for statement in questionnaire.statements]
    return tuple(rule(engine, filters, numbers, known) for rule in rules if rule)
