"""What an assistant can mend in a call. Each takes facts and builds one sentence: what, and what to do."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from analytics.errors import BacklightError
from analytics.filters import Value


class NotInstalled(BacklightError):
    """The package that speaks the protocol is not there."""

    def __init__(self) -> None:
        super().__init__(
            "Assistants need the package 'mcp', which is not installed: "
            "run 'python -m pip install \"mcp>=2.3,<3\"' in the environment Backlight runs in, then try again."
        )


class NothingLoaded(BacklightError):
    """There is no snapshot to answer from."""

    def __init__(self) -> None:
        super().__init__("No tickets are loaded yet: a person has to import an export into Backlight first.")


class BadArgument(BacklightError):
    """An argument of a tool that cannot be used."""

    def __init__(self, argument: str, why: str) -> None:
        super().__init__(f"The argument '{argument}' cannot be used ({why}): see the tool's input schema.")


class UnknownValue(BacklightError):
    """A value that no ticket has, so that a number under it would answer another question than was meant."""

    def __init__(self, dimension: str, value: Value, known: Iterable[Value]) -> None:
        by_folded: Mapping[str, Value] = {str(each).casefold(): each for each in known if each is not None}
        nearest = get_close_matches(str(value).casefold(), by_folded, n=1, cutoff=0.5)
        hint = f"did you mean '{by_folded[nearest[0]]}'? " if nearest else ""
        super().__init__(
            f"No ticket has {dimension} '{value}': {hint}list_dimensions with dimension={dimension} gives the values."
        )
