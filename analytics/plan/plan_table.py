"""The plan as tables: a row an action, a row a problem record; their texts are people's and quote no export."""

import pandas as pd

from analytics.export import csv_bytes
from analytics.plan.action_filters import filters_of, filters_words
from analytics.plan.plan_state import Plan, PlannedAction, is_overdue

_ACTION_COLUMNS = (
    "no", "what", "who", "how", "status", "due_on", "overdue", "started_on", "done_on", "follow_up_on", "statement",
    "kpi", "tickets", "promised_percent", "effect", "effect_low", "effect_high", "verdict", "said", "origin",
    "comments",
)  # fmt: skip
_PROBLEM_COLUMNS = ("no", "title", "owner", "status", "opened_on", "root_cause_due_on", "root_cause", "fixed_on")
_WORK_COLUMNS = ("no", "title", "who", "unit", "how", "due_on", "what", "step", "risk", "follow_up_on")


def actions_table(plan: Plan) -> pd.DataFrame:
    """The actions in the order in which they were made; effects in the unit of their KPI."""
    return pd.DataFrame([_action_row(one, plan) for one in plan.actions], columns=list(_ACTION_COLUMNS), dtype=object)


def problems_table(plan: Plan) -> pd.DataFrame:
    """The problem records in the order in which they were opened."""
    rows = [{"no": one.id, **vars(one.entered)} for one in plan.problems]
    return pd.DataFrame(rows, columns=list(_PROBLEM_COLUMNS), dtype=object)


def works_table(plan: Plan) -> pd.DataFrame:
    """What is in the hands of the business, in the order in which it was added."""
    rows = [{"no": one.id, **vars(one.entered)} for one in plan.works]
    return pd.DataFrame(rows, columns=list(_WORK_COLUMNS), dtype=object)


def plan_csv(plan: Plan) -> bytes:
    """Actions and problem records in one file: `kind` says which; columns that one does not have stay empty."""
    actions = actions_table(plan).assign(kind="action")
    problems = problems_table(plan).assign(kind="problem record")
    both = [frame for frame in (actions, problems) if len(frame)] or [actions]
    joined = pd.concat(both, ignore_index=True)
    return csv_bytes(joined[["kind", *[name for name in joined.columns if name != "kind"]]])


def _action_row(one: PlannedAction, plan: Plan) -> dict[str, object]:
    action, estimate = one.kept.entered, one.effect.estimate if one.effect else None
    return {
        **{name: getattr(action, name) for name in _ACTION_COLUMNS if hasattr(action, name)},
        "no": one.kept.id,
        "overdue": "yes" if is_overdue(one.kept, plan.today) else "no",
        "tickets": filters_words(filters_of(action.filters)),
        "effect": round(estimate.effect, 4) if estimate else None,
        "effect_low": round(estimate.low, 4) if estimate else None,
        "effect_high": round(estimate.high, 4) if estimate else None,
        "verdict": one.effect.verdict if one.effect else None,
        "said": one.effect.sentence if one.effect else None,
        "comments": " | ".join(comment.text for comment in one.comments),
    }
