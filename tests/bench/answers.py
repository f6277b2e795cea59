"""Answers as frames, of SQL and of pandas, turned into rows that can be compared with Backlight's."""

import pandas as pd

from tests.bench.questions import MONDAY, Rows, in_order


def headline_rows(frames: object) -> Rows:
    assert isinstance(frames, list)
    names = ("mttr", "fcr", "sla_adherence", "volume", "backlog")
    rows = [
        (name, str(int(row[0])), row[1])
        for name, frame in zip(names, frames, strict=True)
        for row in frame.itertuples(index=False)
    ]
    return sorted(rows, key=lambda row: (row[1], names.index(row[0])))


def weekly_rows(frames: object) -> Rows:
    assert isinstance(frames, list)
    times, fcr, sla = frames
    median, p90 = (times["quantiles"].map(lambda pair, i=i: pair[i] / 3600) for i in (0, 1))
    named = {
        "mttr": times[["step", "mean"]],
        "median_time_to_resolve": times[["step"]].assign(value=median),
        "p90_time_to_resolve": times[["step"]].assign(value=p90),
        "fcr": fcr,
        "sla_adherence": sla,
    }
    return [row for name, frame in named.items() for row in dated([frame], name, 7)]


def flow_rows(frames: object) -> Rows:
    assert isinstance(frames, list)
    return [row for name, frame in zip(("inflow", "outflow"), frames, strict=True) for row in dated([frame], name, 7)]


def keyed(frames: object, name: str, keys: int) -> Rows:
    assert isinstance(frames, list)
    return [(name, "0", *row) for row in in_order(frames[0], keys)]


def dated(frames: object, name: str, step: int) -> Rows:
    """Rows whose first key is a date again."""
    assert isinstance(frames, list)
    (frame,) = frames
    dates = (pd.Timestamp(MONDAY) + pd.to_timedelta(frame["step"] * step, unit="D")).dt.strftime("%Y-%m-%d")
    return keyed([frame.assign(step=dates)], name, len(frame.columns) - 1)
