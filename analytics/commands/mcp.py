"""mcp: the registry as tools for assistants, over stdin and stdout."""

import argparse
from pathlib import Path
from typing import Any

NAME = "mcp"
HELP = "serve assistants over the Model Context Protocol"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Do it."""
    raise NotImplementedError
