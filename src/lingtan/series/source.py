"""Where a series comes from, as a park file says it.

The key that is present decides: `file`, `package`, `constant` or `monthly`. Each form is a frozen model that refuses
unknown keys; `judge_source` turns every fault into a finding at its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    FiniteFloat,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from lingtan.clock import StampSide
from lingtan.fact import Country, Fact, Zone
from lingtan.findings import Finding, InputError
from lingtan.sheet import Path, Sheet, judge
from lingtan.units import Unit, own_unit, quantity

Repair = Literal["none", "interpolate", "previous_day", "previous_week", "zero"]
Doubles = Literal["refuse", "first", "last", "mean"]
Shape = Literal["flat", "solar", "wind", "load"]

Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]


def _known_unit(text: str) -> str:
    Unit.parse(text)
    return text


def _mean_unit(text: str) -> str:
    """A month's energy under the name of a mean would be read as energy per step, and be wrong by a thousand."""
    if Unit.parse(text).dimension == Unit.parse("kWh").dimension:
        raise InputError([Finding("series.energy-for-mean", "unit", "kW", text)])
    return text


UnitText = Annotated[str, AfterValidator(_known_unit)]
MeanUnitText = Annotated[str, AfterValidator(_mean_unit)]


Amount = Annotated[FiniteFloat, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})]


class Recorded(Fact):
    """What every recorded series says: which column, what it means, and what may be mended."""

    file: Name
    """The file; a relative path counts from the folder of the park file, or from that of the package."""
    column: Name
    """The name of the column with the values, as the file writes it."""
    unit: UnitText
    """The unit of the values, such as kW, MWh or CNY/kWh; `1` for a share or a shape. Energy is energy per step."""
    time_column: Name | None = None
    """The name of the column with the stamps; the first column unless given."""
    sheet: Name | None = None
    """The sheet of a workbook; its first unless given."""
    header_line: Annotated[int, Field(ge=1, le=1000)] = 1
    """The line (row) with the names of the columns; what stands above is passed over."""
    zone: Zone | None = None
    """The IANA zone of stamps without offset; the park's unless given."""
    holidays: Country | None = None
    """The country (ISO 3166) whose public holidays the recording kept; the park's unless given. Asked for when a
    recorded year is mapped onto another one."""
    stamps: StampSide = "start"
    """Whether a stamp marks the start or the end of its interval."""
    midnight: Literal["start_of_day", "end_of_day"] = "start_of_day"
    """What `00:00` of a day means; `end_of_day` reads it as 24:00 of that day, as some plants write it."""
    day_first: bool | None = None
    """For dates such as 3/4/2025: whether the day comes first. Needed only where the column itself leaves it open."""
    factor: FiniteFloat | None = None
    """A factor on all values, such as the ratio of a current transformer; 1 unless given."""
    synthetic: bool = False
    """Whether a model drew the values: then they are never called measured."""
    sort: bool = False
    """Whether rows out of order may be sorted by their stamp."""
    duplicates: Doubles = "refuse"
    """Which value counts where a stamp occurs more than once."""
    negative: Literal["refuse", "zero"] = "refuse"
    """What to do with values below zero of a load, a solar or a wind series."""
    sentinels: tuple[FiniteFloat, ...] | None = None
    """Values that mean no reading, such as 9999; an empty list says that none do."""
    repair: Repair = "none"
    """How missing steps may be filled."""
    max_gap_minutes: Annotated[float, Field(gt=0, le=525_600)] = 120
    """The longest gap that may be filled. A straight line over more than two hours misses a ramp of the day; a gap of a
    whole day may be right to fill by `previous_week`."""


def _in_one_unit(data: object, key: str) -> object:
    """A form whose values may be texts that carry their unit, `3 MW`, as numbers in `unit`, which is that of the first text
    if none is given.

    A unit of another dimension is a finding, as everywhere in a park file; plain numbers among texts need a `unit`.
    """
    if not isinstance(data, Mapping) or key not in data:
        return data
    given = data[key]
    values = given if isinstance(given, list | tuple) else [given]
    texts = [value for value in values if isinstance(value, str)]
    if not texts or ("unit" not in data and len(texts) < len(values)):
        return data
    who = f".{key}"
    unit = data.get("unit", own_unit(texts[0], who=who) or "1")
    if not isinstance(unit, str):
        return data
    _known_unit(unit)
    read = [quantity(value, unit, who=who) if isinstance(value, str) else value for value in values]
    return {**data, "unit": unit, key: read if isinstance(given, list | tuple) else read[0]}


class FileSource(Recorded):
    """A column of a CSV, Parquet or Excel file: `{file: load.csv, column: kw, unit: kW}`."""


class PackageSource(Recorded):
    """A column of a file inside an installed Python package: `{package: simbench, file: …, column: …, unit: …}`.

    The package is looked up, never imported.
    """

    package: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]
    """The name of the package as it is imported; `lingtan` for what lingtan ships."""


class ConstantSource(Fact):
    """The same value in every step: `{constant: 30 kW}`."""

    constant: Amount
    """The value, in `unit` or with its own: `3 MW`."""
    unit: MeanUnitText = "1"
    """Its unit; `1` for a share or a shape."""

    @model_validator(mode="before")
    @classmethod
    def _own_unit(cls, data: object) -> object:
        return _in_one_unit(data, "constant")


class MonthlySource(Fact):
    """Twelve means, January first, and a shape within each month: `{monthly: […], seed: 7, shape: solar}`."""

    monthly: Annotated[tuple[Amount, ...], Field(min_length=12, max_length=12)]
    """The mean of each month, in `unit` or with its own; met exactly."""
    unit: MeanUnitText = "1"
    """Their unit; `1` for shares of full power, 0 to 1."""
    shape: Shape = "flat"
    """`flat`: constant within the month; `solar`, `wind`, `load`: drawn with the seed, and marked as synthetic."""
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    """Seed of the drawing; the same seed gives the same series."""
    cap: Annotated[FiniteFloat, Field(gt=0)] | None = None
    """The upper limit of a drawn value; 1 where there is no unit, none otherwise."""
    latitude: Annotated[FiniteFloat, Field(ge=-90, le=90)] | None = None
    """Degrees north, for `solar`; the site's unless given."""
    longitude: Annotated[FiniteFloat, Field(ge=-180, le=180)] | None = None
    """Degrees east, for `solar`; the site's unless given."""

    @model_validator(mode="before")
    @classmethod
    def _own_unit(cls, data: object) -> object:
        return _in_one_unit(data, "monthly")


Source = FileSource | PackageSource | ConstantSource | MonthlySource

FORMS: Mapping[str, type[FileSource | PackageSource | ConstantSource | MonthlySource]] = {
    "package": PackageSource,  # first: it has the key `file`, too
    "file": FileSource,
    "constant": ConstantSource,
    "monthly": MonthlySource,
}


def judge_source(data: object, sheet: Sheet, at: Path = ()) -> tuple[Source | None, list[Finding]]:
    """Plain data at path `at` of a sheet as a source, or all findings with their lines.

    >>> judge_source({"constant": 0.5}, Sheet("park.yaml", {}))[0]
    ConstantSource(constant=0.5, unit='1')
    """
    keys = [key for key in FORMS if isinstance(data, Mapping) and key in data]
    if keys[:2] == ["package", "file"]:
        keys.remove("file")
    if len(keys) != 1:
        who = ".".join(map(str, at)) or "."
        given = keys or (list(data) if isinstance(data, Mapping) else [] if data is None else [str(data)[:40]])
        return None, [Finding("series.unclear-source", who, got=", ".join(given)).at(sheet.file, sheet.line(at))]
    return judge(FORMS[keys[0]], data, sheet, at)
