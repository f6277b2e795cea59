"""Further pictures behind a statement, by the rule that judges it."""

from pages.components.changes_part import changes_part
from pages.components.chasers_part import chasers_part
from pages.components.sections import Section
from pages.components.starters_part import starters_part

PARTS: dict[str, Section] = {
    "users_chase": chasers_part,
    "changes_break_things": changes_part,
    "starters_wait": starters_part,
}
