"""Landlock: the kernel refuses to open any file or connection. Silently absent on kernels without it."""

import ctypes
import os

_CREATE, _RESTRICT = 444, 446
_VERSION_FLAG = 1
# How many kinds of access each version knows, by number from 1; the last entry holds for all after it.
_FILE_ACCESSES = (13, 14, 15, 15, 16)
_NETWORK_SINCE, _CONNECT_AND_BIND = 4, 3
_SCOPES_SINCE, _SIGNALS_AND_SOCKETS = 6, 3


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def no_files(libc: ctypes.CDLL) -> bool:
    """Let this process open nothing, whatever is open already; False without Landlock."""
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    if version < 1:
        return False
    ruleset = _Ruleset((1 << _FILE_ACCESSES[min(version, len(_FILE_ACCESSES)) - 1]) - 1)
    size = 8
    if version >= _NETWORK_SINCE:
        ruleset.network, size = _CONNECT_AND_BIND, 16
    if version >= _SCOPES_SINCE:
        ruleset.scoped, size = _SIGNALS_AND_SOCKETS, 24
    made = libc.syscall(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if made < 0:
        return False
    try:
        return not libc.syscall(_RESTRICT, made, ctypes.c_uint32(0))
    finally:
        os.close(made)
