"""The arguments of the tools: what they may hold, what they mean, and the question they make."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analytics.ask.question import Question
from analytics.ask.question_address import NOT, question_of
from analytics.assistants.errors import BadArgument
from analytics.filters import NOT_RECORDED, Filters, check_dimension, read_date, read_value

LONGEST_TEXT = 1_000
MOST_VALUES = 200
MOST_ROWS = 500
MOST_TICKETS = 100

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Listed = Annotated[list[Text | int | None], Field(max_length=MOST_VALUES)]
Values = Annotated[dict[Text, Listed], Field(max_length=50)]


class Arguments(BaseModel):
    """Nothing but what is named here: an argument left unread would answer another question than was asked."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NoArguments(Arguments):
    """None."""


class AskArguments(Arguments):
    """A question in words."""

    question: Text = Field(description="The question in plain English, such as 'MTTR by group last month'.")


class DimensionArguments(Arguments):
    """Which dimension."""

    dimension: Text | None = Field(None, description="Name one to get its values, at most 100, most frequent first.")


class DefinitionArguments(Arguments):
    """Which KPI."""

    kpi: Text = Field(description="The KPI's name, such as 'mttr'.")


class PeriodArguments(Arguments):
    """Which tickets by day and by value."""

    start: Text | None = Field(
        None, alias="from", description="First day, as 2026-03-01, in the reporting time zone; leave out for all time."
    )
    end: Text | None = Field(None, alias="to", description="The day after the last one (exclusive), as 2026-04-01.")
    where: Values = Field(
        default_factory=dict,
        description="Values wanted: dimension -> list of values, any of them; null is 'not recorded'.",
    )


class EvidenceArguments(PeriodArguments):
    """Which part of the self-check, over which tickets."""

    questionnaire: Text | None = Field(None, description="Only this one: diagnostic, backlog or patterns.")

    def filters(self) -> Filters:
        """The tickets meant; raises `BacklightError` for what is no day, dimension or value."""
        start = read_date(self.start, "from") if self.start else None
        end = read_date(self.end, "to") if self.end else None
        where = {
            check_dimension(name): [read_value(name, text) for text in _texts(values)]
            for name, values in self.where.items()
        }
        return Filters.of(start, end, where)


class ChosenArguments(PeriodArguments):
    """A KPI and its tickets."""

    kpi: Text = Field(description="The KPI's name, such as 'mttr'; list_kpis gives them all.")
    period: Text | None = Field(
        None,
        description="In place of from and to, days relative to the newest event in the data: 'last month', 'this "
        "quarter', 'last 90 days', 'year to date'.",
    )
    without: Values = Field(default_factory=dict, description="Values not wanted: dimension -> list of values.")
    bounds: Annotated[list[Text], Field(max_length=20)] = Field(
        default_factory=list,
        description="Limits on columns, such as 'resolution_hours>48', 'reassignment_count>=3', "
        "'opened_on<2026-03-31'; also <= and >=.",
    )
    title: Text | None = Field(None, description="Only tickets whose title holds this text, in any case of letters.")

    def address(self) -> dict[str, list[str]]:
        """The query parameters that a link to this question would have."""
        if self.period and (self.start or self.end):
            raise BadArgument("period", "give either a period or from and to")
        texts: dict[str, Sequence[str | None]] = {
            "kpi": [self.kpi],
            "period": [self.period],
            "from": [self.start],
            "to": [self.end],
            "bound": self.bounds,
            "title": [self.title],
            **{check_dimension(name): _texts(values) for name, values in self.where.items()},
            **{f"{NOT}{check_dimension(name)}": _texts(values) for name, values in self.without.items()},
        }
        return {name: [text for text in listed if text is not None] for name, listed in texts.items()}


class KpiArguments(ChosenArguments):
    """A KPI, split, compared and ordered."""

    by: Annotated[list[Text], Field(max_length=3)] = Field(
        default_factory=list, description="Dimensions to split by, such as ['assignment_group']."
    )
    grain: Text | None = Field(None, description="A value for each day, week, month, quarter or year.")
    compare: Text | None = Field(
        None,
        description="Also measure another period: 'before' (as long, just before), 'year before', or its first and "
        "last day as '2026-01-01..2026-01-31'.",
    )
    order: Text | None = Field(
        None, description="Order of the rows of a split: desc, asc, or by change: 'change desc', 'change asc'."
    )
    limit: int | None = Field(None, ge=1, le=MOST_ROWS, description="At most so many rows of a split.")
    threshold: Text | None = Field(
        None, description="Only rows of a split with such a value, in the KPI's unit: '<0.8', '>=48'."
    )

    def address(self) -> dict[str, list[str]]:
        """The query parameters that a link to this question would have."""
        for name in ("order", "limit", "threshold"):
            if getattr(self, name) is not None and not self.by:
                raise BadArgument(name, "it needs a split: name a dimension in by")
        if self.order and self.order.startswith("change") and not self.compare:
            raise BadArgument("order", "an order by change needs compare")
        texts: dict[str, Sequence[str | None]] = {
            "by": self.by,
            "grain": [self.grain],
            "compare": [self.compare],
            "order": [self.order],
            "limit": [None if self.limit is None else str(self.limit)],
            "threshold": [self.threshold],
        }
        own = {name: [text for text in listed if text is not None] for name, listed in texts.items()}
        return super().address() | own


class TicketsArguments(ChosenArguments):
    """A KPI, and which side of it."""

    used: bool = Field(True, description="False lists the tickets of the selection that the KPI leaves out.")
    rows: int = Field(20, ge=1, le=MOST_TICKETS, description="At most so many tickets, newest first.")


def question(arguments: ChosenArguments, as_of: date) -> Question:
    """The question that the arguments ask; raises `BacklightError` for what is no question."""
    return question_of(arguments.address(), as_of)


def _texts(values: list[str | int | None]) -> list[str]:
    return [NOT_RECORDED if value is None else str(value) for value in values]
