"""mcp: the registry as tools for assistants, over stdin and stdout."""

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analytics.assistants.errors import NotInstalled

NAME = "mcp"
HELP = "serve assistants over the Model Context Protocol, on stdin and stdout, until the client goes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Serve one client; raises `NotInstalled` without the package."""
    if find_spec("mcp") is None:
        raise NotInstalled
    from analytics.assistants.server import serve  # the package is optional, and no other command needs it

    serve(folder)
    raise SystemExit(0)  # stdout was the protocol's: not even an empty line may follow
