"""Small-group care, by trial: where tickets are split at random, at most about one look in twenty finds anything."""

import random

import pytest

from analytics.explore.contrast import LEVEL, contrast
from analytics.explore.sides import Sides
from analytics.filters import Filters
from tests.pages.desk_page import ticket
from tests.warehouse_of import Desk, desk_of

pytestmark = pytest.mark.slow
TICKETS, PARTS, RUNS = 1_500, 60, 60
# The 99.5 % quantile of Binomial(60, 0.05) is 8.
MOST = 8
DIMENSIONS = ("assignment_group", "category", "service", "priority", "channel", "site", "opened_hour")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Skewed durations and sizes of groups, as desks have them; a configuration item given by lot."""
    lot = random.Random(6)
    rows = [
        ticket(
            lot.uniform(1, 60),
            lot.lognormvariate(2, 1.5),
            assignment_group=f"G{min(int(lot.expovariate(0.3)), 12)}",
            category=f"C{min(int(lot.expovariate(0.15)), 25)}",
            service=f"S{lot.randrange(8)}",
            priority=lot.choice([1, 2, 3, 3, 3, 4]),
            channel=lot.choice(["phone", "web", "mail"]),
            site=f"P{lot.randrange(15)}",
            first_contact_resolved=lot.random() < 0.6,
            configuration_item=f"I{lot.randrange(PARTS)}",
        )
        for _ in range(TICKETS)
    ]
    return desk_of(rows, tmp_path_factory.mktemp("random"))


@pytest.mark.parametrize(("kpi", "part"), [("volume", 0.5), ("mttr", 0.5), ("mttr", 0.15), ("fcr", 0.3)])
def test_a_split_by_lot_finds_next_to_nothing(desk: Desk, kpi: str, part: float) -> None:
    lot = random.Random(f"{kpi} {part}")
    found = 0
    for _ in range(RUNS):
        items = lot.sample([f"I{number}" for number in range(PARTS)], round(PARTS * part))
        here = Filters.of(where={"configuration_item": items})
        looked = contrast(desk.engine, kpi, Sides(here, Filters(), nested=True), DIMENSIONS)
        assert len(looked.frame) > 30
        found += bool((looked.frame["adjusted"] < LEVEL).any())
    assert found <= MOST
