"""The sentence of each kind of answer, word for word."""

import pytest

from tests.ask.asked import TICKETS, ask
from tests.conftest import MakeDesk

MAY = "last month (1 to 31 May 2026, as of 12 Jun 2026)"
# 6 x 16 h, 5 x 14 h, 2 x 3 h and 5 h, of 14 tickets: 177 / 14 = 12.6 h. In April (5 x 10 + 5 x 20) / 10 = 15 h.
SENTENCES = {
    "kpi=mttr&period=last month": f"Mean time to resolve was 12.6 h {MAY}, over 14 tickets.",
    "kpi=mttr&period=last month&compare=before": (
        f"Mean time to resolve was 12.6 h {MAY}, over 14 tickets, 2.4 h less than in April 2026 (15.0 h), better."
    ),
    "kpi=mttr&from=2026-05-01&to=2026-06-01": (
        "Mean time to resolve was 12.6 h from 1 May 2026 to 31 May 2026, over 14 tickets."
    ),
    "kpi=mttr": "Mean time to resolve was 13.6 h in all the data (to 12 Jun 2026), over 24 tickets.",
    "kpi=mttr&period=last month&assignment_group=Remote": (
        f"Only 2 tickets were resolved {MAY} where assignment group is Remote: too few to tell the mean time to "
        f"resolve."
    ),
    "kpi=mttr&from=2026-04-20&to=2026-05-01": "No tickets were resolved from 20 Apr 2026 to 30 Apr 2026.",
    "kpi=volume&from=2026-04-20&to=2026-05-01&assignment_group=Email": (
        "No tickets were opened from 20 Apr 2026 to 30 Apr 2026 where assignment group is Email."
    ),
    "kpi=volume&period=last month": f"17 tickets were opened {MAY}.",
    "kpi=volume&period=last month&compare=before": f"17 tickets were opened {MAY}, 7 more than in April 2026 (10).",
    "kpi=volume&from=2026-04-06&to=2026-04-07": "1 ticket was opened on 6 Apr 2026.",
    "kpi=volume&from=2026-06-01": "1 ticket was opened since 1 Jun 2026.",
    "kpi=outflow&period=last month&not_assignment_group=Email": (
        f"9 tickets ended {MAY} where assignment group is not Email."
    ),
    "kpi=backlog": "4 tickets are open now (12 Jun 2026, 12:00).",
    "kpi=backlog&period=last month&compare=before": (
        "3 tickets were open at the end of last month (31 May 2026, as of 12 Jun 2026), "
        "3 more than at the end of April 2026 (0), worse."
    ),
    "kpi=backlog&assignment_group=Remote": (
        "No tickets are open now (12 Jun 2026, 12:00) where assignment group is Remote."
    ),
    "kpi=backlog&by=assignment_group": (
        "'Network' has the most open tickets now (12 Jun 2026, 12:00): 3 of 4 (75 %), then 'Email' with 1."
    ),
    "kpi=mttr&by=assignment_group&period=last month": (
        f"'Network' had the highest mean time to resolve {MAY}: 16.0 h (6 tickets), then 'Email' with 14.0 h (5 "
        "tickets); all together 12.6 h over 14 tickets."
    ),
    "kpi=mttr&by=assignment_group&period=last month&order=asc&limit=1": (
        f"'Email' had the lowest mean time to resolve {MAY}: 14.0 h (5 tickets); all together 12.6 h over 14 tickets."
    ),
    "kpi=volume&by=assignment_group&period=last month": (
        f"'Network' had the most tickets opened {MAY}: 9 of 17 (53 %), then 'Email' with 5."
    ),
    "kpi=volume&by=opened_weekday&period=last month": (
        f"Wednesday had the most tickets opened {MAY}: 5 of 17 (29 %), then Monday with 4."
    ),
    "kpi=volume&by=assignment_group&by=priority&period=last month": (
        f"'Network' with priority 2 had the most tickets opened {MAY}: 5 of 17 (29 %), then 'Network' with priority 1 "
        "with 4."
    ),
    "kpi=mttr&by=assignment_group&period=last month&threshold=<15": (
        f"1 of 2 assignment groups had mean time to resolve under 15 h {MAY}: 'Email' 14.0 h (5 tickets)."
    ),
    "kpi=volume&by=assignment_group&period=last month&threshold=>20": (
        f"0 of 4 assignment groups had over 20 tickets opened {MAY}."
    ),
    "kpi=mttr&period=last month&threshold=<10": (
        f"Mean time to resolve was 12.6 h {MAY}, over 14 tickets; that is not under 10 h."
    ),
    "kpi=mttr&by=assignment_group&assignment_group=Email&assignment_group=Network&period=last month": (
        f"Mean time to resolve {MAY} where assignment group is Email or Network: 'Email' 14.0 h (5 tickets) and "
        "'Network' 16.0 h (6 tickets); 'Email' is 2.0 h lower, better."
    ),
    "kpi=volume&by=assignment_group&assignment_group=Remote&assignment_group=Email&from=2026-04-01&to=2026-05-01": (
        "Ticket volume from 1 Apr 2026 to 30 Apr 2026 where assignment group is Remote or Email: 'Remote' 0 and "
        "'Email' 5; 'Remote' is 5 lower."
    ),
    "kpi=mttr&by=assignment_group&period=last month&compare=before&order=change desc": (
        f"1 of 2 assignment groups got worse in mean time to resolve {MAY} against April 2026: most 'Network', from "
        "10.0 h to 16.0 h (+6.0 h)."
    ),
    "kpi=mttr&by=assignment_group&period=last month&order=change asc": (
        f"1 of 2 assignment groups got better in mean time to resolve {MAY} against April 2026: most 'Email', from "
        "20.0 h to 14.0 h (-6.0 h)."
    ),
    "kpi=volume&by=assignment_group&period=last month&compare=before&order=change desc": (
        f"3 of 4 assignment groups rose in ticket volume {MAY} against April 2026: most 'Network', from 5 to 9 (+4), "
        "then 'Remote' from 0 to 2 (+2)."
    ),
    "kpi=mttr&by=opened_weekday&from=2026-05-01&to=2026-06-01&compare=before&order=change desc": (
        "None of the weekdays has enough tickets both from 1 May 2026 to 31 May 2026 and in April 2026 to tell how the "
        "mean time to resolve changed."
    ),
    "kpi=volume&grain=month": (
        "Ticket volume by month in all the data (to 12 Jun 2026): 17 in May 2026, the latest month that is over, "
        "up from 10 in April 2026; highest 17 in May 2026, lowest 10 in April 2026; 28 tickets were opened in all."
    ),
    "kpi=volume&grain=month&order=asc&limit=1": (
        "The month with the fewest tickets opened in all the data (to 12 Jun 2026) was April 2026 with 10."
    ),
    "kpi=volume&grain=week&threshold=>5": (
        "2 of 9 weeks had over 5 tickets opened in all the data (to 12 Jun 2026); the latest 6 in the week of 18 May "
        "2026."
    ),
    "kpi=backlog&grain=month&by=assignment_group": (
        "Backlog by month in all the data (to 12 Jun 2026), 4 assignment groups: 'Network' has the most open tickets "
        "at the end, 3 of 4 (75 %)."
    ),
    "kpi=mttr&grain=month&by=assignment_group&period=last month": (
        f"Mean time to resolve by month {MAY}, 2 of 4 assignment groups: 'Network' has the highest mean time to "
        "resolve overall, 16.0 h (6 tickets)."
    ),
    "kpi=volume&period=last month&priority=1&intent=tickets": f"6 tickets were opened {MAY} where priority is 1.",
    "kpi=mttr&period=last month&assignment_group=Remote&by=priority&threshold=<3&intent=tickets": (
        f"2 tickets were resolved {MAY} where assignment group is Remote."
    ),
    "kpi=sla_adherence&period=last month": (
        f"No tickets judged {MAY} tell the SLA adherence: 14 left out, no target known."
    ),
    "kpi=backlog&intent=owners&period=last month": (
        "Who holds the 3 tickets open at the end of 31 May 2026 cannot be told: the export has no assignees."
    ),
    "kpi=mttr&intent=definition": (
        "Mean time to resolve: Mean calendar hours from opened to resolved, of the tickets resolved in the period. "
        "Computed as hours from opened to resolved, added up, divided by tickets resolved in the period. Lower is "
        "better."
    ),
    "kpi=volume&intent=why&period=last month": (
        "17 tickets were opened last month (1 to 31 May 2026), 7 more than in April 2026 (10). Category 'vpn' made the "
        "most of it, +6 (from 3 to 9), then 'wifi' +1."
    ),
    "kpi=backlog&intent=why&period=last month": (
        "Last month (1 to 31 May 2026): the backlog grew by 3 (from 0 to 3). Assignment group 'Network' made all of "
        "it: 9 arrived and 6 were closed. Whether more arrived or fewer were closed than before cannot be told: the "
        "data starts on 6 Apr 2026."
    ),
    "kpi=mttr&intent=forecast": (
        "Mean time to resolve is not forecast: what comes in, what goes out and what is open is. Ask for one of these."
    ),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence(desk: MakeDesk, text: str) -> None:
    assert ask(desk(TICKETS), text).sentence == SENTENCES[text]
