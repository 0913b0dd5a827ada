"""`python -m lingtan.operate.child MODULE RUN`: a process of a run that ends when the process that started it does.

The kernel sends SIGTERM to it then, so a killed `lingtan serve` leaves no control behind that nobody watches.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

from lingtan.operate.store.private import UMASK

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie this process to its parent, keep its files to their owner, then become the module."""
    os.umask(UMASK)
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            raise SystemExit(1)
    module = sys.argv[1]
    sys.argv = [module, *sys.argv[2:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
