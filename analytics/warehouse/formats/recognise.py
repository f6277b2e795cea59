"""Which format a file is in: by its headers first, then by whether its values agree."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.warehouse.formats.catalogue import load_formats
from analytics.warehouse.formats.evidence import REPEATED, rows_per_value, share, words
from analytics.warehouse.formats.export_format import ExportFormat
from analytics.warehouse.formats.generic import propose
from analytics.warehouse.formats.headers import normalise, positions_of, tidy
from analytics.warehouse.formats.mapping import resolve
from analytics.warehouse.formats.profile import ColumnProfile
from analytics.warehouse.formats.recognition import Recognition

THRESHOLD = 0.55
# So many helpers found are as good as all of them: short exports are common.
ENOUGH_HELPERS = 4


def recognise(profiles: Sequence[ColumnProfile], saved: Sequence[ExportFormat] = ()) -> Recognition:
    """The best of the built-in and `saved` formats for a file with these columns, or a guess if none fits.

    Raises NotRecognised if no ticket number or no date can be found.
    """
    scores = [(score(known, profiles), len(known.signature), known) for known in load_formats()]
    # A person confirmed a saved mapping for exactly this header: it wins over a built-in format that fits as well.
    scores += [(score(known, profiles), 1_000 + len(known.signature), known) for known in saved]
    ranked = sorted(scores, key=lambda scored: (round(scored[0], 2), scored[1]), reverse=True)
    ranked = [*ranked, (0.0, 0, ExportFormat("", "")), (0.0, 0, ExportFormat("", ""))]
    (best, _, known), (second, _, other) = ranked[0], ranked[1]
    if best >= THRESHOLD:
        found = resolve(known, [column.header for column in profiles]).positions
        return Recognition(known, best, other.name if second else "", second, False, dict.fromkeys(found, 1.0))
    return replace(propose(profiles), runner_up=known.name if best else "", runner_up_score=best)


def score(known: ExportFormat, profiles: Sequence[ColumnProfile]) -> float:
    """How well `known` fits, 0 to 1; 0 if a needed header is missing."""
    header = [column.header for column in profiles]
    if not known.signature or not all(positions_of(names, header) for names in known.signature):
        return 0.0
    helpers = sum(bool(positions_of([name], header)) for name in known.helpers)
    helped = min(1.0, helpers / min(ENOUGH_HELPERS, len(known.helpers))) if known.helpers else 1.0
    agreed = 0.4 + 0.3 * helped + 0.3 * _values(known, profiles)
    return round(agreed * _letter_case(known, header) * _repetition(known, profiles), 4)


def _values(known: ExportFormat, profiles: Sequence[ColumnProfile]) -> float:
    """How far ids and words agree; a file without rows is given the benefit of the doubt."""
    ids, statuses = _column(known, "ticket_id", profiles), _column(known, "status", profiles)
    found: list[float] = []
    if known.id_pattern and ids and ids.values:
        pattern = re.compile(known.id_pattern)
        # Alien ticket numbers weigh double: words such as 'Open' are everybody's.
        found += 2 * [share(ids, pattern.match)]
    if known.status and statuses and statuses.values:
        found.append(words(statuses, known.status))
    return sum(found) / len(found) if found else 0.7


def _column(known: ExportFormat, name: str, profiles: Sequence[ColumnProfile]) -> ColumnProfile | None:
    rule = known.columns.get(name)
    places = positions_of(rule.headers, [column.header for column in profiles]) if rule else ()
    return profiles[places[0]] if places else None


def _letter_case(known: ExportFormat, header: Sequence[str]) -> float:
    """Below 1 if headers are there that this format would write with other capitals."""
    exact = {tidy(text) for text in header}
    alike = {normalise(text) for text in header}
    present = [name for name in known.exact_helpers if normalise(name) in alike]
    same = sum(name in exact for name in present)
    return 0.4 + 0.6 * same / len(present) if present else 1.0


def _repetition(known: ExportFormat, profiles: Sequence[ColumnProfile]) -> float:
    """Below 1 if ids repeat where the format has one row per ticket, or the reverse."""
    ids = _column(known, "ticket_id", profiles)
    if known.repeated_ids is None or ids is None or not ids.filled:
        return 1.0
    repeated = rows_per_value(ids) > REPEATED
    return 1.0 if repeated is known.repeated_ids else 0.8
