"""The whole attack, with figures: `python -m tests.sql.attack`; about ten minutes on two cores.

Every hostile string and every one of 20,000 mutations; those that pass the gate are run. Exits with 1 if a bar is
missed.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from analytics.warehouse.sandbox.limits import AT_ONCE
from tests.sql.gate_batch import CRASHED, PASSED, verdicts
from tests.sql.mutations import mutations
from tests.sql.strings import Hostile, hostile
from tests.sql.target import VARIABLE, Outcome, Target, concealed, made_target, peaks_of_children
from tests.sql.test_mutations import _without_echo

MUTATIONS = 20_000
SECONDS = 1.0
LATEST = SECONDS + 1
MOST_MEMORY = 1_500_000_000


@dataclass(frozen=True)
class Attack:
    """A statement, what became of it and how long that took."""

    text: str
    outcome: Outcome
    seconds: float


def _attack(target: Target, texts: list[str]) -> tuple[list[Attack], int]:
    def one(text: str) -> Attack:
        started = time.monotonic()
        outcome = target.outcome(text, SECONDS)
        return Attack(text, outcome, time.monotonic() - started)

    with peaks_of_children() as peaks, ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, texts)), max(peaks)


def _report(name: str, target: Target, texts: list[str]) -> int:
    done, peak = _attack(target, texts)
    leaks = [one for one in done if target.found_in(_without_echo(one.text, one.outcome))]
    late = [one for one in done if one.seconds > LATEST]
    print(f"{name}: {len(done):,} run; {dict(Counter(one.outcome.kind for one in done))}")
    print(f"  leaks {len(leaks)}; knocks {len(target.knocks)}; later than {LATEST:g} s: {len(late)}; "
          f"slowest {max(one.seconds for one in done):.2f} s; highest memory {peak >> 20} MB")  # fmt: skip
    for one in [*leaks, *late][:20]:
        print(f"  {one.seconds:.2f} s {one.text[:200]!r}")
    broken = [one for one in done if one.outcome.kind == "Broken"]
    for one in broken[:20]:
        print(f"  broken: {one.text[:200]!r}")
    return len(leaks) + len(late) + len(target.knocks) + (peak > MOST_MEMORY)


def main() -> int:
    """Attack, print, and return how the process should end."""
    with tempfile.TemporaryDirectory() as place:
        target = made_target(Path(place))
        before = target.state()
        missed = _report("Hostile strings", target, [target.text(one) for one in hostile()])
        texts = [target.text(Hostile("mutation", text, refused=False)) for text in mutations(MUTATIONS)]
        said = verdicts(concealed(target.folder), texts)
        passed = [text for text, verdict in zip(texts, said, strict=True) if verdict == PASSED]
        print(f"Mutations: {len(texts):,} at the gate, {len(passed):,} passed, {said.count(CRASHED)} crashed it")
        missed += said.count(CRASHED) + _report("Mutations that passed", target, passed)
        changed = target.state() != before
        print(f"Files changed: {changed}")
        os.environ.pop(VARIABLE, None)
    return 1 if missed or changed else 0


if __name__ == "__main__":
    sys.exit(main())
