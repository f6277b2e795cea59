"""What makes tickets one group: an item, a title on a service, or a service, each with a category."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal

from analytics.errors import BacklightError

GroupKind = Literal["item", "title", "service"]
_KINDS: dict[str, str] = {
    "item": "Same item and category",
    "title": "Nearly the same title on one service and category",
    "service": "Same service and category",
}
_KEY_LENGTH = 16


@dataclass(frozen=True)
class GroupDefinition:
    """The values that a group's tickets have in common; None is `not recorded`. `title` is a normalised one."""

    kind: GroupKind
    category: str | None = None
    service: str | None = None
    configuration_item: str | None = None
    title: str | None = None

    @property
    def words(self) -> str:
        """What its tickets have in common, in our own words."""
        return _KINDS[self.kind]

    @property
    def json(self) -> str:
        """As it is kept with a problem record: the same text for the same group, always."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def key(self) -> str:
        """A short name of the group, the same on every export."""
        return sha256(self.json.encode()).hexdigest()[:_KEY_LENGTH]

    @classmethod
    def of(cls, text: str) -> "GroupDefinition":
        """From what was kept; raises `BacklightError` for anything else."""
        try:
            found = json.loads(text)
            if found["kind"] in _KINDS and set(found) <= set(cls.__dataclass_fields__):
                return cls(**found)
        except (ValueError, TypeError, KeyError):
            pass
        raise BacklightError("This record does not say which tickets it is about: open it anew from 'What returns?'.")
