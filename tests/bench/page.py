"""The Overview in a browser against the plain page: first visit, warm visit, filter changed until all is redrawn."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from tests.bench.browser import Shown, choose, fresh_browser, look, take_back, visit
from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS, ROOT, desk
from tests.bench.plain_table import plain_table
from tests.bench.rounds import alternate
from tests.bench.server import serving

TARGETS = {"first visit": 0.7, "warm visit": 0.6, "filter changed": 0.5, "filter seen before": 0.5}
WARM_VISITS = 3
CHANGES = 3
FILTER = "Assignment group"


def compare_pages(tickets: int, rounds: int) -> list[Comparison]:
    """Seconds until all is drawn, by measurement. The servers are warm: each page was seen before."""
    seconds, shown = measure_pages(tickets, rounds)
    rival = f"plain page ({_words(shown['plain'])}; ours {_words(shown['backlight'])})"
    return [
        Comparison(what, tickets, seconds["backlight"][what], rival, seconds["plain"][what], "s", target)
        for what, target in TARGETS.items()
    ]


def measure_pages(tickets: int, rounds: int) -> tuple[dict[str, dict[str, float]], dict[str, Shown]]:
    """Seconds by page and measurement, and what each page shows."""
    folder = desk(tickets)
    logs = RESULTS / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    ours = serving(ROOT / "dashboard.py", {"BACKLIGHT_DATABASE": str(folder)}, logs / "backlight.log")
    plain_script = Path(__file__).parent / "plain_page.py"
    plain = serving(plain_script, {"BENCH_PLAIN_TABLE": str(plain_table(folder))}, logs / "plain.log")
    with ours as our_address, plain as plain_address:
        addresses = {"backlight": our_address, "plain": plain_address}
        shown = {name: _warmed(address) for name, address in addresses.items()}
        numbers = {name: count(1) for name in addresses}
        readers = {name: partial(_read, addresses[name], shown[name], numbers[name]) for name in addresses}
        return alternate(readers, rounds), shown


def _words(shown: Shown) -> str:
    return f"{shown.cards} cards, {shown.charts} charts"


def _warmed(address: str) -> Shown:
    with fresh_browser() as context:
        look(context, address)
        shown = look(context, address)
    if not shown.cards or not shown.charts:
        raise AssertionError(f"{address} does not show what is to be measured: {_words(shown)}")
    return shown


def _read(address: str, shown: Shown, numbers: Iterator[int]) -> dict[str, float]:
    """One person with a new browser: comes, comes back, filters by groups nobody chose before, and takes them back."""
    with fresh_browser() as context:
        page, first = visit(context, address, shown)
        warm = []
        for _ in range(WARM_VISITS):
            page.close()
            page, seconds = visit(context, address, shown)
            warm.append(seconds)
        changed, again = [], []
        for _ in range(CHANGES):
            changed.append(choose(page, shown, FILTER, f"Group {next(numbers):02}"))
            again.append(take_back(page, shown))
        return {
            "first visit": first,
            "warm visit": median(warm[1:]),
            "filter changed": median(changed),
            "filter seen before": median(again),
        }
