"""The lists of statements: hostile ones by group, and ordinary ones."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_REPEAT = re.compile(r"\{repeat:(\d+):([^}]*|[^:]*?\{[^}]*: )\}")
REFUSED, ANY = "refused", "any"


@dataclass(frozen=True)
class Hostile:
    """One string; `refused` if it must not run at all."""

    group: str
    text: str
    refused: bool

    def at(self, **places: object) -> str:
        """The string with its placeholders filled in: {secret}, {folder}, {snapshot}, {port}, {variable}, {name}."""
        text = self.text
        for name, value in places.items():
            text = text.replace(f"{{{name}}}", str(value))
        return _REPEAT.sub(lambda found: found.group(2) * int(found.group(1)), text)


@cache
def hostile() -> tuple[Hostile, ...]:
    """All of them, group by group."""
    found = []
    for path in sorted((_HERE / "hostile").glob("*.toml")):
        group = tomllib.loads(path.read_text(encoding="utf-8"))
        assert group["expect"] in (REFUSED, ANY), path
        found += [Hostile(path.stem, text, group["expect"] == REFUSED) for text in group["strings"]]
    return tuple(found)


@cache
def ordinary() -> tuple[str, ...]:
    """What analysts ask."""
    return tuple(tomllib.loads((_HERE / "ordinary.toml").read_text(encoding="utf-8"))["statements"])
