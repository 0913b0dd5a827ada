"""What the process beside a study runs: programs come in on standard input, answers go out on standard output.

The argument is the process that started it, which it does not outlive.
"""

from __future__ import annotations

import os
import pickle
import sys

from lingtan.optimize import solve_in_turn
from lingtan.optimize.program import Model
from lingtan.study.tied import tie_to


def main() -> None:
    """Solve all programs, letting go of each once it is solved; an uncertified one ends the process with an error."""
    tie_to(int(sys.argv[1]))
    answers_to = os.dup(1)
    os.dup2(2, 1)  # a solver that says something must not say it among the answers
    models: list[Model] = pickle.load(sys.stdin.buffer)
    answers = [solve_in_turn([models.pop(0)])[0] for _ in range(len(models))]
    with os.fdopen(answers_to, "wb") as out:
        pickle.dump(answers, out, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
