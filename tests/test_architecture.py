"""The layers and the rules of the house, read from the syntax trees of the code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parents[1]
Node = TypeVar("Node", bound=ast.AST)
SHOW = ("dashboard.py", "pages/")
ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": SHOW,
    "plotly": ("pages/charts/", "analytics/report/"),
    "duckdb": ("analytics/warehouse/",),
    "statsmodels": ("analytics/forecast/", "analytics/plan/interrupted_series.py"),
    "sqlalchemy": ("analytics/store/",),
    "alembic": ("analytics/store/",),
    "icalendar": ("analytics/plan/",),
    "python_calamine": ("analytics/warehouse/",),
    "xlsxwriter": ("analytics/",),
    "mcp": ("analytics/assistants/",),
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "shared"}
LONGEST = 300
# Everything of Streamlit's that reads Markdown takes fixed text or our own sentences; these take data.
UNSAFE_KEYWORDS = {"unsafe_allow_html", "unsafe_allow_javascript"}
UNSAFE_NAMES = ("components.html", "components.iframe", "components.v1", "st.html", "st.iframe")


def _files(*places: str) -> list[Path]:
    found = [path for place in places for path in sorted(ROOT.glob(place))]
    return [path for path in found if "__pycache__" not in path.parts]


CODE = _files("dashboard.py", "pages/**/*.py", "analytics/**/*.py")
TESTS = _files("tests/**/*.py", "docs/**/*.py")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), _name(path))


def _imports(path: Path) -> Iterator[str]:
    """Dotted names of all modules imported anywhere in the file, also inside functions and as text."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("importlib.import_module", "import_module", "__import__"):
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def _nodes(paths: list[Path], kind: type[Node]) -> Iterator[tuple[Path, Node]]:
    """Every node of a kind, with the file it stands in."""
    yield from ((path, node) for path in paths for node in ast.walk(_tree(path)) if isinstance(node, kind))


def test_a_library_is_imported_only_where_it_belongs() -> None:
    found = [
        f"{module} in {_name(path)}"
        for path in CODE
        for module in _imports(path)
        if not _name(path).startswith(ONLY_IN.get(module.split(".")[0], ("",)))
    ]
    assert not found


# place -> modules it must not import, and why.
ONE_WAY: dict[str, tuple[str, str]] = {
    "analytics/": (r"(pages|dashboard)\b", "measure must not know show"),
    "analytics/warehouse/": (r"analytics\.(?!(warehouse|errors)\b)", "load must not know measure"),
    "pages/charts/": (r"streamlit\b|analytics\.warehouse\.engine\b", "a chart neither shows nor queries"),
    "": (r"tests\b", "code must not know tests"),
}


@pytest.mark.parametrize("place", ONE_WAY)
def test_imports_point_one_way(place: str) -> None:
    forbidden, why = ONE_WAY[place]
    found = [
        f"{_name(path)} imports {module}"
        for path in CODE
        if _name(path).startswith(place)
        for module in _imports(path)
        if re.match(forbidden, module)
    ]
    assert not found, why


def test_caches_of_streamlit_are_only_in_components() -> None:
    found = [
        f"{_name(path)}:{node.lineno}"
        for path, node in _nodes(CODE, ast.Attribute)
        if node.attr.startswith("cache_") and not _name(path).startswith("pages/components/")
    ]
    assert not found


def test_no_file_holds_two_nouns() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE + TESTS}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_modules_are_named_for_what_they_hold() -> None:
    for path in CODE + TESTS:
        parts = [part.lower() for part in path.relative_to(ROOT).with_suffix("").parts]
        assert not {word for part in parts for word in (part, *part.split("_"))} & FORBIDDEN_NAMES, _name(path)


def test_text_of_tickets_never_reaches_html() -> None:
    keywords = [f"{_name(p)}:{k.value.lineno}" for p, k in _nodes(CODE, ast.keyword) if k.arg in UNSAFE_KEYWORDS]
    names = [f"{_name(p)}:{a.lineno}" for p, a in _nodes(CODE, ast.Attribute) if ast.unparse(a).endswith(UNSAFE_NAMES)]
    modules = [_name(path) for path in CODE for m in _imports(path) if m.startswith("streamlit.components")]
    assert not keywords + names + modules


def test_no_remote_picture_can_be_shown() -> None:
    shown = ("st.image", "st.video", "st.audio", "st.logo", "add_layout_image")
    calls = [f"{_name(p)}:{call.lineno}" for p, call in _nodes(CODE, ast.Call) if _called(call).endswith(shown)]
    # The cards draw their own line from numbers alone.
    assert [place.partition(":")[0] for place in calls] == ["pages/components/cards.py"]
    assert not [_name(p) for p, keyword in _nodes(CODE, ast.keyword) if keyword.arg == "layout_images"]
    # As the page's own icon, and only there, a material icon is fetched from Google's servers.
    icons = [ast.unparse(k.value) for _, k in _nodes(CODE, ast.keyword) if k.arg == "page_icon"]
    assert icons
    assert not [icon for icon in icons if re.search(r":material/|https?:", icon)]


MARKDOWN = (
    "markdown",
    "write",
    "table",
    "caption",
    "title",
    "header",
    "subheader",
    "toast",
    "info",
    "warning",
    "error",
)
FRAME_CELL = re.compile(r"\b(row|ticket)\[|\.iloc\[|\.loc\[|\.itertuples|\.frame\[")


def test_no_cell_of_a_frame_goes_straight_to_markdown() -> None:
    found = [
        f"{_name(path)}:{call.lineno}"
        for path, call in _nodes(CODE, ast.Call)
        if _called(call).removeprefix("st.") in MARKDOWN and _called(call).startswith("st.")
        if FRAME_CELL.search(" ".join(ast.unparse(a) for a in (*call.args, *(k.value for k in call.keywords))))
    ]
    assert not found


def test_nothing_runs_text_as_code_or_shell() -> None:
    forbidden = {"eval", "exec", "os.system", "pickle.load", "pickle.loads"}
    calls = [
        f"{_name(path)}:{call.lineno}"
        for path, call in _nodes(CODE, ast.Call)
        if _called(call) in forbidden or any(keyword.arg == "shell" for keyword in call.keywords)
    ]
    assert not calls


@cache
def _tracked() -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: what is tracked cannot be told")
    return tuple(name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file())


# Written apart so that this file does not match itself.
_FOLDERS = ("/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "Users/[A-Za-z]", "C:[/\\\\]" + "Users")
MACHINE_PATHS = re.compile("|".join(_FOLDERS))
REGISTRIES = re.compile(r"https?://[^\s\"')>]*(?:pypi|pythonhosted|artifactory|nexus|npmjs|devpi)[^\s\"')>]*")


def test_no_tracked_file_names_a_machine_or_a_package_registry() -> None:
    found = []
    for name in _tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {match.group()}" for match in (*MACHINE_PATHS.finditer(text), *REGISTRIES.finditer(text))]
    assert not found


def test_no_data_or_secret_is_tracked() -> None:
    ending = re.compile(r"\.(duckdb|sqlite|db|wal|building|parquet|env|pem|key)$")
    assert not [name for name in _tracked() if ending.search(name)]
    assert ".streamlit/secrets.toml" not in _tracked()


def test_imports_are_seen_wherever_they_hide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import importlib\nfrom duckdb import connect\ndef f():\n    import plotly.express as px\n"
        "    return importlib.import_module('streamlit')\n"
    )
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert {"duckdb", "plotly.express", "streamlit"} <= set(_imports(bad))
