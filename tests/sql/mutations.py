"""Seeded mutations: hostile strings bent, crossed with each other, and set into ordinary statements."""

import random
import re
from collections.abc import Callable, Iterator

from tests.sql.strings import hostile, ordinary

SEED = 20_260_630
_LONGEST = 4_000
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\w+|\s+|[^\w\s]")
_FILLING = ("/**/", " -- x\n", "\t", "\n", "/* ; */", "\u00a0", "\u200b", ";", "(", ")", "'", '"', "$$", "\\", "*", ",")
_WRAPPINGS = (
    "SELECT * FROM ({})", "WITH w AS ({}) SELECT * FROM w", "SELECT ({})", "SELECT EXISTS ({})",
    "SELECT 1 UNION ALL {}", "{} UNION ALL SELECT 1", "({})", "SELECT * FROM tickets WHERE title IN ({})",
    "WITH RECURSIVE w(a) AS (SELECT 1 UNION ALL {}) FROM w", "SELECT ARRAY({})", "DESCRIBE {}", "SUMMARIZE {}",
    "FROM ({}) SELECT count(*)", "SELECT * FROM tickets, LATERAL ({})", "EXPLAIN {}", "{};", "{}; SELECT 1",
    "PREPARE p AS {}", "COPY ({}) TO '{{folder}}/out'", "CREATE TABLE m AS {}", "/* x */ {} -- y",
)  # fmt: skip
Mutation = Callable[[random.Random, str], str]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _drop(chance: random.Random, text: str) -> str:
    tokens = _tokens(text)
    del tokens[chance.randrange(len(tokens))]
    return "".join(tokens)


def _swap(chance: random.Random, text: str) -> str:
    tokens = _tokens(text)
    one, two = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    tokens[one], tokens[two] = tokens[two], tokens[one]
    return "".join(tokens)


def _fill(chance: random.Random, text: str) -> str:
    tokens = _tokens(text)
    tokens.insert(chance.randrange(len(tokens) + 1), chance.choice(_FILLING))
    return "".join(tokens)


def _case(chance: random.Random, text: str) -> str:
    return "".join(letter.swapcase() if chance.random() < 0.3 else letter for letter in text)


def _quote(chance: random.Random, text: str) -> str:
    tokens = _tokens(text)
    place = chance.randrange(len(tokens))
    if tokens[place].isidentifier():
        tokens[place] = f'"{tokens[place]}"'
    return "".join(tokens)


def _wrap(chance: random.Random, text: str) -> str:
    return chance.choice(_WRAPPINGS).replace("{}", text.rstrip("; ")).replace("{{folder}}", "{folder}")


def _graft(chance: random.Random, text: str) -> str:
    """One word of an ordinary statement becomes a piece of this one."""
    host = _tokens(chance.choice(ordinary()))
    words = [place for place, token in enumerate(host) if token.strip()]
    pieces = _tokens(text)
    start = chance.randrange(len(pieces))
    host[chance.choice(words)] = "".join(pieces[start : start + chance.randint(1, 12)])
    return "".join(host)


def _cross(chance: random.Random, text: str) -> str:
    other = _tokens(chance.choice(hostile()).text)
    mine = _tokens(text)
    return "".join(mine[: chance.randrange(len(mine)) + 1] + other[chance.randrange(len(other)) :])


_MUTATIONS: tuple[Mutation, ...] = (_drop, _swap, _fill, _case, _quote, _wrap, _wrap, _graft, _graft, _cross)


def mutations(count: int) -> Iterator[str]:
    """So many different ones, the same at every call; with the placeholders of the strings they come from."""
    chance = random.Random(SEED)
    seen: set[str] = set()
    seeds = [one.text for one in hostile() if "{repeat" not in one.text and one.text.strip()]
    while len(seen) < count:
        text = chance.choice(seeds)
        for _ in range(chance.randint(1, 3)):
            text = chance.choice(_MUTATIONS)(chance, text) or text
        if text not in seen and text.strip() and len(text) <= _LONGEST:
            seen.add(text)
            yield text
