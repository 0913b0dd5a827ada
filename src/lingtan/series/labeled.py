"""Labeled values: one array, or many, on a time grid.

A `Series` is what a reader, a repair or a forecast hands on: with its unit, its quality step by step, and what was done
to it. A `Table` is what a plan or a meter tree hands on: many arrays on one grid, whose names carry their unit.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingtan.clock import Instants, TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.wording import Text, Words
from lingtan.wording.series_notes import said

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
Qualities = NDArray[np.uint8]

POWER_UNIT = "kW"


class Quality(IntEnum):
    """Where the value of a step comes from, from the best to the worst; the worst of several is their maximum."""

    MEASURED = 0
    """As the meter or the market gave it."""
    REPAIRED = 1
    """Filled or replaced, because the user asked for it."""
    MAPPED = 2
    """Measured, but on another day."""
    SYNTHETIC = 3
    """Drawn by a seeded model."""
    ASSUMED = 4
    """Written down by the user, or chosen by us and named."""
    MISSING = 5
    """Not known; the value is NaN and no figure may be made of it."""


@dataclass(frozen=True, eq=False)
class Series:
    """One quantity over a grid.

    `values` (T,) in `unit`, a mean over each step (prices and shares likewise); `quality` (T,) holds `Quality` codes;
    `origin` says in order what was done to the values. Arrays are copied and read-only. A value is finite, or NaN
    where its quality is `MISSING`.

    Raises `InputError`: `series.wrong-length`, `series.not-finite`.

    >>> day = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)
    >>> load = Series.of("load", np.full(24, 50.0), "kW", day)
    >>> load.mean, load.energy_kwh
    (50.0, 1200.0)
    """

    name: str
    values: Values
    unit: str
    grid: TimeGrid
    quality: Qualities
    origin: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        values, quality = _frozen(self.values, np.float64), _frozen(self.quality, np.uint8)
        for array in (values, quality):
            if array.shape != (self.grid.steps,):
                raise _refused("series.wrong-length", self.name, str(self.grid.steps), "×".join(map(str, array.shape)))
        missing = quality == Quality.MISSING
        wrong = np.flatnonzero(~np.where(missing, np.isnan(values), np.isfinite(values)))
        if wrong.size:
            raise _refused("series.not-finite", self.name, got=_place(self.grid, int(wrong[0]), values[wrong[0]]))
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "quality", quality)

    @classmethod
    def of(
        cls,
        name: str,
        values: ArrayLike,
        unit: str,
        grid: TimeGrid,
        quality: Quality = Quality.MEASURED,
        *,
        origin: tuple[Text, ...] = (),
    ) -> Series:
        """A series with one quality in all steps."""
        codes = np.full(grid.steps, quality, dtype=np.uint8)
        return cls(name, np.asarray(values, dtype=np.float64), unit, grid, codes, origin)

    @property
    def mean(self) -> float:
        """Mean over all steps, in `unit`; `series.missing-values` if a step is missing."""
        return float(self.complete().values.mean())

    @property
    def energy_kwh(self) -> float:
        """Energy of a power in kW; `series.not-a-power` for any other unit."""
        if self.unit != POWER_UNIT:
            raise _refused("series.not-a-power", self.name, POWER_UNIT, self.unit)
        return float(self.complete().values.sum() * self.grid.step_hours)

    def complete(self) -> Series:
        """The series itself if no step is missing; `series.missing-values` otherwise."""
        missing = np.flatnonzero(self.quality == Quality.MISSING)
        if missing.size:
            got = said("count-first", count=missing.size, at=clock_time(self.grid.local[missing[0]]))
            raise _refused("series.missing-values", self.name, got=got)
        return self

    def share(self, quality: Quality) -> float:
        """Share of steps with this quality, 0 to 1."""
        return float(np.mean(self.quality == quality))

    def window(self, first: int, steps: int) -> Series:
        """The `steps` steps from step `first` on, as copies."""
        part = slice(first, first + steps)
        return replace(self, grid=self.grid.window(first, steps), values=self.values[part], quality=self.quality[part])

    def noted(self, *notes: Text) -> Series:
        """The same series with more said about its origin."""
        return replace(self, origin=(*self.origin, *notes))

    def same_as(self, other: Series) -> bool:
        """Whether grid, unit, values and quality are the same, bit for bit; names and origins may differ."""
        return (
            self.grid == other.grid
            and self.unit == other.unit
            and np.array_equal(self.values, other.values, equal_nan=True)
            and np.array_equal(self.quality, other.quality)
        )

    def to_pandas(self) -> pd.Series[float]:
        """The values with an aware index in the grid's zone."""
        import pandas as pd

        return pd.Series(self.values.copy(), index=self.grid.to_pandas_index(), name=self.name)

    @classmethod
    def from_pandas(cls, series: pd.Series[Any], unit: str, *, zone: str | None = None) -> Series:
        """A pandas series with an aware, regular index; findings as in `Table.from_pandas`."""
        name = str(series.name)
        table = Table.from_pandas(series.to_frame(name=name), zone=zone)
        return cls.of(name, table[name], unit, table.grid)


@dataclass(frozen=True, eq=False)
class Table:
    """Many arrays on one grid, by name; the name carries the unit (`import_kw`, `battery.soc`).

    Each column is (T,) and finite; columns are copied and read-only. A name that is absent raises KeyError, for missing
    is not zero.

    Raises `InputError`: `series.wrong-length`, `series.not-finite`.

    >>> day = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)
    >>> flows = Table(day, {"load_kw": np.full(24, 50.0)}).with_columns({"import_kw": np.full(24, 30.0)})
    >>> flows.names, float(flows["import_kw"].sum())
    (('load_kw', 'import_kw'), 720.0)
    """

    grid: TimeGrid
    columns: Mapping[str, Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept: dict[str, Values] = {}
        findings: list[Finding] = []
        for name, given in self.columns.items():
            values = _frozen(given, np.float64)
            if values.shape != (self.grid.steps,):
                shape = "×".join(map(str, values.shape))
                findings.append(Finding("series.wrong-length", name, str(self.grid.steps), shape))
            elif (wrong := np.flatnonzero(~np.isfinite(values))).size:
                where = _place(self.grid, int(wrong[0]), values[wrong[0]])
                findings.append(Finding("series.not-finite", name, got=where))
            kept[name] = values
        if findings:
            raise InputError(findings)
        object.__setattr__(self, "columns", MappingProxyType(kept))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the order they were added."""
        return tuple(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __getitem__(self, name: str) -> Values:
        if name not in self.columns:
            near = difflib.get_close_matches(name, self.names, n=1)
            raise KeyError(f"no column {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return self.columns[name]

    def with_columns(self, columns: Mapping[str, ArrayLike]) -> Table:
        """A table with these columns added; a name that is there already is replaced."""
        added = {name: np.asarray(values, dtype=np.float64) for name, values in columns.items()}
        return Table(self.grid, {**self.columns, **added})

    def window(self, first: int, steps: int) -> Table:
        """The `steps` steps from step `first` on, as copies."""
        grid = self.grid.window(first, steps)
        return Table(grid, {name: values[first : first + steps] for name, values in self.columns.items()})

    def to_pandas(self) -> pd.DataFrame:
        """One column per name, with an aware index in the grid's zone."""
        import pandas as pd

        return pd.DataFrame(
            {name: values.copy() for name, values in self.columns.items()}, index=self.grid.to_pandas_index()
        )

    @classmethod
    def from_pandas(cls, frame: pd.DataFrame, *, zone: str | None = None) -> Table:
        """A frame whose index is aware, regular and marks interval starts; `zone` (default: that of the index) is IANA.

        Raises `InputError`: `series.naive-index`, `series.unnamed-zone`, `series.irregular-index`,
        `series.not-numbers`, `series.not-finite`.
        """
        grid = _grid_of_index(frame.index, zone)
        numbers: dict[str, Values] = {}
        findings: list[Finding] = []
        for name in frame.columns:
            try:
                numbers[str(name)] = frame[name].to_numpy(dtype=np.float64)
            except (TypeError, ValueError):
                findings.append(Finding("series.not-numbers", str(name), got=str(frame[name].dtype)))
        if findings:
            raise InputError(findings)
        return cls(grid, numbers)


def grid_of(instants: Instants, zone: str) -> TimeGrid:
    """The grid whose interval starts these UTC instants are; `series.irregular-index` if they are those of none."""
    utc = instants.astype("M8[m]")
    strides = np.unique(np.diff(utc))
    if np.any(utc != instants) or strides.size != 1 or strides[0] <= np.timedelta64(0, "m"):
        raise _refused("series.irregular-index", "index", got=said("stamps", count=len(utc)))
    return TimeGrid(utc[0], int(strides[0].astype(np.int64)), len(utc), zone)


def _grid_of_index(index: pd.Index[Any], zone: str | None) -> TimeGrid:
    """The grid of an aware and regular pandas index."""
    import pandas as pd

    if not isinstance(index, pd.DatetimeIndex) or index.tz is None:
        raise _refused("series.naive-index", "index", got=str(index.dtype))
    named = zone or getattr(index.tz, "key", None) or getattr(index.tz, "zone", None) or _utc_name(str(index.tz))
    if named is None:
        raise _refused("series.unnamed-zone", "index", got=str(index.tz))
    return grid_of(index.tz_convert("UTC").tz_localize(None).to_numpy(), named)


def _utc_name(text: str) -> str | None:
    return "UTC" if text.upper() in {"UTC", "UTC+00:00", "UTC-00:00"} else None


def _frozen(given: ArrayLike, kind: type[Any]) -> NDArray[Any]:
    """A read-only copy: nobody else holds its buffer."""
    copy = np.array(given, dtype=kind)
    copy.setflags(write=False)
    return copy


def _refused(code: str, who: str, expected: Text = "", got: Text = "") -> InputError:
    return InputError([Finding(code, who, expected, got)])


def _place(grid: TimeGrid, step: int, value: float) -> Words:
    return said("value-at", value=value, at=clock_time(grid.local[step]))


def clock_time(local: np.datetime64) -> str:
    """A wall-clock time as a user writes it: `2025-01-31 23:45`."""
    return str(local.astype("M8[m]")).replace("T", " ")
