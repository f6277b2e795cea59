"""One ticket: its facts, whether it kept its target, what happened to it and when, and the way to its neighbours."""

import streamlit as st

from analytics.formatting import count_text
from analytics.listing import Listing
from analytics.ticket_facts import sla_sentence, ticket_facts
from analytics.ticket_timeline import MOST_EVENTS, TicketTimeline, ticket_timeline
from analytics.warehouse.engine import Engine
from pages.charts.theme import CONFIG
from pages.charts.ticket_timeline import ticket_timeline_figure
from pages.components.results import asked
from pages.components.ticket_address import PAGE, SIZE, TICKET, TICKET_SOURCE, asked_text, change
from pages.components.ticket_listing import SIZES, asked_page

_COLUMNS = {
    "happened_at": st.column_config.DatetimeColumn("When", format="YYYY-MM-DD HH:mm", width=140),
    "after": st.column_config.TextColumn("After", width=90),
    "what": st.column_config.TextColumn("What", width=150),
    "before": st.column_config.TextColumn("From", width="medium"),
    "now": st.column_config.TextColumn("To", width="medium"),
    "actor": st.column_config.TextColumn("Who", width="small"),
}
_MOST_HEIGHT = 520


def asked_ticket() -> tuple[str, str] | None:
    """Number and source of the ticket that the address asks for, the source empty where it names none."""
    number = asked_text(TICKET)
    return (number, asked_text(TICKET_SOURCE) or asked_text("source")) if number else None


def show_ticket(ticket: tuple[str, str], listing: Listing, engine: Engine) -> None:
    """The ticket in place of the list it was opened from."""
    found = asked(ticket_timeline, engine, ticket[0], ticket[1] or None, listing.people)
    if found is None:
        _way_back()
        st.text(f"The data has no ticket {ticket[0]}{f' from {ticket[1]}' if ticket[1] else ''}.")
        st.caption("It may have come with an import that was undone since. The list has the tickets that are there.")
        return
    _neighbours((str(found.facts["ticket_id"]), str(found.facts["source"])), listing, engine)
    with st.container(gap="xxsmall"):
        st.text(f"{found.facts['ticket_id']}  ·  {found.facts['source']}")
        if found.facts["title"]:
            st.text(str(found.facts["title"]))
        st.markdown(f"**{sla_sentence(found)}**")
    _facts(found)
    _picture(found, engine)
    _events(found)


def _way_back() -> None:
    st.button("All tickets of the list", key="ticket_back", icon=":material/arrow_back:", on_click=_open, args=(None,))


def _open(ticket: tuple[str, str] | None, page: int | None = None) -> None:
    turned = {} if page is None else {PAGE: [str(page)] if page > 1 else []}
    number, source = ([ticket[0]], [ticket[1]]) if ticket else ([], [])
    change(**({TICKET: number, TICKET_SOURCE: source} | turned))


def _neighbours(ticket: tuple[str, str], listing: Listing, engine: Engine) -> None:
    """Back to the list, and the tickets before and after this one in it, as far as the page of the list reaches."""
    page, skipped, total = asked_page(listing, engine)
    place = page.tickets.index(ticket) if ticket in page.tickets else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticket_neighbours"):
        _way_back()
        if place is None:
            st.caption("This ticket is not on the present page of the list.", width="content")
            return
        before = page.tickets[place - 1] if place else None
        after = page.tickets[place + 1] if place + 1 < len(page.tickets) else None
        for label, icon, other in (("Previous", "chevron_left", before), ("Next", "chevron_right", after)):
            st.button(label, type="tertiary", icon=f":material/{icon}:", disabled=other is None, on_click=_open,
                      args=(other,))  # fmt: skip
        st.caption(f"{count_text(skipped + place + 1)} of {count_text(total)}", width="content")
        size = int(asked_text(SIZE) or SIZES[0])
        _turn(after is None and skipped + len(page.tickets) < total, skipped // size + 2)


def _turn(is_last: bool, page: int) -> None:
    if is_last:
        st.button("Next page of the list", type="tertiary", on_click=_open, args=(None, page))


def _facts(found: TicketTimeline) -> None:
    with st.container(horizontal=True, gap="small", key="ticket_facts"):
        for name, text in ticket_facts(found):
            with st.container(width=164, gap=None):
                st.caption(name)
                st.text(text)


def _picture(found: TicketTimeline, engine: Engine) -> None:
    dated = found.events["happened_at"].notna().any()
    if not found.has_history:
        st.caption("This export has no history of its tickets: only the times it names are shown.")
    if dated:
        count = len(found.events)
        st.plotly_chart(
            ticket_timeline_figure(found.events, found.stays), config=CONFIG, key="ticket_timeline",
            alt=f"Timeline of a ticket: {count_text(count)} events, {count_text(len(found.stays))} stays in groups "
            "and statuses. The table below has them all.",
        )  # fmt: skip
    else:
        st.caption("No time is known of this ticket.")
    if found.hand_offs is not None:
        times = {0: "never", 1: "once", 2: "twice"}.get(found.hand_offs, f"{count_text(found.hand_offs)} times")
        st.caption(f"Handed from one group to another {times} in its history. Times in {engine.reporting_time_zone}.")


def _events(found: TicketTimeline) -> None:
    events = found.events
    shown = [name for name in _COLUMNS if name != "actor" or events["actor"].notna().any()]
    if not found.has_history:
        shown = ["happened_at", "after", "what"]
    st.dataframe(
        events[shown], hide_index=True, height=min(_MOST_HEIGHT, 38 + 32 * len(events)), row_height=32, placeholder="",
        column_config=_COLUMNS, alt=f"{count_text(len(events))} events of a ticket, the earliest first",
    )  # fmt: skip
    if len(events) >= MOST_EVENTS:
        st.caption(f"The first {count_text(MOST_EVENTS)} changes are shown.")
