"""The vocabulary of a desk: the values of the simulated one, fixed here so that the tests need no database."""

from datetime import date

from analytics.ask.vocabulary import Vocabulary
from analytics.filters import Value
from analytics.warehouse.schema import CLOCK

AS_OF = date(2026, 6, 30)
# Most frequent first; `-` is not recorded. Of the configuration items only some.
_VALUES = {
    "source": """
        ServiceNow | Freshservice | Jira
    """,
    "ticket_type": """
        incident | request | change | problem
    """,
    "status": """
        closed | cancelled | new | in_progress | resolved | pending
    """,
    "priority": """
        1 | 2 | 3 | 4 | 5
    """,
    "impact": """
        2 - Medium | 3 - Low | Medium | Low | 1 - High | High | -
    """,
    "urgency": """
        2 - Medium | 3 - Low | Medium | Low | High | 1 - High | -
    """,
    "category": """
        Workstation | Account and password | Access rights | Software | Email and calendar | Hardware | Reports and data
        | Remote access | Network | Printing | How to | Server and storage | CRM | Enquiry | Finance system | Mobile
        device | Telephony | HR system | Onboarding | -
    """,
    "subcategory": """
        Status | VPN | Docking station | Laptop | Monitor | Headset | Shared mailbox | The timesheet system | The CRM |
        Keyboard | Windows | E-mail | Webcam | The HR portal | Phone | Finance share | Teams channel | Project folder |
        Customer database | SharePoint site | Project | Adobe Acrobat | Outlook | Distribution list | Mailbox on the
        phone | Power BI workspace | Remote desktop | Visio | Wi-Fi at home with VPN | Tableau | Mail archive | AutoCAD
        | Calendar | A PDF editor | The jump host | Python | The Citrix farm | Chair-side screen | Mouse and keyboard |
        Warehouse network | LAN socket | Plotter | Meeting room network | Wi-Fi | Branch line | The scanner | Printer in
        reception | Teams recording | The intranet | Travel booking | Finance printer | Shared calendars | Printer 2nd
        floor | Conference phone | Guest Wi-Fi | Mail merge | Multifunction device | Hunt group | Label printer |
        Hotspot | Scanner | Tablet | Desk phone | Voicemail | SIM card | Softphone | Database server | File share |
        Network drive | Batch server | Archive | Print server | Web server | Sales | Human Resources | Customer Service
        | Engineering | Finance | Operations | PRN-0014 | Finance system | Finance database | Payment run | -
    """,
    "service": """
        Workplace | Identity | Messaging | Reporting | Remote Access | Network | Printing | CRM | Finance | Mobile |
        Telephony | Hosting | HR | File Services | Backup | -
    """,
    "configuration_item": """
        VPN-0005 | VPN-0002 | VPN-0012 | VPN-0011 | VPN-0007 | VPN-0006 | VPN-0008 | VPN-0001 | VPN-0004 | VPN-0009 |
        VPN-0014 | VPN-0013 | VPN-0010 | VPN-0003 | PRN-0014 | SRV-0007 | SRV-0064 | SRV-0098 | SRV-0033 | SRV-0138
    """,
    "assignment_group": """
        Service Desk | Workplace Services | Business Applications | Infrastructure | Network
    """,
    "channel": """
        Phone | Email | Self-service | Chat | Portal | phone | email | portal | Walk-in | chat | Walkup | walk-in | -
    """,
    "site": """
        London | Leeds | Glasgow | Bristol | Dublin | -
    """,
    "department": """
        Operations | Sales | Customer Service | Engineering | Finance | Human Resources | Legal | -
    """,
    "change_tier": """
        standard | normal | emergency | -
    """,
}


def _value(name: str, text: str) -> Value:
    if text == "-":
        return None
    return int(text) if name == "priority" else text


def desk_words() -> Vocabulary:
    """The vocabulary as of 30 June 2026 of a desk that began on 1 July 2024."""
    listed = {name: " ".join(texts.split()).split(" | ") for name, texts in _VALUES.items()}
    values = {name: tuple(_value(name, text) for text in texts) for name, texts in listed.items()}
    return Vocabulary(values | CLOCK, AS_OF, date(2024, 7, 1), AS_OF)
