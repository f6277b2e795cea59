"""What can be used is documented: docstrings, the generated documents, and the examples of the README."""

import ast
import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from analytics.__main__ import COMMANDS, parser
from analytics.kpis import KPIS
from analytics.warehouse.formats import load_formats
from analytics.warehouse.schema import DIMENSIONS, TABLES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# The command line's own shape and Alembic's: said once, in the package.
TOLD_ELSEWHERE = ("analytics/store/migrations/",)


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _public(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    yield tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def test_every_public_name_of_analytics_has_a_docstring() -> None:
    bare = []
    for path in sorted((ROOT / "analytics").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        if source.strip() and not name.startswith(TOLD_ELSEWHERE):
            nodes = _public(ast.parse(source))
            bare += [f"{name}: {getattr(n, 'name', 'the module')}" for n in nodes if not ast.get_docstring(n)]
    assert not bare


def test_the_generated_documents_are_current() -> None:
    assert _generator().outdated(DOCS) == [], "run 'make docs'"


def test_check_says_so_when_they_are_not(tmp_path: Path) -> None:
    generator = _generator()
    assert generator.outdated(tmp_path) == list(generator.DOCUMENTS)
    for name, write in generator.DOCUMENTS.items():
        (tmp_path / name).write_text(f"{write()}\n", encoding="utf-8")
    assert generator.outdated(tmp_path) == []
    (tmp_path / "kpis.md").write_text("old", encoding="utf-8")
    assert generator.outdated(tmp_path) == ["kpis.md"]


def test_check_is_a_command() -> None:
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_kpi_is_documented_with_its_definition_caveats_and_example() -> None:
    text = (DOCS / "kpis.md").read_text(encoding="utf-8")
    for kpi in KPIS:
        section = text.split(f"\n## {kpi.name}\n", 1)[1].split("\n## ", 1)[0]
        assert kpi.title in section
        assert kpi.definition in section
        assert kpi.source in section
        assert all(caveat in section for caveat in kpi.caveats)
        assert all(exclusion.reason in section for exclusion in kpi.exclusions)
        assert "assert " in section, "an example"
    assert all(f"`{dimension}`" in text for dimension in DIMENSIONS)


def test_every_column_format_and_command_is_documented() -> None:
    dictionary, formats, cli = ((DOCS / f"{n}.md").read_text("utf-8") for n in ("data-dictionary", "formats", "cli"))
    for table, columns in TABLES.items():
        section = dictionary.split(f"\n## {table}\n", 1)[1].split("\n## ", 1)[0]
        assert all(f"| `{column.name}` |" in section for column in columns)
    assert all(f"\n## {format.name}\n" in formats for format in load_formats())
    assert all(f"\n## {command.NAME}\n" in cli for command in COMMANDS)


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [command.NAME for command in COMMANDS if f"`{command.NAME}" not in readme]


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def _examples() -> list[str]:
    found = []
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        text = document.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))
        written = re.findall(r"python -m analytics ([^#\n`]+)", blocks)
        written += re.findall(r"`python -m analytics ([^`]+)`", text)
        found += [example.strip() for example in written if "[" not in example]
    return found


def test_there_are_examples_in_the_readme() -> None:
    assert len(_examples()) >= 2


@pytest.mark.parametrize("example", _examples())
def test_the_examples_are_what_the_command_line_takes(example: str) -> None:
    assert callable(parser().parse_args(shlex.split(example)).run)
