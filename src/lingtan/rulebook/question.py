"""A question to the rulebook: which kind of record, for which place and customer, by which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from lingtan.findings import Finding, Severity
from lingtan.frozen import DeepFrozen
from lingtan.place import Place
from lingtan.rulebook.kinds import kind_name
from lingtan.rulebook.place import Customer, Fit
from lingtan.rulebook.record import Record, RecordT


@dataclass(frozen=True)
class Question(Generic[RecordT], DeepFrozen):
    """What is asked for, but for the day."""

    kind: type[RecordT]
    place: Place
    customer: Customer | None = None
    named: str | None = None
    select: Mapping[str, object] = field(default_factory=dict)

    def means(self, record: Record) -> bool:
        """Whether a record is of the kind and values asked for, wherever and for whomever it holds."""
        return isinstance(record, self.kind) and all(getattr(record, key) == want for key, want in self.select.items())

    def names(self, record_id: str) -> bool:
        """Whether an id is the one asked for, or of its family; true of every id when none is asked for."""
        return self.named is None or record_id == self.named or record_id.startswith(f"{self.named}.")

    def fit(self, record: Record) -> Fit:
        """Whether a record holds for the place and the customer; one that is named in full always does."""
        if record.id == self.named:
            return Fit.YES
        return self.natural_fit(record)

    def natural_fit(self, record: Record) -> Fit:
        """Whether a record was made for the place and the customer."""
        fits = {
            Fit.YES if record.place is None else record.place.fit(self.place),
            Fit.YES if record.customer is None else record.customer.fit(self.customer),
        }
        return Fit.NO if Fit.NO in fits else Fit.UNCLEAR if Fit.UNCLEAR in fits else Fit.YES

    def check_named(self, record: Record) -> list[Finding]:
        """A warning when a record that is used by name was made for another place or customer."""
        if record.id != self.named or self.natural_fit(record) is not Fit.NO:
            return []
        return [Finding("rulebook.made-for-others", self.text, got=record.id, severity=Severity.WARNING)]

    @property
    def text(self) -> str:
        """The question in a few words, such as `emission_factor (location, Sichuan)`."""
        if self.named is not None:
            return f"{kind_name(self.kind)} {self.named}"
        parts = [str(value) for value in self.select.values()]
        parts += [self.place.prefecture or self.place.province or self.place.country]
        if self.customer is not None:
            parts += [self.customer.category, f"{self.customer.voltage_kv:g} kV", self.customer.purchase]
        return f"{kind_name(self.kind)} ({', '.join(parts)})"
