"""Notes: sentences about a file that more than one reader has to say."""

_LIMITS = {10_000: "ServiceNow", 1_000: "Jira"}


def title_note(lines: int) -> str:
    """The sentence on lines above the header."""
    subject, verb = ("line", "was") if lines == 1 else ("lines", "were")
    return f"{lines} title {subject} before the header {verb} skipped."


def size_notes(rows: int) -> tuple[str, ...]:
    """A sentence if the export may have been cut at a limit, else nothing."""
    if rows in _LIMITS:
        return (f"Exactly {rows:,} rows: {_LIMITS[rows]} stops there by default, so the export may be cut.",)
    if rows and rows % 10_000 == 0:
        return (f"Exactly {rows:,} rows: a round number, so the export may be cut.",)
    return ()
