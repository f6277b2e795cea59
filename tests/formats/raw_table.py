"""The type of the `table` fixture."""

from collections.abc import Callable

Table = Callable[..., tuple[str, ...]]
