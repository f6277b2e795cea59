"""A small desk of April to June 2026, and questions as their addresses hold them."""

from urllib.parse import parse_qs

from analytics.ask.answer import Answer, answer
from analytics.ask.question import Question
from analytics.ask.question_address import question_of
from tests.warehouse_of import Desk

# Resolved in April: Network 5 x 10 h, Email 5 x 20 h. In May: Network 6 x 16 h, Email 5 x 14 h, Remote 2 x 3 h, and one
# without a group in 5 h. Open: three of Network since 20 May, one of Email since 12 June, which is the as-of time.
TICKETS = """
opened           | resolved         | status      | group   | priority | category | type
2026-04-06 08:00 | 2026-04-06 18:00 | resolved    | Network | 1        | vpn      | incident
2026-04-07 08:00 | 2026-04-07 18:00 | resolved    | Network | 2        | vpn      | incident
2026-04-08 08:00 | 2026-04-08 18:00 | resolved    | Network | 2        | vpn      | incident
2026-04-09 08:00 | 2026-04-09 18:00 | resolved    | Network | 2        | wifi     | incident
2026-04-10 08:00 | 2026-04-10 18:00 | resolved    | Network | 2        | wifi     | request
2026-04-13 00:00 | 2026-04-13 20:00 | resolved    | Email   | 1        | mail     | incident
2026-04-14 00:00 | 2026-04-14 20:00 | resolved    | Email   | 2        | mail     | incident
2026-04-15 00:00 | 2026-04-15 20:00 | resolved    | Email   | 2        | mail     | incident
2026-04-16 00:00 | 2026-04-16 20:00 | resolved    | Email   | 2        | mail     | request
2026-04-17 00:00 | 2026-04-17 20:00 | resolved    | Email   | 2        | mail     | request
2026-05-04 08:00 | 2026-05-05 00:00 | resolved    | Network | 1        | vpn      | incident
2026-05-05 08:00 | 2026-05-06 00:00 | resolved    | Network | 1        | vpn      | incident
2026-05-06 08:00 | 2026-05-07 00:00 | resolved    | Network | 1        | vpn      | incident
2026-05-07 08:00 | 2026-05-08 00:00 | resolved    | Network | 2        | vpn      | incident
2026-05-08 08:00 | 2026-05-09 00:00 | resolved    | Network | 2        | wifi     | incident
2026-05-11 08:00 | 2026-05-12 00:00 | resolved    | Network | 2        | wifi     | request
2026-05-11 06:00 | 2026-05-11 20:00 | resolved    | Email   | 1        | mail     | incident
2026-05-12 06:00 | 2026-05-12 20:00 | resolved    | Email   | 1        | mail     | incident
2026-05-13 06:00 | 2026-05-13 20:00 | resolved    | Email   | 2        | mail     | incident
2026-05-14 06:00 | 2026-05-14 20:00 | resolved    | Email   | 2        | mail     | incident
2026-05-15 06:00 | 2026-05-15 20:00 | resolved    | Email   | 2        | mail     | request
2026-05-18 08:00 | 2026-05-18 11:00 | resolved    | Remote  | 2        | vpn      | incident
2026-05-19 08:00 | 2026-05-19 11:00 | resolved    | Remote  | 2        | vpn      | incident
2026-05-19 09:00 | 2026-05-19 14:00 | resolved    |         | 3        | vpn      | incident
2026-05-20 09:00 |                  | in_progress | Network | 1        | vpn      | incident
2026-05-20 10:00 |                  | in_progress | Network | 2        | vpn      | incident
2026-05-20 11:00 |                  | in_progress | Network | 2        | wifi     | incident
2026-06-12 12:00 |                  | new         | Email   | 3        | mail     | incident
"""


def question(desk: Desk, text: str) -> Question:
    """The question of an address such as `kpi=mttr&period=last month`."""
    assert desk.engine.as_of is not None
    return question_of(parse_qs(text, keep_blank_values=True), desk.engine.as_of.date())


def ask(desk: Desk, text: str) -> Answer:
    """The answer to the question of an address."""
    return answer(desk.engine, question(desk, text))
