"""An energy balance as a reader checks it: what came in, what went out, and any difference under its own name."""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.report.palette import BAD
from lingtan.tolerances import SAME_SUM_RELATIVE
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS


@dataclass(frozen=True)
class Stream:
    """Energy that enters or leaves the park."""

    name: Text
    energy_kwh: float
    color: str


@dataclass(frozen=True)
class Balance:
    """All that entered, all that left, and what was offered but not taken, which is in neither sum."""

    sources: tuple[Stream, ...]
    uses: tuple[Stream, ...]
    set_aside: tuple[Stream, ...] = ()

    @property
    def in_kwh(self) -> float:
        """What entered."""
        return sum(stream.energy_kwh for stream in self.sources)

    @property
    def out_kwh(self) -> float:
        """What was used or left."""
        return sum(stream.energy_kwh for stream in self.uses)

    @property
    def unexplained_kwh(self) -> float:
        """In less out; 0 where the difference is rounding."""
        difference = self.in_kwh - self.out_kwh
        return difference if abs(difference) > SAME_SUM_RELATIVE * max(self.in_kwh, self.out_kwh) else 0.0

    @property
    def drawn(self) -> tuple[tuple[Stream, ...], tuple[Stream, ...], tuple[Stream, ...]]:
        """Sources, uses and what was set aside, and what is unexplained as a stream of its own; nothing that is rounding."""
        least_kwh = SAME_SUM_RELATIVE * max(self.in_kwh, self.out_kwh)
        sources, uses, aside = (
            tuple(stream for stream in streams if stream.energy_kwh > least_kwh)
            for streams in (self.sources, self.uses, self.set_aside)
        )
        missing = Stream(REPORT_WORDS["flow.unexplained"], abs(self.unexplained_kwh), BAD)
        if self.unexplained_kwh > 0:
            uses = (*uses, missing)
        elif self.unexplained_kwh < 0:
            sources = (*sources, missing)
        return sources, uses, aside
