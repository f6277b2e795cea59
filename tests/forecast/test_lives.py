"""Lives: how many were open at each age and how many of them ended then, by example and for any tickets."""

import numpy as np
from hypothesis import given

from analytics.forecast.lives import BUCKETS
from analytics.period import Grain
from tests.forecast.histories import Life, history_of, lives, rows_of_lives
from tests.properties.desks import examples

# Opened before the first week and ended in the second; opened and ended in the first; opened in it and open 5 weeks;
# opened in the third and never ended.
FEW: list[Life] = [(-2, 1, 1), (0, 0, 3), (0, 5, 2), (2, None, 4)]


def test_a_handful_of_tickets_by_age() -> None:
    found = lives(FEW, 4)
    assert found.first_ages.tolist() == [0, 1, 2, 3, 4, 6, 9, 13, 26, 52, 104]
    # Week 0: 3 + 2 new, one of age 2. Week 1: 2 of age 1, one of age 3. Week 2: 4 new, 2 of age 2. Week 3: 4 and 2.
    assert found.at_risk[:, :5].tolist() == [
        [3 + 2, 0, 1, 0, 0],
        [0, 2, 0, 1, 0],
        [4, 0, 2, 0, 0],
        [0, 4, 0, 2, 0],
    ]
    assert found.ended[:, :5].tolist() == [[3, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]
    assert not found.at_risk[:, 5:].any()


def test_what_is_open_by_age_when_some_weeks_are_known() -> None:
    found = lives(FEW, 4)
    # After two weeks: two of week 0, which in the third week are of age 2. After four: those of age 4, and 4 of age 2.
    assert np.flatnonzero(found.open_by_age(2)).tolist() == [2]
    assert found.open_by_age(2)[2] == 2
    assert {age: found.open_by_age(4)[age] for age in np.flatnonzero(found.open_by_age(4))} == {4: 2, 2: 4}


def test_an_end_before_the_opening_is_one_at_age_nought() -> None:
    found = lives([(2, 1, 1)], 4)
    assert found.ended[2, 0] == 1
    assert found.ended.sum() == 1


def test_ages_beyond_the_last_bucket_are_counted_in_it() -> None:
    found = lives([(-500, 2, 7)], 4)
    assert found.at_risk[:, -1].tolist() == [7, 7, 7, 0]
    assert found.ended[:, -1].tolist() == [0, 0, 7, 0]
    assert found.open_by_age(1)[found.oldest] == 7
    assert found.bucket_of_age[found.oldest] == len(BUCKETS[Grain.WEEK]) - 1


@examples
@given(rows_of_lives())
def test_the_ages_of_a_week_sum_to_what_was_open_at_its_start_and_opened_in_it(rows: list[Life]) -> None:
    history = history_of(rows, 12)
    before = history.backlog + history.outflow - history.inflow
    np.testing.assert_array_equal(history.lives.at_risk.sum(axis=1), before + history.inflow)
    np.testing.assert_array_equal(history.lives.ended.sum(axis=1), history.outflow)
    assert (history.lives.ended <= history.lives.at_risk).all()


@examples
@given(rows_of_lives())
def test_what_is_open_by_age_sums_to_the_backlog(rows: list[Life]) -> None:
    history = history_of(rows, 12)
    for known in range(1, 13):
        assert history.lives.open_by_age(known).sum() == history.backlog[known - 1]


@examples
@given(rows_of_lives())
def test_the_lives_by_counting_each_ticket_in_each_week(rows: list[Life]) -> None:
    found = lives(rows, 12)
    for week in range(12):
        for bucket, first in enumerate(found.first_ages):
            after = found.first_ages[bucket + 1] if bucket + 1 < len(found.first_ages) else np.inf
            there = [
                (end, tickets)
                for opened, ended, tickets in rows
                for end in [np.inf if ended is None else max(ended, opened)]
                if opened <= week <= end and first <= week - opened < after
            ]
            assert found.at_risk[week, bucket] == sum(tickets for _, tickets in there)
            assert found.ended[week, bucket] == sum(tickets for end, tickets in there if end == week)


@examples
@given(rows_of_lives())
def test_the_lives_as_they_were_are_the_first_rows(rows: list[Life]) -> None:
    then, now = lives(rows, 12).until(7), lives(rows, 12)
    again = lives([(o, e if e is not None and e < 7 else None, n) for o, e, n in rows], 7)
    for found in (then, again):
        np.testing.assert_array_equal(found.at_risk, now.at_risk[:7])
        np.testing.assert_array_equal(found.ended, now.ended[:7])
        np.testing.assert_array_equal(found.open_by_age(7), now.open_by_age(7))
