"""Signals of any desk: every week within its limits or marked, and the weeks add up."""

import numpy as np
from hypothesis import given

from analytics.extent import first_day
from analytics.filters import Filters
from analytics.kpis.volume import VOLUME
from analytics.measure import measure_each
from analytics.signals import JUDGED, judged_weeks, signals
from tests.properties.desks import desks, examples, filters, opened


@examples
@given(desks, filters())
def test_any_desk_has_signals_noise_or_a_reason(listed: list, asked: Filters) -> None:
    with opened(listed) as desk:
        found = signals(desk.engine, asked)
        assert list(found) == [kpi.name for kpi in JUDGED]
        for signal in found.values():
            limits = signal.limits
            assert signal.words
            assert len(limits.weeks) == len(limits.values) == len(limits.upper) == len(limits.signals)
            assert (limits.side == 0) == (limits.since is None)
            assert not limits.signals[np.isnan(limits.centre) | np.isnan(limits.values)].any()


@examples
@given(desks, filters())
def test_the_weeks_add_up_to_the_volume(listed: list, asked: Filters) -> None:
    with opened(listed) as desk:
        found = signals(desk.engine, asked)["volume"].limits
        weeks = judged_weeks(asked, desk.engine.as_of, first_day(desk.engine))
        assert np.nansum(found.values) == measure_each(desk.engine, [VOLUME], weeks)["volume"].value
