"""The desk without some of what is planted, so that a detector can be shown to stay silent."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from analytics.demo.settings import Group, Settings, Work
from analytics.errors import UnknownName

ALL = "all"
# What an ordinary group, item or starter is like, where the planted habit is taken away.
_UNOWNED = 0.02
_REPRIORITISES = 0.03
_UTILISATION = 0.8
_LATE = 0.02
_NUDGES = 0.02


def without(settings: Settings, kinds: Iterable[str]) -> Settings:
    """The settings without the truths of these kinds (`all`: none is planted). Raises `UnknownName`."""
    asked = set(kinds)
    unknown = sorted(asked - {*_TAKEN_AWAY, ALL})
    if unknown:
        raise UnknownName("planted truth", unknown[0], [ALL, *_TAKEN_AWAY])
    chosen = set(_TAKEN_AWAY) if ALL in asked else asked
    for kind in sorted(chosen):
        settings = _TAKEN_AWAY[kind](settings)
    return replace(settings, without=frozenset(chosen))


def _no_work_of(settings: Settings, plant: str) -> Settings:
    return replace(settings, work=tuple(work for work in settings.work if work.plant != plant))


def _each_work(settings: Settings, **values: Any) -> tuple[Work, ...]:
    return tuple(replace(work, **values) for work in settings.work)


def _each_group(settings: Settings, **values: Any) -> tuple[Group, ...]:
    return tuple(replace(group, **values) for group in settings.groups)


def _recurring_fault(settings: Settings) -> Settings:
    return _no_work_of(settings, "recurring_fault")


def _bouncing_pair(settings: Settings) -> Settings:
    return replace(settings, work=_each_work(settings, bounces_with=""))


def _bad_change(settings: Settings) -> Settings:
    # No other change breaks anything either: else the desk would still have changes that do.
    records = {**settings.records, "failed": [0.0, 0.0, 0.0]}
    return replace(_no_work_of(settings, "bad_change"), records=records)


def _late_onboarding(settings: Settings) -> Settings:
    return replace(settings, onboarding={**settings.onboarding, "late": _LATE, "late_at": {}})


def _chasers(settings: Settings) -> Settings:
    return replace(_no_work_of(settings, "chasers"), habits={**settings.habits, "nudges_per_week": _NUDGES})


def _tickets_without_owner(settings: Settings) -> Settings:
    return replace(settings, groups=_each_group(settings, unowned=_UNOWNED))


def _bulk_clean_up(settings: Settings) -> Settings:
    return replace(settings, clean_up={**settings.clean_up, "share": 0.0})


def _growing_category(settings: Settings) -> Settings:
    level = _no_work_of(settings, "growing_category")
    return replace(level, work=_each_work(level, growth=1.0))


def _slow_group(settings: Settings) -> Settings:
    groups = tuple(
        replace(group, pace=1.0, utilisation=min(group.utilisation, _UTILISATION)) for group in settings.groups
    )
    return replace(settings, groups=groups)


def _reprioritisation_habit(settings: Settings) -> Settings:
    return replace(settings, groups=_each_group(settings, reprioritises=_REPRIORITISES))


_TAKEN_AWAY = {
    taken.__name__.removeprefix("_"): taken
    for taken in (
        _recurring_fault, _bouncing_pair, _bad_change, _late_onboarding, _chasers, _tickets_without_owner,
        _bulk_clean_up, _growing_category, _slow_group, _reprioritisation_habit,
    )
}  # fmt: skip
