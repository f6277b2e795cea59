"""The outcome of recognising a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analytics.errors import BacklightError
from analytics.warehouse.formats.export_format import ExportFormat


@dataclass(frozen=True)
class Recognition:
    """The format of a file, with `score` from 0 to 1. `generic`: no known format fits, the mapping is a guess."""

    format: ExportFormat
    score: float
    runner_up: str = ""
    runner_up_score: float = 0.0
    generic: bool = False
    confidence: dict[str, float] = field(default_factory=dict)
    """Canonical column -> 0..1: how sure its mapping is; 1 for known formats."""


class NotRecognised(BacklightError):
    """A file in which something is missing without which nothing can be measured."""

    def __init__(self, missing: str, header: Sequence[str]) -> None:
        shown = ", ".join(header[:12]) + (f" and {len(header) - 12} more" if len(header) > 12 else "")
        super().__init__(
            f"No column looks like {missing} (columns: {shown}): "
            "name the format with --as FORMAT, or confirm the mapping on the Data page."
        )
