"""Documents written from the code: `python docs/generate.py` writes them, `--check` exits 1 if they are not current."""

import argparse
import ast
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analytics.__main__ import COMMANDS  # noqa: E402
from analytics.diagnostic.questionnaire import Questionnaire, Statement, questionnaires  # noqa: E402
from analytics.kpi import Count, Kpi, Ratio, Statistic, Stock  # noqa: E402
from analytics.kpis import KPIS  # noqa: E402
from analytics.warehouse.formats import ExportFormat, load_formats  # noqa: E402
from analytics.warehouse.schema import DIMENSIONS, TABLES, Column  # noqa: E402

WRITTEN = "<!-- Written by docs/generate.py: change the code, then run `make docs`. -->"
SPECS = ROOT / "tests" / "spec"


def kpis() -> str:
    """Every KPI with its definition, formula and example."""
    index = _table(("name", "KPI", "definition"), ((f"[`{k.name}`](#{k.name})", k.title, k.definition) for k in KPIS))
    split = f"Every KPI can be split and filtered by {', '.join(f'`{name}`' for name in DIMENSIONS)}."
    return "\n\n".join(["# KPIs", WRITTEN, *index, split, *(part for kpi in KPIS for part in _kpi(kpi))])


def _kpi(kpi: Kpi) -> list[str]:
    facts = _table(
        ("", ""),
        [
            ("title", kpi.title),
            ("unit", f"{kpi.unit.value}, {kpi.direction.value}"),
            ("counts a ticket on", f"`{kpi.anchor}`"),
            ("uses tickets with", f"`{kpi.population}`"),
            *((word, f"`{sql}`") for word, sql in _formula(kpi)),
            ("source", kpi.source),
        ],
    )
    excluded = _list("Left out, and why:", (f"{e.reason}: `{e.condition}`" for e in kpi.exclusions))
    return [f"## {kpi.name}", kpi.definition, *facts, excluded, _list("Mind:", kpi.caveats), *_example(kpi)]


def _formula(kpi: Kpi) -> list[tuple[str, str]]:
    match kpi.value:
        case Ratio(numerator, denominator):
            return [("numerator", numerator), ("denominator", denominator)]
        case Statistic(statistic, denominator):
            return [("value", statistic), ("rests on", denominator)]
        case Count(numerator):
            return [("value", numerator)]
        case Stock(entered_on, left_on):
            return [("value", f"tickets by {entered_on} - tickets by {left_on}")]


def _example(kpi: Kpi) -> list[str]:
    """The first table and the first test of the KPI's spec: the documentation is what is tested."""
    source = (SPECS / f"test_{kpi.name}.py").read_text(encoding="utf-8")
    body = ast.parse(source).body
    tables = (node.value for node in body if isinstance(node, ast.Assign))
    table = next(value.value for value in tables if isinstance(value, ast.Constant) and isinstance(value.value, str))
    test = next(node for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
    asserted = [ast.get_source_segment(source, node) or "" for node in ast.walk(test) if isinstance(node, ast.Assert)]
    words = test.name.removeprefix("test_").replace("_", " ")
    return [f"Example ({words}):", f"```text{table}```", "```python\n" + "\n".join(asserted) + "\n```"]


def data_dictionary() -> str:
    """Every table and column."""
    parts = [f'# Data dictionary\n\n{WRITTEN}\n\nUnknown is NULL: never 0, never "met". Times are stored in UTC.']
    for table, columns in TABLES.items():
        parts += [f"## {table}", *_table(("column", "type", "meaning", ""), (_column(column) for column in columns))]
    return "\n\n".join(parts)


def _column(column: Column) -> tuple[str, ...]:
    mark = "dimension" if column.dimension else "person" if column.person else ""
    return f"`{column.name}`", column.type, column.meaning, mark


def formats() -> str:
    """Every export format that is recognised."""
    known = load_formats()
    index = _table(("format", "export", "tool"), ((f"[`{f.name}`](#{f.name})", f.title, f.tool) for f in known))
    return "\n\n".join(["# Export formats", WRITTEN, *index, *(part for format in known for part in _format(format))])


def _format(format: ExportFormat) -> list[str]:
    columns = ((f"`{name}`", ", ".join(f"`{h}`" for h in rule.headers)) for name, rule in format.columns.items())
    rows = f"one row per update, by `{format.event_time}`" if format.event_time else "one row per ticket"
    trust = f"{format.sla_trust}. {format.sla_note}".strip()
    facts = _table(("", ""), [("rows", rows), ("trust in its SLA columns", trust)])
    limits = [_list("Limits:", format.limits)] if format.limits else []
    return [f"## {format.name}", format.title + ".", *facts, *_table(("column", "headers"), columns), *limits]


def sheets() -> str:
    """Every questionnaire with its statements, thresholds and assumptions."""
    parts = [
        f"# Questionnaires\n\n{WRITTEN}",
        "What is asked, which rule answers, and its numbers; [the self-check](self-check.md) says how they are used.",
    ]
    return "\n\n".join([*parts, *(part for sheet in questionnaires() for part in _sheet(sheet))])


def _sheet(sheet: Questionnaire) -> list[str]:
    bands = _table(("ticked", "means"), ((_range(b.first, b.last), f"{b.name}. {b.meaning}") for b in sheet.bands))
    head = [f"## {sheet.title}", *([sheet.question] if sheet.asked else ["Nobody is asked about these."])]
    return [*head, *(bands if sheet.bands else []), *(part for one in sheet.statements for part in _statement(one))]


def _statement(one: Statement) -> list[str]:
    evidence = f"`{one.evidence}`" if one.evidence else "none: perception only"
    facts = [("evidence", evidence), ("should move", one.kpi and f"`{one.kpi}`"), ("remedy", one.remedy)]
    claim = [("claim, not a fact", one.claim)] if one.claim else []
    limits = [(f"`{t.name}`", f"{t.value:g}", f"{t.least:g} to {t.most:g}", t.words) for t in one.thresholds]
    guesses = [
        (f"`{a.name}`", f"{a.value:g}", f"{a.low:g} to {a.high:g}", f"assumed: {a.words}") for a in one.assumptions
    ]
    numbers = _table(("number", "shipped", "range", "of what"), [*limits, *guesses]) if limits or guesses else []
    return [f"### {one.sign}", one.text, *_table(("", ""), [*facts, *claim]), *numbers]


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


class _Recorder:
    """Takes a command's arguments the way argparse would; help text of argparse differs between Python versions."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def add_argument(self, *names: str, **options: object) -> None:
        """One argument."""
        flags = names if names[0].startswith("-") else ()
        silent = options.get("action") in ("store_true", "store_false")
        value = [] if silent else [str(options.get("metavar") or names[0])]
        repeated = options.get("nargs") in ("+", "*") or options.get("action") == "append"
        text = " ".join([", ".join(flags), *value]).strip()
        self.rows.append((f"`{text}{'...' if repeated else ''}`", str(options.get("help", "")).replace("%%", "%")))

    def __getattr__(self, name: str) -> Callable[..., "_Recorder"]:
        """Groups and the like: their arguments belong to the command all the same."""
        if not name.startswith("add_"):
            raise AttributeError(name)
        return lambda *_, **__: self


def cli() -> str:
    """The command line."""
    parts = [
        f"# Command line\n\n{WRITTEN}",
        "`python -m analytics [--database FOLDER] COMMAND`; the folder also from `BACKLIGHT_DATABASE`.",
        "Every command takes `--json`: one JSON document on stdout and nothing else. Messages go to stderr.",
        "Exit code 0 means done, 2 something that you can mend, told in one sentence.",
    ]
    for module in COMMANDS:
        recorder = _Recorder()
        module.add_arguments(recorder)
        arguments = _table(("argument", ""), recorder.rows) if recorder.rows else []
        parts += [f"## {module.NAME}", f"{module.HELP[0].upper()}{module.HELP[1:]}.", *arguments]
    return "\n\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    cells = [tuple(cell.replace("\n", " ").replace("|", "\\|") for cell in row) for row in rows]
    lines = [head, tuple("---" for _ in head), *cells]
    return ["\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _list(head: str, items: Iterable[str]) -> str:
    return "\n".join([head, "", *(f"- {item}" for item in items)])


DOCUMENTS: dict[str, Callable[[], str]] = {
    "kpis.md": kpis,
    "data-dictionary.md": data_dictionary,
    "formats.md": formats,
    "cli.md": cli,
    "questionnaires.md": sheets,
}


def outdated(folder: Path) -> list[str]:
    """Names of the documents in `folder` that are not what the code says."""
    return [name for name, write in DOCUMENTS.items() if _there(folder / name) != f"{write()}\n"]


def _there(document: Path) -> str:
    return document.read_text(encoding="utf-8") if document.is_file() else ""


def main() -> int:
    """Write or check the documents beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a document is not current")
    folder, check = Path(__file__).parent, parser.parse_args().check
    late = outdated(folder)
    for name in late:
        print(f"docs/{name} {'is not current: run make docs' if check else 'written'}", file=sys.stderr)
        if not check:
            (folder / name).write_text(f"{DOCUMENTS[name]()}\n", encoding="utf-8")
    return int(check and bool(late))


if __name__ == "__main__":
    sys.exit(main())
