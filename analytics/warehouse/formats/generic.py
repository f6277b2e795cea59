"""A mapping for a layout that nobody has described: guessed from names and values, for a person to confirm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from analytics.warehouse.formats import evidence
from analytics.warehouse.formats.catalogue import vocabulary
from analytics.warehouse.formats.export_format import ColumnRule, ExportFormat
from analytics.warehouse.formats.fit import BREACHED, ENOUGH_DATES, KEPT, fit, unit_of
from analytics.warehouse.formats.headers import tokens
from analytics.warehouse.formats.profile import ColumnProfile
from analytics.warehouse.formats.recognition import NotRecognised, Recognition
from analytics.warehouse.formats.toml_reader import FALSE_WORDS, TRUE_WORDS
from analytics.warehouse.schema import SOURCE_COLUMNS, TICKET_TYPES

SURE_ENOUGH = 0.5
# Found by its values alone, under a name that says nothing.
BY_VALUES = 0.4

_TYPES = {column.name: column.type for column in SOURCE_COLUMNS}
_TIMES = tuple(name for name, kind in _TYPES.items() if kind == "TIMESTAMP")
# Decided one after the other because a later one must not take the column of an earlier one.
_FIRST = ("status", "ticket_type", "priority")
_INVERTED = frozenset({"met", "made", "within", "compliant", "achieved", "ok", "kept"})

Guess = dict[str, tuple[ColumnProfile, float]]


def propose(profiles: Sequence[ColumnProfile]) -> Recognition:
    """A guessed mapping with its confidence per canonical column; the same header always gets the same name.

    Raises NotRecognised if no ticket number or no date can be found.
    """
    header = [column.header for column in profiles]
    guess: Guess = {}
    _add(guess, "ticket_id", _ticket_id(profiles))
    if "ticket_id" not in guess:
        raise NotRecognised("a ticket number", header)
    is_log = _add_times(guess, profiles)
    if not is_log and "opened_at" not in guess:
        raise NotRecognised("the date on which a ticket was opened", header)
    for name in _FIRST:
        _add(guess, name, _best(name, _free(guess, profiles)))
    _add_others(guess, profiles)
    format = _format(header, guess, is_log)
    confidence = {name: round(sure, 3) for name, (_, sure) in guess.items()}
    return Recognition(format, _overall(confidence), generic=True, confidence=confidence)


def _add(guess: Guess, name: str, found: tuple[ColumnProfile, float] | None) -> None:
    if found:
        guess[name] = found


def _free(guess: Guess, profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    taken = {column.position for column, _ in guess.values()}
    return [column for column in profiles if column.position not in taken]


def _best(name: str, columns: Iterable[ColumnProfile]) -> tuple[ColumnProfile, float] | None:
    scored = [(fit(name, column), -column.position, column) for column in columns]
    scored = [entry for entry in scored if entry[0] >= SURE_ENOUGH]
    return (max(scored)[2], max(scored)[0]) if scored else None


def _ticket_id(profiles: Sequence[ColumnProfile]) -> tuple[ColumnProfile, float] | None:
    named = _best("ticket_id", profiles)
    if named:
        return named
    for column in profiles:
        unique = column.rows > 1 and column.distinct >= 0.97 * column.rows
        dated = evidence.dates(column) or evidence.numeric_dates(column)
        if unique and not dated and evidence.ids(column) >= 0.9:
            return column, BY_VALUES
    return None


def _add_times(guess: Guess, profiles: Sequence[ColumnProfile]) -> bool:
    """Adds the time columns; TRUE if the file has one row per update of a ticket."""
    event = _event_time(guess["ticket_id"][0], profiles)
    if event:
        guess["updated_at"] = event
    pairs = _pairs(_TIMES, _free(guess, profiles))
    ids = guess["ticket_id"][0]
    for sure, name, column in pairs:
        changes = name == "opened_at" and event and column.distinct > 1.1 * ids.distinct
        if name not in guess and column in _free(guess, profiles) and not changes:
            guess[name] = (column, sure)
    if not event and "opened_at" not in guess:
        dated = [column for column in _free(guess, profiles) if evidence.dates(column) >= ENOUGH_DATES]
        _add(guess, "opened_at", (dated[0], BY_VALUES) if dated else None)
    return event is not None


def _event_time(ids: ColumnProfile, profiles: Sequence[ColumnProfile]) -> tuple[ColumnProfile, float] | None:
    """The time of an update if ids repeat and a date takes more values than there are ids, so it changes within one."""
    if evidence.rows_per_value(ids) <= evidence.REPEATED:
        return None
    dated = [column for column in profiles if evidence.dates(column) >= ENOUGH_DATES]
    varying = [column for column in dated if column.distinct > 1.1 * ids.distinct]
    named = _best("updated_at", varying)
    if named or not varying:
        return named
    return max(varying, key=lambda column: column.distinct), BY_VALUES


def _pairs(names: Iterable[str], columns: Sequence[ColumnProfile]) -> list[tuple[float, str, ColumnProfile]]:
    """(confidence, canonical column, column), the surest first; a stable order makes the guess repeatable."""
    scored = [(fit(name, column), name, column) for name in names for column in columns]
    return sorted((entry for entry in scored if entry[0] >= SURE_ENOUGH), key=lambda entry: -entry[0])


def _add_others(guess: Guess, profiles: Sequence[ColumnProfile]) -> None:
    names = [name for name in vocabulary().columns if name not in guess and name not in (*_FIRST, *_TIMES)]
    free = {column.position for column in _free(guess, profiles)}
    for sure, name, column in _pairs(names, profiles):
        if name not in guess and column.position in free:
            guess[name] = (column, sure)
            free.remove(column.position)


def _format(header: Sequence[str], guess: Guess, is_log: bool) -> ExportFormat:
    known = vocabulary()
    used = [column.header for column, _ in guess.values()]
    return replace(
        known,
        name="generic-" + sha256("\x1f".join(header).encode()).hexdigest()[:6],
        signature=tuple((text,) for text in dict.fromkeys(used)),
        columns={name: _rule(name, column) for name, (column, _) in guess.items()},
        status=known.status if "status" in guess else {},
        default_ticket_type="" if "ticket_type" in guess else _named_type(guess["ticket_id"][0].header),
        event_time="updated_at" if is_log else "",
        repeated_ids=True if is_log else None,
        time_zone="utc" if _says_utc(guess) else "local",
        has_resolution_time="resolved_at" in guess,
        first_contact_replies=1 if "reply_count" in guess else None,
        sla_trust=known.sla_trust if "resolution_breached" in guess else "none",
        sla_note=known.sla_note if "resolution_breached" in guess else "",
        limits=tuple(_limits(guess)),
    )


def _rule(name: str, column: ColumnProfile) -> ColumnRule:
    headers = (column.header,)
    if name == "satisfaction":
        return ColumnRule(headers, words=vocabulary().columns[name].words)
    if _TYPES[name] == "DOUBLE":
        return ColumnRule(headers, unit=unit_of(column))
    if _TYPES[name] != "BOOLEAN":
        return ColumnRule(headers)
    if name == "first_contact_resolved":
        return ColumnRule(headers, true=TRUE_WORDS, false=FALSE_WORDS)
    # 'SLA met: yes' is not breached; a word such as 'breached' means itself under any header.
    inverted = bool(_INVERTED & set(tokens(column.header)))
    yes, no = (FALSE_WORDS, TRUE_WORDS) if inverted else (TRUE_WORDS, FALSE_WORDS)
    return ColumnRule(headers, true=(*yes, *BREACHED), false=(*no, *KEPT))


def _says_utc(guess: Mapping[str, tuple[ColumnProfile, float]]) -> bool:
    """Whether the time headers say so themselves: 'Created At (UTC)'."""
    header = guess.get("opened_at") or guess["updated_at"]
    return "utc" in tokens(header[0].header)


def _named_type(header: str) -> str:
    """'Incident_ID' counts incidents; 'Ticket' and 'Case' say nothing."""
    named = [kind for kind in TICKET_TYPES if kind in tokens(header)]
    return named[0] if named else ""


def _limits(guess: Mapping[str, tuple[ColumnProfile, float]]) -> Iterator[str]:
    yield "This layout is not one Backlight knows: its columns were guessed from names and values. Please check them."
    if "priority" in guess:
        yield "Priority numbers are read with 1 as the most urgent."
    if "resolved_at" not in guess:
        yield "No resolution time was found; the closing time, or the step to a finished status, stands in."
    unsure = [column.header for column, sure in guess.values() if sure < 0.7]
    if unsure:
        yield f"Least certain: {', '.join(unsure)}."


def _overall(confidence: Mapping[str, float]) -> float:
    """Mean of the columns that everything hangs on, an absent status counting as 0."""
    needed = ("ticket_id", "status", "opened_at" if "opened_at" in confidence else "updated_at")
    return round(sum(confidence.get(name, 0.0) for name in needed) / len(needed), 3)
