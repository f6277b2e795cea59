"""Confinement: what the kernel holds a child to, whatever its code does. For Linux only.

Limits that every Linux has (memory, time, files, signals) are required; Landlock and seccomp are added where the
kernel and the processor are known.
"""

import ctypes
import math
import os
import resource
import signal
import sys
from pathlib import Path

from analytics.warehouse.sandbox.landlock import no_files
from analytics.warehouse.sandbox.limits import ADDRESS_SPACE, STACK
from analytics.warehouse.sandbox.seccomp import forbid_calls

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_NICEST = 19
_FILES = 16


def can_confine() -> bool:
    """Whether this system has the limits without which no statement is run."""
    return sys.platform == "linux"


def limit(seconds: float) -> None:
    """Limit this process for good.

    The kernel ends it after `seconds` by the clock and at once if its parent dies, and gives it no more memory than is
    allowed.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    libc = ctypes.CDLL(None, use_errno=True)
    _required(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
    _required(libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0))
    _required(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    os.nice(_NICEST)
    processor = math.ceil(seconds) + 1
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_STACK, STACK),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(kind)[1]
        kept = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (kept, kept))


def shut_in() -> None:
    """Let this process open no file and no connection any more and start no process.

    The engine looks at the system's files when it is opened, so this comes after; it holds for one thread, so there
    must be no other.
    """
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise OSError(0, "another thread would not be shut in")
    libc = ctypes.CDLL(None, use_errno=True)
    no_files(libc)
    forbid_calls(libc)


def _required(code: int) -> None:
    if code:
        raise OSError(ctypes.get_errno(), "a limit could not be set")
