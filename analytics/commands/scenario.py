"""scenario: what the backlog would do if something changed, and the what-ifs kept under names."""

import argparse
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.errors import BacklightError, UnknownName
from analytics.filters import Filters
from analytics.forecast.change_text import change_from
from analytics.forecast.changes import document_of
from analytics.forecast.elasticity import Elasticity, elasticity
from analytics.forecast.fan import BANDS, Fan
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outcome import CAVEATS, Mark, Outcome, what_if
from analytics.forecast.scenario import Scenario, scenario_of, weeks_ahead
from analytics.store import Store, open_store
from analytics.store.scenarios import SavedScenario
from analytics.warehouse.engine import Engine, open_engine

NAME = "scenario"
HELP = "what the backlog would do if something changed; keeps what-ifs under names"
_MOST_WEEKS = 52


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    changes = {
        "--inflow": ("inflow", "DIMENSION=VALUE:-25%[@DATE]", "arrivals of one value up or down, from DATE on"),
        "--people": ("people", "GROUP:+2[*TICKETS][@DATE]", "a group gains or loses people, of TICKETS a week each"),
        "--freeze": ("freeze", "FROM..TO[:SHARE%]", "no closures, or only SHARE, from FROM to TO inclusive"),
    }
    for flag, (kind, form, help_) in changes.items():
        parser.add_argument(flag, dest=kind, action="append", default=[], metavar=form, help=f"{help_} (repeat)")
    parser.add_argument(
        "--automate", nargs="?", const="50%", dest="automation", metavar="SHARE%[@DATE]",
        help="so much of the five most frequent simple types no longer comes (default 50%%)",
    )  # fmt: skip
    parser.add_argument(
        "--elasticity", type=float, metavar="E",
        help="by how many per cent closures change when the work on hand changes by one, 0 to 1 (default: estimated)",
    )  # fmt: skip
    parser.add_argument(
        "--horizon",
        type=int,
        metavar="WEEKS",
        help="weeks ahead (default 13, or as many as the changes call for; at most 52)",
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--save", metavar="NAME", help="keep the changes under a name")
    kept.add_argument("--use", metavar="NAME", help="take the changes kept under a name")
    kept.add_argument("--list", action="store_true", help="list what is kept")
    kept.add_argument("--delete", metavar="NAME", help="forget what is kept under a name")
    parser.add_argument("--replace", action="store_true", help="with --save: in place of the one of that name")
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Suppose, keep or list."""
    if arguments.list or arguments.delete is not None:
        return _kept(arguments, open_store(folder))
    _check(arguments)
    scenario = _scenario(arguments, folder)
    engine, filters = open_engine(folder), read_filters(arguments)
    present = _present(engine, filters, scenario, arguments.horizon)
    own = elasticity(present.history) if present.history else Elasticity(reason="there is no history")
    follows = own.reckoned if arguments.elasticity is None else arguments.elasticity
    found = what_if(engine, filters, present, scenario, follows)
    if arguments.save is not None:
        _save(arguments, folder, scenario)
    document = _document(present, scenario, found)
    followed = {"elasticity": follows, "elasticity_measured": own.value if own.lo is not None else None}
    held = f"Reckoned with an elasticity of {follows:.2f}. {own.sentence}"
    return document | followed, _text(present, scenario, found, held)


def _present(engine: Engine, filters: Filters, scenario: Scenario, horizon: int | None) -> Forecast:
    """The present course, so far ahead as is asked for, or as the changes call for."""
    found = forecast(engine, filters, horizon)
    if horizon is not None or found.history is None:
        return found
    weeks = weeks_ahead(scenario.changes, found.history.last_day)
    return found if weeks == found.horizon else forecast(engine, filters, weeks)


def _check(arguments: argparse.Namespace) -> None:
    if arguments.elasticity is not None and not 0 <= arguments.elasticity <= 1:
        raise BacklightError("--elasticity is not a number from 0 to 1: leave it out for the desk's own.")
    if arguments.horizon is not None and not 1 <= arguments.horizon <= _MOST_WEEKS:
        raise BacklightError(
            f"--horizon is not a number of weeks from 1 to {_MOST_WEEKS}: leave it out for 13 or more."
        )


def _scenario(arguments: argparse.Namespace, folder: Path) -> Scenario:
    """The changes asked for, after those of the scenario used."""
    kept = _named(open_store(folder), arguments.use) if arguments.use is not None else None
    before = scenario_of(kept.name, kept.changes).changes if kept else ()
    automation = [] if arguments.automation is None else [arguments.automation]
    texts = [
        *(("inflow", text) for text in arguments.inflow),
        *(("people", text) for text in arguments.people),
        *(("freeze", text) for text in arguments.freeze),
        *(("automation", text) for text in automation),
    ]
    changes = tuple(change_from(kind, text) for kind, text in texts)
    return Scenario(arguments.save or (kept.name if kept else ""), (*before, *changes))


def _named(store: Store, name: str) -> SavedScenario:
    saved = {kept.name: kept for kept in store.scenarios()}
    if name not in saved:
        raise UnknownName("scenario", name, saved or ["none is kept yet"])
    return saved[name]


def _save(arguments: argparse.Namespace, folder: Path, scenario: Scenario) -> None:
    store = open_store(folder)
    if not scenario.changes:
        raise BacklightError("There is no change to keep: add --inflow, --people, --freeze or --automate.")
    if not arguments.replace and " ".join(scenario.name.split()) in {kept.name for kept in store.scenarios()}:
        raise BacklightError(f"'{scenario.name}' is kept already: add --replace, or choose another name.")
    store.save_scenario(scenario.name, scenario.json)


def _kept(arguments: argparse.Namespace, store: Store) -> tuple[dict[str, Any], str]:
    if arguments.delete is not None:
        store.delete_scenario(_named(store, arguments.delete).name)
    kept = store.scenarios()
    lines = [f"  {one.name}  (changed {one.changed_at:%Y-%m-%d %H:%M} UTC)" for one in kept]
    listed = [_saved(one) for one in kept]
    return {"scenarios": listed}, "\n".join(["kept:", *lines] if lines else ["No scenario is kept."])


def _saved(kept: SavedScenario) -> dict[str, Any]:
    try:
        scenario = scenario_of(kept.name, kept.changes)
        changes: dict[str, Any] = {"changes": [document_of(change) for change in scenario.changes]}
    except BacklightError as error:
        changes = {"changes": None, "reason": str(error)}
    return {
        "name": kept.name,
        **changes,
        "created_at": kept.created_at.isoformat(),
        "changed_at": kept.changed_at.isoformat(),
    }


def _document(present: Forecast, scenario: Scenario, found: Outcome | None) -> dict[str, Any]:
    common = {
        "name": scenario.name or None,
        "changes": [document_of(change) for change in scenario.changes],
        "sentence": found.sentence if found else present.sentence,
        **replace(present.basis, caveats=(*present.basis.caveats, *CAVEATS)).document(),
    }
    if found is None:
        return common | {"refused": present.sentence}
    periods = [str(period.astype("datetime64[D]")) for period in present.periods]
    return common | {
        "today": found.today,
        "marks": [_mark(mark) for mark in found.marks],
        "hypothesis": found.claim or None,
        "reading": list(found.reading),
        "not_counted": list(found.not_counted),
        "present": _rows(present.fans, periods),
        "forecast": _rows(found.fans, periods),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    numbers = {name: _number(value) for name, value in vars(mark).items() if name != "day"}
    return {"day": mark.day.isoformat(), **numbers}


def _rows(fans: Mapping[str, Fan], periods: list[str]) -> list[dict[str, Any]]:
    return [row for series, fan in fans.items() for row in _series_rows(series, fan, periods)]


def _series_rows(series: str, fan: Fan, periods: list[str]) -> list[dict[str, Any]]:
    return [
        {"period": period, "series": series, "mean": _number(fan.mean[step])}
        | {name: _number(fan.bound(name)[step]) for name in BANDS}
        for step, period in enumerate(periods)
    ]


def _number(value: float) -> float | None:
    return round(float(value), 6) if math.isfinite(value) else None


def _text(present: Forecast, scenario: Scenario, found: Outcome | None, held: str) -> str:
    """For a person at a terminal."""
    if found is None:
        return present.sentence
    said = [found.sentence, present.sentence, found.claim, held]
    return "\n".join(
        [
            *filter(None, said),
            *(f"  {sentence}" for sentence in found.reading),
            *(f"  not counted: {sentence}" for sentence in found.not_counted),
            *([f"kept as {scenario.name}"] if scenario.name else []),
        ]
    )
