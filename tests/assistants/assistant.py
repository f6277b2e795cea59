"""An assistant as a test calls it: the protocol's own client, with the server in a process of its own."""

import asyncio
import json
import sys
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TextIO, TypeVar

from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import ListToolsResult

ROOT = Path(__file__).parents[2]
Given = TypeVar("Given")


@dataclass(frozen=True)
class Called:
    """What a call gave: a document, or the sentence of an error."""

    document: dict[str, Any] | None
    text: str
    is_error: bool


class Assistant:
    """A conversation with `python -m analytics mcp`, for as long as the block runs."""

    def __init__(self, folder: Path, log: TextIO) -> None:
        self._folder, self._log = folder, log
        self._loop = asyncio.new_event_loop()
        self._ready, self._closing = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._talk(),), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(180), "the server did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(60)
        self._loop.close()

    def tools(self) -> ListToolsResult:
        """What the server offers."""
        return self._wait(self._client.list_tools())

    def __call__(self, tool: str, **arguments: Any) -> Called:
        """Call a tool; in place of `from` write `start`."""
        named = {{"start": "from", "end": "to"}.get(name, name): value for name, value in arguments.items()}
        result = self._wait(self._client.call_tool(tool, named))
        (content,) = result.content
        if not result.is_error:
            assert json.loads(content.text) == result.structured_content
        return Called(result.structured_content, content.text, bool(result.is_error))

    def document(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The document of a call that has to succeed."""
        called = self(tool, **arguments)
        assert not called.is_error, called.text
        assert called.document is not None
        return called.document

    def sentence(self, tool: str, **arguments: Any) -> str:
        """The one sentence of a call that has to be refused."""
        called = self(tool, **arguments)
        assert called.is_error, called.text
        assert called.document is None
        assert "\n" not in called.text
        return called.text

    async def _talk(self) -> None:
        command = ["-m", "analytics", "--database", str(self._folder), "mcp"]
        server = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
        async with Client(stdio_client(server, errlog=self._log)) as self._client:
            self._ready.set()
            await self._closing.wait()

    def _wait(self, asked: Coroutine[Any, Any, Given]) -> Given:
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(300)
