"""Seccomp: system calls that reading a table never needs are refused by the kernel. Only on known processors.

The numbers are those of Linux's system call tables, which never change.
"""

import ctypes
import errno
import platform
import struct

_PR_SET_SECCOMP, _FILTER = 22, 2
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _PROCESSOR_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_OTHER_TABLE = 0x40000000
_CLONE_THREAD = 0x00010000
_PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
# io_uring_setup, pidfd_open, pidfd_getfd
_EVERYWHERE = (425, 434, 438)
_FORBIDDEN = {
    # Sockets; ptrace and other processes' memory; exec, fork, kill; timers (the alarm stays set); changes to files;
    # mounts and namespaces; bpf, perf, keys, userfaultfd, memfd, shared memory, queues.
    "x86_64": (
        41, 42, 49, 50, 53, 101, 310, 311, 57, 58, 59, 322, 62, 37, 38, 222, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90,
        91, 92, 93, 94, 133, 258, 259, 260, 263, 264, 265, 266, 268, 316, 304, 165, 166, 272, 308, 321, 298, 248, 249,
        250, 323, 319, 29, 64, 68, 240,
    ),
    "aarch64": (
        198, 199, 200, 201, 203, 117, 270, 271, 221, 281, 129, 103, 107, 45, 46, 33, 34, 35, 36, 37, 38, 52, 53, 54,
        55, 276, 265, 39, 40, 97, 268, 280, 241, 217, 218, 219, 282, 279, 186, 190, 194, 180,
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbid_calls(libc: ctypes.CDLL) -> bool:
    """Refuse them for this process and its threads, for good; False where the processor is not known."""
    machine = platform.machine()
    if machine not in _PROCESSORS:
        return False
    code = _code(machine)
    program = _Program(len(code) // 8, code)
    return not libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)


def _code(machine: str) -> bytes:
    """The filter, instruction by instruction: a new process is refused, a new thread is not."""
    refused = _step(_RETURN, _ERRNO | errno.EPERM)
    calls = (*_FORBIDDEN[machine], *_EVERYWHERE)
    steps = [
        _step(_LOAD, _PROCESSOR_AT), _step(_EQUAL, _PROCESSORS[machine], 1, 0), _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT), _step(_AT_LEAST, _OTHER_TABLE, 0, 1), refused,
        # Its flags lie in memory, where a filter cannot look: without it the C library uses clone.
        _step(_EQUAL, _CLONE3, 0, 1), _step(_RETURN, _ERRNO | errno.ENOSYS),
        *(part for call in calls for part in (_step(_EQUAL, call, 0, 1), refused)),
        _step(_EQUAL, _CLONE[machine], 0, 3), _step(_LOAD, _FIRST_ARGUMENT_AT), _step(_ANY_BIT, _CLONE_THREAD, 1, 0),
        refused, _step(_RETURN, _ALLOW),
    ]  # fmt: skip
    return b"".join(steps)


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)
