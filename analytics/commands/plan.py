"""plan: the actions with what came of them, and the plan as files."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analytics.formatting import moment_text
from analytics.plan.effect import Effect
from analytics.plan.plan_calendar import plan_calendar
from analytics.plan.plan_document import effect_words, plan_document
from analytics.plan.plan_state import Plan, PlannedAction, due_words, is_overdue, plan_of, plan_sentence
from analytics.plan.plan_table import plan_csv
from analytics.plan.today import today
from analytics.store import open_store
from analytics.warehouse.engine import open_engine

NAME = "plan"
HELP = "the actions with what came of them, and the plan as a table, a calendar or a page to print"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    for option, what in (
        ("csv", "actions and problem records as CSV"),
        ("ics", "due dates, follow-ups and root cause dates as an iCalendar file"),
        ("html", "the plan as one page to print"),
    ):
        parser.add_argument(f"--{option}", type=Path, metavar="FILE", help=f"write {what}")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure the effects, write the files asked for, and list the plan."""
    plan = plan_of(open_engine(folder), open_store(folder), today())
    writers: tuple[tuple[Path | None, Callable[[Plan], bytes]], ...] = (
        (arguments.csv, plan_csv), (arguments.ics, plan_calendar), (arguments.html, _page),
    )  # fmt: skip
    written = []
    for file, content in writers:
        if file is not None:
            file.write_bytes(content(plan))
            written.append(str(file))
    return _document(plan, written), _text(plan, written)


def _page(plan: Plan) -> bytes:
    return plan_document(plan).encode()


def _document(plan: Plan, written: list[str]) -> dict[str, Any]:
    return {
        "today": plan.today.isoformat(),
        "as_of": plan.as_of.isoformat() if plan.as_of else None,
        "sentence": plan_sentence([one.kept for one in plan.actions], plan.today),
        "actions": [_action(one, plan) for one in plan.actions],
        "problem_records": [{"id": kept.id, **_plain(asdict(kept.entered))} for kept in plan.problems],
        "files": written,
    }


def _action(one: PlannedAction, plan: Plan) -> dict[str, Any]:
    beside = one.overlap.sentences if one.overlap else ()
    return {
        "id": one.kept.id,
        **_plain(asdict(one.kept.entered)),
        "overdue": is_overdue(one.kept, plan.today),
        "comments": [comment.text for comment in one.comments],
        "effect": _effect(one.effect) if one.effect else None,
        "promised": one.promised.sentence,
        "overlap": list(beside),
    }


def _effect(found: Effect) -> dict[str, Any]:
    estimate = found.estimate
    numbers = ("effect", "low", "high", "expected", "before", "after")
    return {
        "kpi": found.kpi.name,
        "unit": found.kpi.unit.value,
        "verdict": found.verdict,
        "sentence": found.sentence,
        "limits": found.limits_sentence,
        "periods_before": found.known_before,
        "periods_after": found.known_after,
        "weeks_a_period": found.periods.length_weeks,
        **{name: getattr(estimate, name) if estimate else None for name in numbers},
    } | found.basis.document()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _text(plan: Plan, written: list[str]) -> str:
    lines = [plan_sentence([one.kept for one in plan.actions], plan.today), ""]
    for one in plan.actions:
        who = f" ({one.kept.entered.who})" if one.kept.entered.who else ""
        lines.append(f"{one.kept.id}. {one.kept.entered.status}: {one.kept.entered.what}{who}")
        lines += [f"   {text}" for text in (due_words(one.kept, plan.today), *effect_words(one)) if text]
    lines += [f"{kept.entered.status}: problem record {kept.id}, {kept.entered.title}" for kept in plan.problems]
    lines += [f"Written: {name}" for name in written]
    return "\n".join([*lines, f"Tickets as of {moment_text(plan.as_of)}."])
