"""What can go wrong with a self-check. Each takes facts and builds one sentence: what, where, what to do."""

from analytics.errors import BacklightError


class BadQuestionnaire(BacklightError):
    """A file in data/questionnaires/ that cannot be read as a questionnaire."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"data/questionnaires/{file} cannot be used ({why}): see docs/self-check.md, then try again.")


class BadThreshold(BacklightError):
    """A threshold or assumption outside of what can be meant."""

    def __init__(self, words: str, value: object, least: float, most: float) -> None:
        super().__init__(f"{value} cannot be the number of {words}: enter one from {least:g} to {most:g}.")
