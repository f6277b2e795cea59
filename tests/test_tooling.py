"""The files around the code: locks, Makefile, Streamlit's settings and continuous integration agree with each other."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
DEVELOPMENT = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
# Lock -> what it is made from.
LOCKS: dict[str, list[str]] = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": DEVELOPMENT,
    "requirements-forecast-bench.txt": GROUPS["forecast-bench"],
}
PYTHONS = ("3.11", "3.12", "3.13")


def _lock(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text().splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _direct(name: str) -> list[Requirement]:
    return [Requirement(text) for text in LOCKS[name]]


def _pins(lock: list[Requirement], python: str) -> dict[str, str]:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    here = [line for line in lock if line.marker is None or line.marker.evaluate(environment)]
    pins = {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in here}
    assert len(pins) == len(here), "two versions of one package"
    return pins


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_every_direct_dependency_within_its_range(name: str, python: str) -> None:
    pins = _pins(_lock(name), python)
    for requirement in _direct(name):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in {name}: run 'make lock'"
        assert requirement.specifier.contains(pin), f"{requirement} is locked at {pin}: run 'make lock'"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_as_direct_what_the_project_names(name: str) -> None:
    text = (ROOT / name).read_text()
    named = re.findall(
        r"^([a-z0-9.-]+)==.*\n(?:    #.*\n)*?    #(?: via)? +backlight \(pyproject\.toml[\w:-]*\)$", text, re.MULTILINE
    )
    assert sorted(named) == sorted(canonicalize_name(requirement.name) for requirement in _direct(name))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_pins_only(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|^ *-|--|(^|[ '\"])/|@|\\", text, re.MULTILINE), "an address, an option or a path"
    assert all(re.fullmatch(r"==[^,*]+", str(line.specifier)) for line in _lock(name))


def test_the_development_lock_holds_all_of_the_other() -> None:
    runtime, development = (
        {str(line) for line in _lock(name)} for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime <= development


def test_the_reasons_for_dependencies_are_complete() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    groups = [*PROJECT["optional-dependencies"].values(), *GROUPS.values()]
    optional = [text for group in groups for text in group]
    named = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"] + optional}
    explained = {canonicalize_name(name) for name in re.findall(r"^\| \[([^]]+)\]", text, re.MULTILINE)}
    assert explained == named


def test_make_alone_lists_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^  make ([\w-]+) +\S", shown, re.MULTILINE) == targets
    known = {"run", "test", "check", "bench", "forecast-bench", "demo", "lock", "docs", "format", "clean", "help"}
    assert known == set(targets)


def test_what_the_makefile_calls_is_there() -> None:
    text = (ROOT / "Makefile").read_text()
    modules = set(re.findall(r"-m ((?:analytics|tests)[\w.]*)", text))
    files = set(re.findall(r"(?:\$\(PY\)|streamlit run) ([\w/]+\.py)", text))
    assert modules
    assert files
    for module in modules:
        path = ROOT / Path(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
    assert all((ROOT / file).is_file() for file in files), files


def test_streamlit_ships_with_safe_settings() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    settings.pop("theme", None)
    assert settings == {
        "server": {
            "address": "127.0.0.1",
            "headless": True,
            "allowedHosts": ["localhost", "127.0.0.1"],
            "enableCORS": True,
            "enableXsrfProtection": True,
            "enableStaticServing": False,
            "enableAgentApi": False,
            "maxUploadSize": 100,
        },
        "browser": {"serverAddress": "localhost", "gatherUsageStats": False},
        "client": {
            "disableDataExport": True,
            "showSidebarNavigation": False,
            "showErrorDetails": "none",
            "showErrorLinks": False,
            "toolbarMode": "minimal",
        },
    }


def test_streamlit_knows_each_setting() -> None:
    config = pytest.importorskip("streamlit.config")
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    known = set(config.get_config_options())
    assert set(_settings(settings)) <= known


def _settings(section: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Dotted names of all settings, those of nested sections such as [theme.dark] too."""
    for key, value in section.items():
        if isinstance(value, dict):
            yield from _settings(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def test_nothing_of_a_machine_is_in_the_tooling() -> None:
    names = ("Makefile", "pyproject.toml", ".ci/run", ".gitignore", ".streamlit/config.toml", *LOCKS)
    for name in names:
        assert not re.search(r"/root|/home|/work\b|/usr/local|/opt/", (ROOT / name).read_text()), name


def test_continuous_integration_is_the_same_two_targets() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert re.findall(r"\bmake (.+)", script) == ["check test </dev/null"]
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0
