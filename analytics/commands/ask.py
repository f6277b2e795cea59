"""ask TEXT: a question in words."""

import argparse
from pathlib import Path
from typing import Any

NAME = "ask"
HELP = "answer a question in words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Do it."""
    raise NotImplementedError
