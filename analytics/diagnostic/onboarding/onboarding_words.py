"""Onboarding words: how a request for a new joiner is recognised, in data/onboarding.toml, as patterns for SQL."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.diagnostic.chasing.chaser_words import one_of, plain_sql, within

_SHIPPED = Path(__file__).parents[3] / "data" / "onboarding.toml"
_LABELS = ("category", "subcategory", "service")


@dataclass(frozen=True)
class OnboardingWords:
    """Patterns over plain words: `anywhere` for labels and titles, `labels` for category, subcategory and service."""

    anywhere: str
    labels: str

    @property
    def parameters(self) -> dict[str, object]:
        """The patterns as bound parameters."""
        return {"starter_words": self.anywhere, "starter_labels": self.labels}


@cache
def onboarding_words() -> OnboardingWords:
    """The shipped words of all languages."""
    languages = tomllib.loads(_SHIPPED.read_text(encoding="utf-8")).values()
    anywhere = [phrase for language in languages for phrase in language["anywhere"]]
    labels = [phrase for language in languages for phrase in language["category"]]
    return OnboardingWords(within(one_of(anywhere)), within(one_of([*anywhere, *labels])))


def starters_condition() -> str:
    """SQL over `tickets`: an incident or request for a new joiner, by its labels, else by its title.

    Catalogue tasks are left out: they belong to a request that counts already.
    """
    labels = [f"COALESCE(regexp_matches({plain_sql(column)}, :starter_labels), FALSE)" for column in _LABELS]
    title = f"COALESCE(regexp_matches({plain_sql('title')}, :starter_words), FALSE)"
    kinds = "(ticket_type IS NULL OR ticket_type IN ('incident', 'request'))"
    return f"{kinds} AND ({' OR '.join([*labels, title])})"
