"""Slow groups: groups against the usual group on like tickets, those far quicker left aside."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analytics.filters import Filters
from analytics.flow.case_mix import CaseMix, case_mix
from analytics.warehouse.engine import Engine

_CHANCE = 0.05  # that any group at all is said to be slow for nothing
_Z = 1.959963984540054  # the quantile behind the intervals of the case mix
# A group surely below this part of the middle group's time does other work, such as a first line that hands on.
_QUICK = 0.5
# An interval wider than this, from one end to the other, tells nothing.
_WIDEST = 16.0


@dataclass(frozen=True)
class SlowGroups:
    """`frame` has the groups that can be told, the most surely slow first: `value`, `label`, `tickets`, `hours`.

    `times` is the typical time for like tickets over that of the usual one of the other groups, `at_least` its lower
    end with an allowance for the number of groups. Groups that are surely quicker than half the middle one's
    time, such as a first line that hands on what takes time, are left out of `frame` and of what is usual.
    """

    mix: CaseMix
    frame: pd.DataFrame


def slow_groups(engine: Engine, window: Filters) -> SlowGroups:
    """The groups that resolved tickets in the window, compared like with like."""
    mix = case_mix(engine, window)
    shown = mix.shown if len(mix.frame) else mix.frame
    told = shown[(shown["lo"] > 0) & (shown["hi"] <= _WIDEST * shown["lo"])]
    told = told[told["hi"] >= _QUICK * told["ratio"].median()]
    if len(told) < 2:
        columns = {name: pd.Series(dtype=float) for name in ("tickets", "hours", "times", "at_least")}
        texts = {name: pd.Series(dtype=object) for name in ("value", "label")}
        return SlowGroups(mix, pd.DataFrame({**texts, **columns}))
    logs = np.log(told["ratio"].to_numpy(dtype=float))
    usual = np.array([np.median(np.delete(logs, place)) for place in range(len(logs))])
    reach = logs - np.log(told["lo"].to_numpy(dtype=float))
    wider = float(stats.norm.isf(_CHANCE / len(told))) / _Z
    frame = pd.DataFrame(
        {
            "value": told["value"].to_numpy(dtype=object), "label": told["label"].to_numpy(dtype=object),
            "tickets": told["tickets"].to_numpy(), "hours": told["adjusted_hours"].to_numpy(dtype=float),
            "times": np.exp(logs - usual), "at_least": np.exp(logs - usual - reach * wider),
        }
    )  # fmt: skip
    return SlowGroups(mix, frame.sort_values("at_least", ascending=False, kind="stable").reset_index(drop=True))
