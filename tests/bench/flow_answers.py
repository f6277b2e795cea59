"""What the hand-tuned statements return, turned into rows that can be compared with Backlight's."""

from typing import Any

import numpy as np
import pandas as pd

from tests.bench.questions import Rows

Frames = list[pd.DataFrame]


def bridge_rows(frames: Frames) -> Rows:
    moved, reopened = frames[0], int(frames[1]["reopened"].iloc[0])
    sums = moved.drop(columns="category").sum()
    names = (("start", "start_open"), ("opened", "opened"), ("cancelled", "cancelled"), ("end", "end_open"))
    totals = {name: int(sums[column]) for name, column in names}
    whole = [("start", totals["start"]), ("opened", totals["opened"]), ("reopened", reopened)]
    rest = [("cancelled", totals["cancelled"]), ("end", totals["end"])]
    parts = [
        (
            row.category, row.opened - row.ended, row.opened - row.opened_before, row.ended_before - row.ended,
            row.opened_before - row.ended_before,
        )
        for row in moved.itertuples()
    ]  # fmt: skip
    return [*whole, *rest, *sorted(parts)]


def verdict_rows(frames: Frames) -> Rows:
    """The drift is the mean net flow of the whole weeks in the window."""
    first, last = pd.Timestamp("2025-07-07"), pd.Timestamp("2026-06-28")
    inside = [frame[frame["moved_on"].between(first, last)]["tickets"].sum() for frame in frames[:2]]
    weeks = 51
    return [("drift_per_week", (inside[0] - inside[1]) / weeks), ("weeks", weeks)]


def first_row(frames: Frames) -> Rows:
    return [(name, int(value)) for name, value in frames[0].iloc[0].items()]


def age_rows(frames: Frames) -> Rows:
    lines = dict(zip(("p50", "p85", "p95"), np.array(frames[0]["lines"].iloc[0]) / 86400, strict=True))
    days = frames[1]["days"].to_numpy()
    bands = [("from 0", days < 10), ("from 10", (days >= 10) & (days < 30)), ("from 30", days >= 30)]
    past = [(name, int((days > line).sum())) for name, line in lines.items()]
    return [*((name, int(which.sum())) for name, which in bands), *lines.items(), *past]


def classes(frames: Frames) -> Rows:
    found = frames[0].groupby("class")["tickets"].sum()
    names = ("cannot_tell", "unassigned", "group_only", "assignee_inactive", "silent", "owned")
    return [(name, int(found.get(name, 0))) for name in names]


def handoff_rows(frames: Frames) -> Rows:
    share, pairs, back = frames
    named = [(a, b, int(n), int(t)) for a, b, n, t in pairs.itertuples(index=False, name=None)]
    returns = ("returns", int(back["returns"].sum()), float(back["hours"].sum()))
    return [*first_row([share]), returns, *sorted(named)]


def price_rows(frames: Frames) -> Rows:
    return [("tickets", int(frames[0]["tickets"].sum()))]


def step_rows(frames: Frames) -> Rows:
    return [
        row
        for frame in frames
        for row in sorted(
            (value, float(hours), int(tickets), int(stays), *map(float, marks))
            for value, hours, tickets, stays, marks in frame.itertuples(index=False, name=None)
        )
    ]


def little_rows(frames: Frames) -> Rows:
    opened, ended = (frame.set_index("moved_on")["tickets"] for frame in frames[:2])
    level = opened.sub(ended, fill_value=0).sort_index().cumsum()
    days = pd.date_range("2025-07-01", "2026-06-30")
    whole = level.reindex(level.index.union(days)).ffill().reindex(days)
    row = frames[2].iloc[0]
    return [
        ("average_backlog", float(whole.mean())),
        ("ended", int(row["ended"])),
        ("mean_days", row["days"] / row["ended"]),
    ]


def survival_rows(frames: Frames) -> Rows:
    counts = frames[0]
    return [("tickets", int(counts["gone"].sum())), ("ended", int(counts["ended"].sum()))]


def first_row_means(frames: Frames) -> Rows:
    sums: Any = frames[0].drop(columns="category").sum()
    return [(f"mean_{name}", sums[f"hours_{name}"] / sums[f"n_{name}"]) for name in ("before", "after")]
