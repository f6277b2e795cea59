"""Table: the standings, the gate, the targets and the speed, in Markdown for the documentation."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from tests.forecast_bench.honest_gate import honest_gate
from tests.forecast_bench.replay import OURS, Replay
from tests.forecast_bench.speed import Speed
from tests.forecast_bench.standing import Standing, errors_of, standing
from tests.forecast_bench.targets import TARGETS, Reached


def standings_table(replays: Sequence[Replay]) -> str:
    """A row a method, best first at the longest horizon; naive is 1 in errors and pinball loss."""
    if not replays:
        return "None.\n"
    steps = replays[0].horizons
    found = [standing(replays, name) for name in dict.fromkeys(name for each in replays for name in each.told)]
    ranked = sorted((one for one in found if one), key=lambda one: one.errors[-1])
    heads = (
        "method",
        "series",
        *(f"error, {step}" for step in steps),
        "beats naive",
        "worst",
        "pinball",
        "80 %",
        "95 %",
        "ms",
    )
    return _table(heads, [_standing_row(one) for one in ranked])


def gate_table(replays: Sequence[Replay]) -> str:
    """What the product's gate and an honest one keep of Backlight's forecasts, at each horizon, and the worst."""
    steps = replays[0].horizons
    rows: list[tuple[str, ...]] = []
    for name, kept in (
        ("without a gate", list(replays)),
        ("shown by the product", [one for one in replays if one.shown]),
        ("not shown by the product", [one for one in replays if not one.shown]),
    ):
        if own := standing(kept, OURS):
            worst = max(max(errors_of(one, OURS)) for one in kept)
            rows.append((name, f"{own.series}", *_ratios(own.errors), f"{worst:.2f}"))
    rows += [
        (f"second half of the origins: {one.name}", f"{one.series}", *_ratios(one.errors), _ratio(one.worst))
        for one in honest_gate(replays)
    ]
    return _table(("gate", "series", *(f"error, {step}" for step in steps), "worst of all"), rows)


def targets_table(parts: dict[str, Sequence[Replay]]) -> str:
    """A row a target, a column a set of replays."""
    rows = [(target.name, *(_reached(target.reached(replays)) for replays in parts.values())) for target in TARGETS]
    return _table(("target", *parts), rows)


def speed_table(speeds: Iterable[Speed]) -> str:
    """A row a thing timed."""
    rows = [(one.what, f"{one.seconds:.2f} s", f"{one.processor_seconds:.2f} s", *_limit(one)) for one in speeds]
    return _table(("what", "took", "of the processor", "target", ""), rows)


def _limit(one: Speed) -> tuple[str, str]:
    if one.target is None:
        return "", ""
    return f"{one.target:g} s", "met" if one.seconds <= one.target else "**missed**"


def streams_table(replays: Sequence[Replay], names: Sequence[tuple[str, bool]]) -> str:
    """How many histories each stream gave, those without any included."""
    given = Counter(replay.case.stream.name for replay in replays if replay.series == "backlog")
    refused = Counter(r.case.stream.name for r in replays if r.series == "backlog" and r.case.refused)
    weeks = {r.case.stream.name: r.case.history.known for r in replays if r.case.part == "total"}
    rows = [
        (
            name,
            "real" if real else "simulated",
            f"{weeks.get(name, 0) or 'too few'}",
            f"{given[name]}",
            f"{refused[name]}",
        )
        for name, real in names
    ]
    return _table(("stream", "", "sound weeks", "histories", "of which refused today"), rows)


def worst_list(replays: Sequence[Replay], most: int = 12) -> str:
    """Where Backlight is furthest behind the best of the others: part, series, error of both at the longest horizon."""
    found = []
    for replay in replays:
        others = {name: errors_of(replay, name)[-1] for name in replay.told if name != OURS}
        name = min(others, key=lambda each: others[each])
        found.append((errors_of(replay, OURS)[-1] / others[name], replay, name, others[name]))
    found.sort(key=lambda each: -each[0])
    rows = [
        (one.case.stream.name, one.case.part, one.series, f"{errors_of(one, OURS)[-1]:.2f}", f"{error:.2f}", name,
         "yes" if one.shown else "no")
        for _, one, name, error in found[:most] if np.isfinite(error)
    ]  # fmt: skip
    return _table(("stream", "part", "series", "Backlight", "best other", "which", "shown"), rows)


def _standing_row(one: Standing) -> tuple[str, ...]:
    name = f"**{one.method}**" if one.method == OURS else one.method
    shares = (f"{one.held80:.0%}", f"{one.held95:.0%}") if np.isfinite(one.held80) else ("", "")
    milliseconds = f"{one.milliseconds:,.0f}" if one.milliseconds >= 1 else ""
    return (
        name, f"{one.series}", *_ratios(one.errors), f"{one.beats_naive:.0%}", f"{one.worst:.2f}",
        _ratio(one.losses[-1]), *shares, milliseconds,
    )  # fmt: skip


def _reached(one: Reached) -> str:
    return f"{one.found} {'' if one.met is None else 'met' if one.met else '**not met**'}".strip()


def _ratios(numbers: Iterable[float]) -> tuple[str, ...]:
    return tuple(_ratio(number) for number in numbers)


def _ratio(number: float) -> str:
    return f"{number:.3f}" if np.isfinite(number) else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    marks = ["---", *["--:"] * (len(heads) - 1)]
    lines = [heads, marks, *rows]
    return (
        "\n".join(f"| {' | '.join(line)} |" if line is not marks else f"|{'|'.join(marks)}|" for line in lines) + "\n"
    )
