"""Which kinds would have to stay away: what is soon closed spares little, what stays long spares much."""

from functools import partial
from pathlib import Path

from analytics.filters import Filters
from analytics.forecast.forecast import forecast
from analytics.forecast.inflow_mix import inflow_mix
from analytics.forecast.levers import Levers
from analytics.forecast.spared_arrivals import spared_arrivals
from tests.forecast.scenario_desk import what_if_tickets
from tests.warehouse_of import desk_of


def test_which_kinds_would_do_it_goes_by_how_long_they_stay(tmp_path: Path) -> None:
    """Mail and web are the most frequent and soon gone: without them not much less is open, without reports it is."""
    desk = desk_of(what_if_tickets(), tmp_path)
    present = forecast(desk.engine, Filters())
    past = present.history
    assert past
    assert present.paths
    start, mix = present.paths, inflow_mix(desk.engine, Filters(), past, "category")

    def chance(levers: Levers) -> float:
        return float((start.changed(levers).backlog[:, -1] < wanted).mean())

    wanted = 0.88 * start.backlog[:, -1].mean()
    spared = partial(spared_arrivals, desk.engine, Filters(), past, "category", mix)
    alike = chance(Levers.of(13, inflow_factor=1 - mix[0].share - mix[1].share))
    (two, _), third = mix[:2], mix[2]
    assert (two.value in {"Mail", "Web"}, third.value) == (True, "Reports")
    found = spared(mix[0].share + mix[1].share, 13, 1.0, chance, 2.0)
    assert found
    assert len(found.parts) == 3
    assert found.chance > 0.9
    soon = spared(mix[0].share, 13, 1.0, chance, 0.0)
    assert soon
    assert (len(soon.parts), soon.parts[0]) == (1, mix[0])
    assert soon.chance < alike
    assert spared(1.01, 13, 1.0, chance, 0.8) is None
    desk.engine.close()
