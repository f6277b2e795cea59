"""Every truth planted in the simulated desk is found by the self-check, and no rule speaks where none is planted."""

from collections.abc import Sequence

import pytest

from tests.diagnostic.planted_truths import KINDS, Said, said_of_seeds, table

SEEDS = range(1, 21)
TICKETS = 20_000


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    """What the rules said of all desks."""
    found = said_of_seeds(tmp_path_factory.mktemp("seeds"), SEEDS, TICKETS)
    print(f"\n{table(found).to_string(index=False)}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_truth_is_found(said: Sequence[Said], kind: str) -> None:
    row = table(said).set_index("truth").loc[kind]
    missed = [f"{one.desk}: {one.verdict}, {one.words}" for one in said if _missed(one, kind)]
    print(f"\n{kind}: {row['found']} of {row['planted']} found by {row['rule']}")
    assert row["planted"] == len(SEEDS)
    assert row["found"] >= 0.95 * len(SEEDS), "\n".join(missed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_is_silent_where_nothing_is_planted(said: Sequence[Said], kind: str) -> None:
    row = table(said).set_index("truth").loc[kind]
    claimed = [f"{one.desk}: {one.verdict}, {one.words}" for one in said if one.truth == kind and one.is_false_alarm]
    print(f"\n{kind}: {row['false_alarms']} false alarms of {row['rule']} on {row['absent']} desks without it")
    assert row["absent"] > len(SEEDS)
    assert row["false_alarms"] <= 0.05 * row["absent"], "\n".join(claimed)


def _missed(one: Said, kind: str) -> bool:
    return one.truth == kind and one.desk.endswith("full") and not one.is_found
