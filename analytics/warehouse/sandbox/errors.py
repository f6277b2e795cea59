"""What can become of a statement, other than a result."""

from analytics.errors import BacklightError


class SqlRefused(BacklightError):
    """The statement was not run, or could not be: the sentence says why. It may quote the statement."""


class SqlStopped(BacklightError):
    """The statement was ended before it was done."""


class OverTime(SqlStopped):
    """Ended at its deadline."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The statement took longer than {seconds:g} seconds and was stopped: narrow it with WHERE, or allow more "
            "seconds."
        )


class OverMemory(SqlStopped):
    """Ended because it asked for too much."""

    def __init__(self) -> None:
        super().__init__(
            "The statement needed more memory than one may use, or was nested too deeply, and was ended: select fewer "
            "columns or rows, or group before sorting."
        )


class Broken(SqlStopped):
    """Ended for no reason that is known, or its answer makes no sense."""

    def __init__(self) -> None:
        super().__init__("The statement ended unexpectedly and nothing was changed: try it again, or a simpler one.")


class Cancelled(SqlStopped):
    """Ended by the person."""

    def __init__(self) -> None:
        super().__init__("The statement was cancelled.")


class Unprotected(SqlRefused):
    """The system cannot hold a statement in bounds."""

    def __init__(self) -> None:
        super().__init__(
            "SQL runs only on Linux, where the system itself holds a statement in bounds: run Backlight there, or in a "
            "Linux container."
        )
