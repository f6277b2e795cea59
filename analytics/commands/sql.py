"""sql STATEMENT: one read-only statement, in a child process."""

import argparse
from pathlib import Path
from typing import Any

NAME = "sql"
HELP = "run one read-only statement over the tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Do it."""
    raise NotImplementedError
