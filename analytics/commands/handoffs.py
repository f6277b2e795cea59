"""handoffs: moves between groups, ping-pong pairs, and the price of a bounce."""

import argparse
from math import isnan
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.flow.bounce_price import BouncePrice, bounce_price
from analytics.flow.handoffs import Handoffs, handoffs
from analytics.warehouse.engine import open_engine

NAME = "handoffs"
HELP = "tickets handed from group to group, ping-pong pairs, and what a hand-off costs in hours"
_SHOWN_PAIRS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure and describe."""
    filters, engine = read_filters(arguments), open_engine(folder)
    found, price = handoffs(engine, filters), bounce_price(engine, filters)
    return _document(found, price), _text(found, price)


def _document(found: Handoffs, price: BouncePrice) -> dict[str, Any]:
    return {
        "tickets": found.tickets,
        "tickets_handed_over": found.tickets_handed_over if found.counted_by else None,
        "share_handed_over": found.share,
        "counted_by": found.counted_by or None,
        "handoffs": found.handoffs if found.reason is None else None,
        "pairs": found.pairs.to_dict("records"),
        "ping_pong": [
            {
                "groups": [row["group_a"], row["group_b"]],
                **{name: row[name] for name in ("tickets", "returns")},
                "hours": _known(row["hours"]),
            }
            for row in found.ping_pong.to_dict("records")
        ],
        "pairs_reason": found.reason,
        "price": _price(price),
        "price_reason": price.reason,
        "sentence": found.sentence,
        "price_sentence": price.sentence,
        **found.basis.document(),
        "price_basis": price.basis.document(),
    }


def _known(hours: float) -> float | None:
    """None where all returns came after their tickets' end."""
    return None if isnan(hours) else hours


def _price(price: BouncePrice) -> dict[str, Any] | None:
    waiting = price.waiting
    if waiting is None:
        return None
    return {
        "hours_per_handoff": waiting.hours,
        "lo": waiting.lo,
        "hi": waiting.hi,
        "without_first": None
        if waiting.further is None
        else dict(zip(("hours_per_handoff", "lo", "hi"), waiting.further, strict=True)),
        "share_explained": waiting.explained,
        "tickets": waiting.tickets,
        "strata": waiting.strata,
        "matched_on": list(price.matched_on),
        "by_handoffs": waiting.by_handoffs.to_dict("records"),
    }


def _text(found: Handoffs, price: BouncePrice) -> str:
    """For a person at a terminal."""
    pairs = found.pairs.head(_SHOWN_PAIRS).to_dict("records")
    returns = found.ping_pong.head(_SHOWN_PAIRS).to_dict("records")
    lines = [
        found.sentence,
        *(
            f"  {row['from_group']} -> {row['to_group']}  {row['handoffs']:,} ({row['tickets']:,} tickets)"
            for row in pairs
        ),
        *(["Back and forth:"] if returns else []),
        *(_returns(row) for row in returns),
        price.sentence,
    ]
    return "\n".join([*lines, found.basis.definition, price.basis.definition])


def _returns(row: dict[Any, Any]) -> str:
    pair = f"{row['group_a']} <-> {row['group_b']}"
    away = "" if isnan(row["hours"]) else f", {row['hours']:,.1f} h away"
    return f"  {pair}  {row['returns']:,} returns of {row['tickets']:,} tickets{away}"
