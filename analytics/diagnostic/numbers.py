"""Numbers: the thresholds and assumptions in force, the shipped ones or those that an organisation has set."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.diagnostic.errors import BadThreshold
from analytics.diagnostic.questionnaire import Assumption, Statement, Threshold, questionnaires

# The name under which the store keeps those that were set, as JSON: `rule.name` -> number.
SETTING = "evidence_thresholds"
LOW, HIGH = ".low", ".high"


@dataclass(frozen=True)
class Guess:
    """An assumed number with a low and a high end."""

    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Numbers:
    """What people have set; everything else is as shipped. Keys are `rule.name`, a guess's ends `.low`, `.high`."""

    changed: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, text: str) -> "Numbers":
        """From the store's JSON; what is no number there is as shipped."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            return cls()
        pairs = found.items() if isinstance(found, Mapping) else ()
        return cls(tuple(sorted((str(name), float(value)) for name, value in pairs if _is_number(value))))

    @property
    def json(self) -> str:
        """For the store."""
        return json.dumps(dict(self.changed))

    def threshold(self, rule: str, name: str) -> float:
        """The number that a rule compares with."""
        shipped = _threshold(rule, name)
        return dict(self.changed).get(f"{rule}.{name}", float(shipped.value))

    def guess(self, rule: str, name: str) -> Guess:
        """The number assumed, with its ends in order."""
        shipped, changed = _assumption(rule, name), dict(self.changed)
        key = f"{rule}.{name}"
        ends = (
            changed.get(key + LOW, shipped.low),
            changed.get(key, shipped.value),
            changed.get(key + HIGH, shipped.high),
        )
        low, value, high = sorted(map(float, ends))
        return Guess(low, value, high)

    def with_threshold(self, rule: str, name: str, value: float) -> "Numbers":
        """These with one set; raises `BadThreshold` outside of its range."""
        shipped = _threshold(rule, name)
        if not (math.isfinite(value) and shipped.least <= value <= shipped.most):
            raise BadThreshold(shipped.words, value, shipped.least, shipped.most)
        return _changed(self, {f"{rule}.{name}": (value, shipped.value)})

    def with_guess(self, rule: str, name: str, guess: Guess) -> "Numbers":
        """These with one assumption set; raises `BadThreshold` for a negative number or ends out of order."""
        shipped = _assumption(rule, name)
        if not (0 <= guess.low <= guess.value <= guess.high < math.inf):
            raise BadThreshold(shipped.words, guess.value, guess.low, guess.high)
        key = f"{rule}.{name}"
        ends = {key + LOW: (guess.low, shipped.low), key + HIGH: (guess.high, shipped.high)}
        return _changed(self, {**ends, key: (guess.value, shipped.value)})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _changed(numbers: Numbers, entered: Mapping[str, tuple[float, float]]) -> Numbers:
    """With these, each with its shipped value; those that are as shipped are not kept."""
    kept = {key: number for key, number in numbers.changed if key not in entered}
    others = {key: float(number) for key, (number, shipped) in entered.items() if number != shipped}
    return Numbers(tuple(sorted((kept | others).items())))


def _threshold(rule: str, name: str) -> Threshold:
    return next(one for statement in _statements(rule) for one in statement.thresholds if one.name == name)


def _assumption(rule: str, name: str) -> Assumption:
    return next(one for statement in _statements(rule) for one in statement.assumptions if one.name == name)


def _statements(rule: str) -> list[Statement]:
    return [one for sheet in questionnaires() for one in sheet.statements if one.evidence == rule]
