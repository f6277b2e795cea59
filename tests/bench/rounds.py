"""Rounds: competitors take turns, so that whatever else the machine does falls on each of them alike."""

from collections.abc import Callable, Mapping
from statistics import median


def alternate(competitors: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int) -> dict[str, dict[str, float]]:
    """The median of each measurement by competitor; every second round runs in the opposite order."""
    measured: dict[str, list[Mapping[str, float]]] = {name: [] for name in competitors}
    for turn in range(rounds):
        order = list(competitors) if turn % 2 == 0 else list(reversed(competitors))
        for name in order:
            measured[name].append(competitors[name]())
    return {name: _medians(runs) for name, runs in measured.items()}


def _medians(runs: list[Mapping[str, float]]) -> dict[str, float]:
    return {what: median(run[what] for run in runs) for what in runs[0]}
