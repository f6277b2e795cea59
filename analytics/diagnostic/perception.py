"""Perception: what groups answered, as far as it may be shown, by round, team and role.

A round is a calendar quarter. Everything here is taken from `ShownSets`, never from the answers at large.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from analytics.diagnostic.questionnaire import Questionnaire
from analytics.diagnostic.suppression import Member, Role, ShownSets, State, shown_sets
from analytics.formatting import period_text
from analytics.period import Grain
from analytics.store.responses import ROLES, Response

# The team of those who answer for all, and the name of all answers together.
WHOLE, EVERYBODY = "The whole of IT", "Everybody who answered"


@dataclass(frozen=True)
class Tally:
    """How many of a group answered what to one statement; `silent` left it out."""

    statement: str
    yes: int
    no: int
    dont_know: int
    silent: int

    @property
    def answered(self) -> int:
        """How many answered it, with "don't know"."""
        return self.yes + self.no + self.dont_know

    @property
    def share(self) -> float | None:
        """Those who ticked it, of those who answered it; None where nobody did."""
        return self.yes / self.answered if self.answered else None

    @property
    def divided(self) -> float:
        """The smaller camp's share of yes and no: from 0, of one mind, to 0.5."""
        return min(self.yes, self.no) / (self.yes + self.no) if self.yes + self.no else 0.0


@dataclass(frozen=True)
class Group:
    """What `people` of a round, team (None: all) and role (None: both) answered, and their comments, shuffled.

    Comments are (statement, text); the texts are people's: they go to inert elements only.
    """

    round: date
    team: str | None
    role: Role | None
    people: int
    tallies: tuple[Tally, ...]
    comments: tuple[tuple[str, str], ...]

    def tally(self, statement: str) -> Tally:
        """The answers to one statement."""
        return next(one for one in self.tallies if one.statement == statement)

    @property
    def ticked(self) -> int:
        """How many statements more of them ticked than said no to."""
        return sum(one.yes > one.no for one in self.tallies)


@dataclass(frozen=True)
class Perception:
    """All that may be seen of the answers to one questionnaire on the day `today`."""

    questionnaire: Questionnaire
    responses: tuple[Response, ...]
    batches: tuple[frozenset[int], ...]
    today: date
    fewest: int

    @cached_property
    def rounds(self) -> tuple[date, ...]:
        """The first days of the quarters in which anybody answered, the newest first."""
        return tuple(sorted({_round(one) for one in self.responses}, reverse=True))

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """The teams that anybody answered for, by name; each as it was first written."""
        return tuple(sorted(set(self._names.values()), key=lambda name: (name.casefold(), name)))

    def known_team(self, text: str) -> str | None:
        """The team of this name, however its letters are cased; None where nobody answered for it."""
        return self._names.get(text.casefold())

    def shown(self, round_: date) -> ShownSets:
        """What may be shown of a round."""
        return self._sets.get(round_) or shown_sets((), (), True, self.fewest)

    def state(self, round_: date, team: str | None = None) -> State:
        """Whether a group of a round is shown, and if not, why."""
        return self.shown(round_).state(team)

    def group(self, round_: date, team: str | None = None, role: Role | None = None) -> Group | None:
        """A group's answers; None where they may not be shown, or there are none."""
        ids = self.shown(round_).of(team, role)
        mine = [one for one in self.responses if one.id in ids]
        if not mine:
            return None
        names = [statement.id for statement in self.questionnaire.statements]
        comments = _shuffled((name, one.comment(name)) for one in mine for name in names)
        # Of one role the words could be told from those of both.
        words = comments if role is None else ()
        return Group(round_, team, role, len(mine), tuple(_tally(name, mine) for name in names), words)

    def history(self, team: str | None = None) -> tuple[tuple[date, State, Group | None], ...]:
        """A team's rounds, the oldest first, from the first one that anybody answered."""
        return tuple((one, self.state(one, team), self.group(one, team)) for one in reversed(self.rounds))

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for one in sorted(self.responses, key=lambda response: response.id):
            names.setdefault(one.team.casefold(), one.team)
        return names

    @cached_property
    def _sets(self) -> dict[date, ShownSets]:
        now = Grain.QUARTER.start(self.today)
        return {
            one: shown_sets([self._member(each) for each in self.responses if _round(each) == one], self.batches,
                            one < now, self.fewest)
            for one in self.rounds
        }  # fmt: skip

    def _member(self, response: Response) -> Member:
        role = next(role for role in ROLES if role == response.role)
        return Member(response.id, self._names[response.team.casefold()], role)


def round_text(round_: date) -> str:
    """`Q4 2026`."""
    return period_text(round_, Grain.QUARTER)


def by_division(group: Group) -> tuple[Tally, ...]:
    """The tallies of a group, those on which it is most divided first."""
    return tuple(sorted(group.tallies, key=lambda one: (-one.divided, -one.dont_know)))


def _round(response: Response) -> date:
    if response.submitted_on is None:
        raise ValueError("a draft belongs to nobody but its writer")
    return Grain.QUARTER.start(response.submitted_on)


def _tally(statement: str, responses: Sequence[Response]) -> Tally:
    given = [one.answer(statement) for one in responses]
    yes, no, dont_know = (given.count(answer) for answer in ("yes", "no", "dont_know"))
    return Tally(statement, yes, no, dont_know, given.count(None))


def _shuffled(comments: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """In an order that tells nothing of who wrote what, and is the same each time."""
    return tuple(sorted((one for one in comments if one[1]), key=lambda one: sha256(repr(one).encode()).digest()))
