"""What the self-check says of simulated desks: of each planted truth whether it is found, and said without cause.

Three desks for each seed: with everything planted, with nothing, and with all but one truth, each in turn. Found:
the rule's verdict is "agrees" and it shows what was planted, by its tickets or in its details. A false alarm: the
verdict is "agrees" or "partial" where the truth is not planted.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.demo import TRUTHS, write_exports
from analytics.diagnostic.finding import AGREES, PARTIAL, Finding
from analytics.diagnostic.judgement import RULES
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.importer import import_exports

Truth = dict[str, Any]
_MOST_TICKETS = 5_000
_MOSTLY = 0.5


@dataclass(frozen=True)
class Said:
    """What one rule said of one desk."""

    truth: str
    desk: str
    is_planted: bool
    verdict: str
    is_named: bool
    words: str

    @property
    def is_found(self) -> bool:
        """Planted, agreed to and shown."""
        return self.is_planted and self.verdict == AGREES and self.is_named

    @property
    def is_false_alarm(self) -> bool:
        """Claimed, if only in part, and not planted."""
        return not self.is_planted and self.verdict in (AGREES, PARTIAL)


def _by_tickets(engine: Engine, finding: Finding, truth: Truth) -> bool:
    """Most of the planted tickets are among those of the finding."""
    planted = set(truth["tickets"])
    if finding.selection is None or not planted:
        return False
    listed = select_tickets(engine, finding.selection, _MOST_TICKETS).frame["ticket_id"]
    return len(planted & set(listed)) >= _MOSTLY * len(planted)


def _of_category(engine: Engine, finding: Finding, truth: Truth) -> bool:
    """Most tickets of the finding are of the planted category; a truth lists no more than its first 500 tickets."""
    if finding.selection is None:
        return False
    categories = select_tickets(engine, finding.selection, _MOST_TICKETS).frame["category"].astype(object)
    return bool((categories == truth["where"]["category"]).mean() >= _MOSTLY)


def _in_details(*keys: str, first: bool = False) -> Callable[[Engine, Finding, Truth], bool]:
    """What the truth's `where` says under each key stands in the details, or in their first row."""

    def named(engine: Engine, finding: Finding, truth: Truth) -> bool:  # noqa: ARG001
        wanted = [word for key in keys for word in _words(truth["where"][key])]
        shown = finding.details.head(1 if first else None)
        text = " | ".join(str(cell) for row in shown.itertuples(index=False) for cell in row)
        return all(word in text for word in wanted)

    return named


def _words(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _on_day(engine: Engine, finding: Finding, truth: Truth) -> bool:  # noqa: ARG001
    return any(str(day).startswith(truth["where"]["at"][:10]) for day in finding.details.iloc[:, 0])


def _late_at_the_site(engine: Engine, finding: Finding, truth: Truth) -> bool:
    """Starters, and the site where most are late is in the details."""
    return _of_category(engine, finding, truth) and _in_details("sites")(engine, finding, truth)


@dataclass(frozen=True)
class Found:
    """The rule that should find a truth, and how it shows what was planted."""

    rule: str
    named: Callable[[Engine, Finding, Truth], bool]


FOUND_BY: dict[str, Found] = {
    "recurring_fault": Found("problems_return", _in_details("configuration_item")),
    "chasers": Found("users_chase", _of_category),
    "bad_change": Found("changes_break_things", _in_details("change", first=True)),
    "late_onboarding": Found("starters_wait", _late_at_the_site),
    "tickets_without_owner": Found("no_clear_owner", _by_tickets),
    "reprioritisation_habit": Found("priorities_change", _in_details("group", first=True)),
    "bouncing_pair": Found("circulation", _in_details("groups", first=True)),
    "growing_category": Found("growing_demand", _in_details("category", first=True)),
    "slow_group": Found("slow_group", _in_details("group", first=True)),
    "bulk_clean_up": Found("clean_ups", _on_day),
}
KINDS = tuple(FOUND_BY)
ALL = "all"


def said_of_desk(engine: Engine, desk: str, truths: dict[str, Truth], kinds: Iterable[str] = KINDS) -> list[Said]:
    """What each rule says of a desk in which `truths` are planted."""
    found = []
    for kind in kinds:
        finding = RULES[FOUND_BY[kind].rule](engine, Filters(), Numbers(), Known())
        planted = truths.get(kind)
        named = bool(planted) and finding.verdict == AGREES and FOUND_BY[kind].named(engine, finding, planted or {})
        words = finding.sentence or finding.reason
        found.append(Said(kind, desk, planted is not None, finding.verdict, named, words))
    return found


def said_of_seed(folder: Path, seed: int, tickets: int) -> list[Said]:
    """What the rules say of the three desks of a seed; the folder is empty again afterwards."""
    one = KINDS[(seed - 1) % len(KINDS)]
    told = []
    for desk, left_out in (("full", ()), ("none", (ALL,)), (f"without {one}", (one,))):
        inside = folder / f"{seed}-{desk.replace(' ', '-')}"
        inside.mkdir(parents=True)
        import_exports(inside / "db", write_exports(inside, tickets, seed, leave_out=left_out))
        truths = {truth["kind"]: truth for truth in json.loads((inside / TRUTHS).read_text())["truths"]}
        engine = open_engine(inside / "db")
        told += said_of_desk(engine, f"seed {seed}, {desk}", truths)
        engine.close()
        shutil.rmtree(inside)
    return told


def said_of_seeds(folder: Path, seeds: Iterable[int], tickets: int) -> list[Said]:
    """The same of several seeds, a process for each core."""
    fresh = get_context("spawn")  # a fork of a process with threads may hang
    with ProcessPoolExecutor(max_workers=os.cpu_count() or 1, mp_context=fresh) as pool:
        jobs = [pool.submit(said_of_seed, folder, seed, tickets) for seed in seeds]
        return [said for job in jobs for said in job.result()]


def table(said: Iterable[Said]) -> pd.DataFrame:
    """A row for each truth: planted and found on the full desks, and absent and false alarms on the other two.

    A truth left alone in a desk without another may have nothing to show (without the slow group hardly a ticket
    without an owner grows old), so that only full desks tell whether it is found.
    """
    listed = list(said)
    rows = []
    for kind in KINDS:
        full = [one for one in listed if one.truth == kind and one.desk.endswith("full")]
        absent = [one for one in listed if one.truth == kind and not one.is_planted]
        found, false = sum(one.is_found for one in full), sum(one.is_false_alarm for one in absent)
        rows.append((kind, FOUND_BY[kind].rule, len(full), found, len(absent), false))
    return pd.DataFrame(rows, columns=["truth", "rule", "planted", "found", "absent", "false_alarms"])
