"""A named person: who owns a problem is somebody, not a team. What is entered is never shown in a sentence."""

import re

from analytics.errors import BacklightError
from analytics.warehouse.engine import Engine

# As words of their own, in the languages of the formats: people have names such as Teamer.
_TEAM = re.compile(
    r"\b(team|teams|group|desk|helpdesk|department|squad|everyone|everybody|nobody|all of us|equipe|équipe|equipo|"
    r"squadra|gruppe|abteilung|gruppo|grupo|afdeling)\b",
    re.IGNORECASE,
)


class NotAPerson(BacklightError):
    """An owner that is no named person."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The owner {why}: write the name of one person. What a team owns nobody finds the time for; the person "
            "may well ask a team for help."
        )


def checked_person(engine: Engine, text: str) -> str:
    """The name as it is kept; raises `NotAPerson` for nothing, a team, or the name of an assignment group."""
    name = " ".join(text.split())
    if not name:
        raise NotAPerson("is missing")
    if _TEAM.search(name):
        raise NotAPerson("reads like a team")
    found = engine.query(
        "SELECT count(*) AS tickets FROM tickets WHERE LOWER(CAST(assignment_group AS VARCHAR)) = :name",
        {"name": name.lower()},
    )
    if int(found["tickets"].iloc[0]):
        raise NotAPerson("is an assignment group")
    return name
