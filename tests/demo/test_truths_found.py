"""What was planted in the simulated desk is found, on many desks: hits and false alarms are counted and printed."""

import pytest

from tests.demo.planted import DETECTORS, Finding, findings, table

SEEDS = range(1, 21)
TICKETS = 20_000


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Finding]]:
    """Findings by seed and truth."""
    return {seed: findings(tmp_path_factory.mktemp("seed"), seed, TICKETS) for seed in SEEDS}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DETECTORS)
def test_a_planted_truth_is_found_without_false_alarms(found: dict[int, dict[str, Finding]], kind: str) -> None:
    row = table(found).set_index("truth").loc[kind]
    print(f"\n{kind}: {row['hits']} of {row['seeds']} seeds hit, {row['false_alarms']} false alarms")
    assert row["hits"] >= 0.95 * len(SEEDS), f"missed by seeds {row['missed_by']}"
    assert row["false_alarms"] <= 0.05 * len(SEEDS)
