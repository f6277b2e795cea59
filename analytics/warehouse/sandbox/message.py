"""Messages between server and child: a length, a JSON object, and after the child's an Arrow stream until the end."""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")
_LONGEST = 1 << 20
_PIECE = 1 << 18


class Garbled(Exception):
    """What came is no message."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send an object."""
    body = json.dumps(message).encode()
    channel.sendall(_LENGTH.pack(len(body)) + body)


def receive(channel: socket.socket) -> dict[str, Any]:
    """The next object; raises `Garbled` at the end, and for what is not one."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    if length > _LONGEST:
        raise Garbled
    return parsed(_exactly(channel, length))


def split(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The object at the beginning of all that came, and what follows it."""
    if len(content) < _LENGTH.size:
        raise Garbled
    (length,) = _LENGTH.unpack_from(content)
    return parsed(content[_LENGTH.size : _LENGTH.size + length]), content[_LENGTH.size + length :]


def parsed(body: bytes) -> dict[str, Any]:
    """The object in JSON text; raises `Garbled`."""
    try:
        found = json.loads(body)
    except ValueError:
        raise Garbled from None
    if not isinstance(found, dict):
        raise Garbled
    return found


def _exactly(channel: socket.socket, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        piece = channel.recv(min(_PIECE, length - len(pieces)))
        if not piece:
            raise Garbled
        pieces += piece
    return bytes(pieces)
