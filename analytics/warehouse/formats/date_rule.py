"""How one date column is read: a decision that can be shown, kept and turned into SQL."""

import re
from dataclasses import dataclass

from analytics.warehouse.formats.date_shapes import FOREIGN_MONTHS, Clock

# Earlier is a placeholder such as 1970-01-01 or 1900-01-01; no service desk tool is that old.
EARLIEST = "TIMESTAMP '1971-01-01'"


@dataclass(frozen=True)
class DateRule:
    """What the texts of one column are. `readable` and `unreadable` count its non-empty values."""

    offset: tuple[str, ...] = ()
    """strptime formats with an offset in the text."""
    utc: tuple[str, ...] = ()
    """strptime formats whose text says UTC (a 'Z' at the end)."""
    local: tuple[str, ...] = ()
    """strptime formats without a zone."""
    numbers: tuple[Clock, ...] = ()
    months: tuple[str, ...] = ()
    """Foreign month names found, translated before reading."""
    padded: bool = False
    """Some values have spaces around them."""
    ambiguous: bool = False
    readable: int = 0
    unreadable: int = 0
    note: str = ""

    def sql(self, column_sql: str, time_zone: str) -> str:
        """An SQL expression of type TIMESTAMP in UTC; NULL where the text is unreadable or before 1971.

        Text without a zone is read in `time_zone` (an IANA name). At the end of summer time an hour comes twice.
        """
        text = self._translated(f"trim({column_sql})" if self.padded else column_sql)
        choices = [self._offset_sql(text), self._utc_sql(text), self._local_sql(text, time_zone)]
        choices += [_number_sql(kind, text, time_zone) for kind in self.numbers]
        known = [choice for choice in choices if choice]
        if not known:
            return "CAST(NULL AS TIMESTAMP)"
        moment = f"coalesce({', '.join(known)})" if len(known) > 1 else known[0]
        # greatest() passes over NULL, so both NULL and too early end as EARLIEST; CASE would parse every text twice.
        return f"nullif(greatest({moment}, {EARLIEST}), {EARLIEST})"

    def _offset_sql(self, text: str) -> str:
        return f"timezone('UTC', CAST({_strptime(text, self.offset)} AS TIMESTAMPTZ))" if self.offset else ""

    def _utc_sql(self, text: str) -> str:
        return _strptime(text, self.utc) if self.utc else ""

    def _local_sql(self, text: str, time_zone: str) -> str:
        return _to_utc(_strptime(text, self.local), time_zone) if self.local else ""

    def _translated(self, text: str) -> str:
        english = {foreign: month for month, names in FOREIGN_MONTHS.items() for foreign in names}
        for word in sorted(self.months, key=len, reverse=True):
            text = f"regexp_replace({text}, {quoted('(?i)' + re.escape(word))}, {quoted(english[word])})"
        return text


def quoted(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _strptime(text: str, formats: tuple[str, ...]) -> str:
    moment = f"try_strptime({text}, [{', '.join(map(quoted, formats))}])"
    # %n gives nanoseconds, which do not mix with the other types.
    return f"CAST({moment} AS TIMESTAMP)" if any("%n" in text for text in formats) else moment


def _to_utc(moment: str, time_zone: str) -> str:
    if time_zone.upper() in ("UTC", "ETC/UTC", "GMT", "Z"):
        return moment
    return f"timezone('UTC', timezone({quoted(time_zone)}, {moment}))"


def _number_sql(kind: Clock, text: str, time_zone: str) -> str:
    number = f"TRY_CAST({text} AS DOUBLE)"
    if kind == "excel":
        # Serial 25569 is 1970-01-01; the date is what stood in the cell, so it is local.
        within = f"CASE WHEN {number} BETWEEN 30000 AND 60000 THEN {number} END"
        return _to_utc(f"make_timestamp(CAST(round(({within} - 25569) * 86400) AS BIGINT) * 1000000)", time_zone)
    factor, low, high = (1_000_000, "1e9", "1e10") if kind == "seconds" else (1_000, "1e12", "1e13")
    within = f"CASE WHEN {number} >= {low} AND {number} < {high} THEN {number} END"
    return f"make_timestamp(CAST({within} * {factor} AS BIGINT))"
