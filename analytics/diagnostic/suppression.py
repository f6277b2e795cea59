"""Suppression: of a group, answers are shown only together with those of enough others, however one asks.

Answers come into sight in blocks. A block is a team's answers that were shown together, or, once the quarter is over,
what is left of several small teams; one of fewer than `fewest` people is not shown at all. Whatever is shown of a
team, a role, or of all is a sum of whole blocks, so no subtraction, of filters or of yesterday from today, finds
fewer people than the smallest block. In particular, the total leaves out teams that are too few.

Within a block, leaders and practitioners are told apart only if both are enough. Blocks where they are not are put
together, in the order in which they were shown, until both roles are enough across them: such a bundle is shown by
block and by role, never by both. That this reveals no fewer people is proven by tests, over all combinations.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from analytics.errors import BacklightError

Role = Literal["practitioner", "leader"]
ROLES: tuple[Role, ...] = get_args(Role)
# The name under which the store keeps how many it takes.
SETTING = "fewest_respondents"
FEWEST, LEAST, MOST = 5, 3, 50
# Nobody answered; some did, but too few; enough did, and it can be shown now; it is shown.
State = Literal["no data", "too few", "waiting", "shown"]


class BadFewest(BacklightError):
    """A number of respondents that cannot protect anybody, or hides everything."""

    def __init__(self, number: object) -> None:
        super().__init__(f"{number} cannot be the fewest respondents of a group: enter {LEAST} to {MOST}.")


@dataclass(frozen=True)
class Member:
    """One response: its number, team and role."""

    id: int
    team: str
    role: Role


@dataclass(frozen=True)
class Block:
    """Members whose answers came into sight together; `team` is empty for those left over of several teams."""

    team: str
    members: tuple[Member, ...]

    def of_role(self, role: Role) -> frozenset[int]:
        """The numbers of its members in a role."""
        return frozenset(member.id for member in self.members if member.role == role)

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of all its members."""
        return frozenset(member.id for member in self.members)


@dataclass(frozen=True)
class ShownSets:
    """The numbers of the responses that may be shown of one questionnaire and round.

    `bundled` are the sets of each role over blocks that cannot be told apart by role one by one.
    """

    blocks: tuple[Block, ...]
    split: tuple[Block, ...]
    bundled: tuple[tuple[Role, frozenset[int]], ...]
    waiting: tuple[tuple[str, frozenset[int]], ...]
    teams: frozenset[str]

    def of(self, team: str | None = None, role: Role | None = None) -> frozenset[int]:
        """Whose answers make up what is shown of a team (None: all) and role (None: both); empty where nothing is."""
        if role is None:
            return _union(block.ids for block in self.blocks if team in (None, block.team))
        known = _union(block.of_role(role) for block in self.split if team in (None, block.team))
        return known if team is not None else known | _union(ids for name, ids in self.bundled if name == role)

    def state(self, team: str | None = None) -> State:
        """Why there is something to see, or not."""
        if self.of(team):
            return "shown"
        if self.to_show(team):
            return "waiting"
        return "too few" if (team in self.teams if team is not None else self.teams) else "no data"

    def to_show(self, team: str | None = None) -> tuple[frozenset[int], ...]:
        """The blocks that could be shown from now on: of a team, or of all; empty without enough answers."""
        return tuple(ids for name, ids in self.waiting if team is None or name == team)


def checked_fewest(number: float) -> int:
    """`number` if groups may be shown from so many respondents on; raises `BadFewest`."""
    if not (math.isfinite(number) and number == int(number) and LEAST <= number <= MOST):
        raise BadFewest(number)
    return int(number)


def fewest_of(text: str) -> int:
    """The number as the store keeps it; five where it keeps none, and never under three."""
    return min(max(int(text), LEAST), MOST) if text.isascii() and text.isdigit() else FEWEST


def shown_sets(
    members: Sequence[Member], batches: Iterable[frozenset[int]], is_over: bool, fewest: int = FEWEST
) -> ShownSets:
    """What may be shown of the members of one questionnaire and round.

    `batches` are the numbers of those shown together so far, in order; those of other rounds are passed over. Once
    the round `is_over`, nobody can come after, so that the rest is shown as far as it is enough.
    """
    least = max(fewest, LEAST)
    known = {member.id: member for member in members}
    told = [
        block for batch in batches if (block := _block(known[one] for one in sorted(batch) if one in known)).members
    ]
    seen = _union(block.ids for block in told)
    rest = _rest([member for member in members if member.id not in seen], least, pooled=is_over)
    blocks = tuple(block for block in (*told, *(rest if is_over else ())) if len(block.members) >= least)
    split, bundled = _by_role(blocks, least)
    waiting = () if is_over else tuple((block.team, block.ids) for block in rest)
    return ShownSets(blocks, split, bundled, waiting, frozenset(member.team for member in members))


def _rest(members: Sequence[Member], least: int, pooled: bool) -> tuple[Block, ...]:
    """Each team with enough members, and what is left over of the others if that is enough and `pooled`."""
    teams = [_block(one for one in members if one.team == team) for team in sorted({one.team for one in members})]
    enough = [block for block in teams if len(block.members) >= least]
    left = _block(member for block in teams if block not in enough for member in block.members)
    return (*enough, left) if pooled and len(left.members) >= least else tuple(enough)


def _block(members: Iterable[Member]) -> Block:
    found = tuple(members)
    teams = {member.team for member in found}
    return Block(teams.pop() if len(teams) == 1 else "", found)


def _by_role(blocks: Sequence[Block], least: int) -> tuple[tuple[Block, ...], tuple[tuple[Role, frozenset[int]], ...]]:
    """The blocks whose roles can be told apart one by one, and the sets by role of whole bundles of others."""
    split, bundled, bundle = [], [], list[Block]()
    for block in blocks:
        sizes = [len(block.of_role(role)) for role in ROLES]
        if min(sizes) == 0 or min(sizes) >= least:
            split.append(block)
            continue
        bundle.append(block)
        by_role = [(role, _union(one.of_role(role) for one in bundle)) for role in ROLES]
        if all(len(ids) >= least for _, ids in by_role):
            bundled += by_role
            bundle = []
    return tuple(split), tuple(bundled)


def _union(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*sets)
