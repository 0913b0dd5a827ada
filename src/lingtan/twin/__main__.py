"""`python -m lingtan.twin RUN`: a plant to practice on, for a run folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from lingtan.findings import Finding, InputError
from lingtan.twin.process import serve, tell


def main(arguments: list[str]) -> int:
    """Serve until ended; 2 where the run cannot be served."""
    if len(arguments) != 1:
        sys.stderr.write("python -m lingtan.twin RUN\n")
        return 2
    run = Path(arguments[0])
    try:
        asyncio.run(serve(run))
    except InputError as error:
        tell(error.findings)
        return 2
    except (OSError, KeyError, ValueError) as error:
        tell([Finding("twin.no-run", str(run), got=str(error))])
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
