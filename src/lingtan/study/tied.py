"""Processes that start others tie them to themselves: whoever is killed cannot end them itself."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to(parent: int) -> None:
    """Let the kernel kill this process as soon as the one that started it, `parent`, has ended; at once where it has already.

    Only Linux does so; elsewhere this does nothing. The signal is one that nothing can hold up: a solver has nothing to put away.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before it could be watched
            raise SystemExit(1)
