"""Availability and air temperature from weather, as a park file says it.

The key that is present decides: `pv`, `wind`, `hydro` or `temperature`. Where the weather comes from stands below `weather`,
again by the key that is present: `epw`, `pvgis`, `csv`, `monthly_ghi` or `monthly_wind`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, FiniteFloat, Tag, model_validator

from lingtan.clock import StampSide
from lingtan.fact import Fact, Zone
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook import SeasonMonths
from lingtan.series.source import Doubles, Name, Repair
from lingtan.sheet import Path, Sheet, judge
from lingtan.units import Quantity, ShareOfOne


def _whole_fives(minutes: int) -> int:
    if minutes % 5:
        raise InputError([Finding("resource.not-fives", "sun_minutes", "-30, -20, 0, 30 …", say_number(minutes))])
    return minutes


Height = Annotated[float, Quantity("m", gt=0, le=400)]
"""Height above ground [m]."""
Monthly = Annotated[tuple[FiniteFloat, ...], Field(min_length=12, max_length=12)]
"""Twelve values, January first."""
Seed = Annotated[int, Field(ge=0, le=2**63 - 1)]
SunMinutes = Annotated[int, Field(ge=-120, le=120), AfterValidator(_whole_fives)]
"""How much later (earlier where negative) than the middle of its hour the irradiance was seen [min], in steps of five."""


# ---------------------------------------------------------------------------------------------- weather


class EpwWeather(Fact):
    """A typical year in the EnergyPlus format: `{epw: chengdu.epw.gz, sun_minutes: -30}`."""

    epw: Name
    """The file, `.epw` or `.epw.gz`; a relative path counts from the folder of the park file."""
    sun_minutes: SunMinutes = 0
    """The format says that hour h ends at h:00. Where the irradiance was put down for another time, this says so: -30 for the
    Chinese typical years of the CSWD set, whose hour h shows the sun of h-1:00."""


class PvgisWeather(Fact):
    """Hourly radiation on the horizontal plane, or a typical year, from PVGIS: `{pvgis: tmy.csv}`."""

    pvgis: Name
    """The file, `.csv` or `.json`, as PVGIS gives it."""
    year: int | None = None
    """Which year of an hourly record of several is laid on the studied one."""
    sun_minutes: SunMinutes | None = None
    """When the irradiance of an hour was seen; taken from the stamps of the file unless given."""


class CsvWeather(Fact):
    """Columns of a CSV, Parquet or Excel file, each in the unit of its key: `{csv: w.csv, ghi_w_per_m2: GHI}`."""

    csv: Name
    """The file; a relative path counts from the folder of the park file."""
    ghi_w_per_m2: Name | None = None
    """The column of global horizontal irradiance."""
    dhi_w_per_m2: Name | None = None
    """The column of diffuse horizontal irradiance."""
    dni_w_per_m2: Name | None = None
    """The column of direct normal irradiance."""
    temperature_c: Name | None = None
    """The column of air temperature."""
    wind_m_per_s: Name | None = None
    """The column of wind speed."""
    pressure_pa: Name | None = None
    """The column of air pressure at the station."""
    wind_height: Height = 10.0
    """Height of the anemometer above ground."""
    year: int | None = None
    """Which year of a record of several is laid on the studied one."""
    typical: bool = False
    """Whether it is a typical year: then its own year means nothing."""
    sun_minutes: SunMinutes = 0
    """How much later than the middle of its interval the irradiance was seen."""
    time_column: Name | None = None
    """The column with the stamps; the first unless given."""
    sheet: Name | None = None
    """The sheet of a workbook; its first unless given."""
    header_line: Annotated[int, Field(ge=1, le=1000)] = 1
    """The line with the names of the columns."""
    zone: Zone | None = None
    """The IANA zone of stamps without offset; the park's unless given."""
    stamps: StampSide = "start"
    """Whether a stamp marks the start or the end of its interval."""
    midnight: Literal["start_of_day", "end_of_day"] = "start_of_day"
    """What `00:00` of a day means."""
    day_first: bool | None = None
    """For dates such as 3/4/2025: whether the day comes first."""
    sort: bool = False
    """Whether rows out of order may be sorted by their stamp."""
    duplicates: Doubles = "refuse"
    """Which value counts where a stamp occurs more than once."""
    negative: Literal["refuse", "zero"] = "refuse"
    """What to do with values below zero of irradiance, such as the offset of a pyranometer at night."""
    sentinels: tuple[FiniteFloat, ...] | None = None
    """Values that mean no reading, such as 9999."""
    repair: Repair = "none"
    """How missing steps may be filled."""
    max_gap_minutes: Annotated[float, Field(gt=0, le=525_600)] = 180
    """The longest gap that may be filled."""


class MonthlySun(Fact):
    """Twelve sums of irradiation on the horizontal plane: `{monthly_ghi: [45, 54, …], seed: 7}`."""

    monthly_ghi: Annotated[tuple[Annotated[float, Field(ge=0)], ...], Field(min_length=12, max_length=12)]
    """The sum of each month [kWh/m2]; met exactly."""
    monthly_temperature: Monthly | None = None
    """The mean air temperature of each month [°C]; needed only where no performance ratio is given."""
    seed: Seed = 0
    """Seed of the days, which are drawn from dark to clear; the same seed gives the same days."""


class MonthlyWind(Fact):
    """Twelve mean wind speeds: `{monthly_wind: [7.1, 7.4, …], height: 80 m, seed: 7}`."""

    monthly_wind: Annotated[tuple[Annotated[float, Field(gt=0, le=30)], ...], Field(min_length=12, max_length=12)]
    """The mean speed of each month [m/s]; met exactly."""
    height: Height
    """The height above ground that the speeds are given for."""
    weibull_shape: Annotated[float, Field(ge=1, le=5)] = 2.0
    """Shape of the Weibull law that the speeds of a month follow; 2 is Rayleigh's."""
    seed: Seed = 0
    """Seed of the weather's course; the same seed gives the same course."""


WEATHER_FORMS: Mapping[str, type[Fact]] = {
    "epw": EpwWeather,
    "pvgis": PvgisWeather,
    "csv": CsvWeather,
    "monthly_ghi": MonthlySun,
    "monthly_wind": MonthlyWind,
}


def _form_of_weather(data: Any) -> str | None:
    """The tag of the form whose key is present; a tag is no key, so that a path of pydantic's stays that of the file."""
    if isinstance(data, Fact):
        return f"{next(key for key, form in WEATHER_FORMS.items() if isinstance(data, form))} form"
    keys = [key for key in WEATHER_FORMS if isinstance(data, Mapping) and key in data]
    return f"{keys[0]} form" if len(keys) == 1 else None


WeatherSource = Annotated[
    Annotated[EpwWeather, Tag("epw form")]
    | Annotated[PvgisWeather, Tag("pvgis form")]
    | Annotated[CsvWeather, Tag("csv form")]
    | Annotated[MonthlySun, Tag("monthly_ghi form")]
    | Annotated[MonthlyWind, Tag("monthly_wind form")],
    Discriminator(
        _form_of_weather,
        custom_error_type="resource.unclear-weather",
        custom_error_message="no weather or two",
        custom_error_context={"expected": ", ".join(WEATHER_FORMS)},
    ),
]


# ---------------------------------------------------------------------------------------------- plants


class PvArray(Fact):
    """How modules stand, and what is lost on the way to the meter."""

    tilt: Annotated[float, Field(ge=0, le=90)]
    """Angle of the modules from the horizontal [°]."""
    azimuth: Annotated[float, Field(ge=0, lt=360)] = 180.0
    """Where they face, clockwise from north [°]; 180 is south."""
    albedo: ShareOfOne = 0.2
    """Share of the light that the ground or roof throws back [1]."""
    dc_ac_ratio: Annotated[float, Field(ge=0.5, le=2.5)] = 1.0
    """Peak power of the modules per power of the inverters (容配比) [1]; the inverters cut what is above theirs."""
    performance_ratio: Annotated[float, Quantity("1", gt=0, le=1)] | None = None
    """AC energy per energy that the irradiation on the modules would give at their rating (系统效率) [1]. Where it is given it
    holds every loss, and the four fields below are not used; else they are computed by PVWatts."""
    losses: ShareOfOne = 0.14
    """Losses between modules and inverter, soiling to mismatch [1]; 0.14 is PVWatts's sum of eight parts."""
    inverter_efficiency: Annotated[float, Quantity("1", gt=0.5, le=1)] = 0.96
    """Efficiency of the inverters at their rating [1]."""
    temperature_coefficient: Annotated[float, Field(ge=-0.01, le=0)] = -0.0035
    """Change of power per kelvin above 25 °C [1/K]; crystalline silicon of today."""
    mounting: Literal["roof", "ground"] = "roof"
    """`roof` for modules close above a roof, which get warmer, `ground` for open racks."""

    @model_validator(mode="after")
    def _one_loss_model(self) -> Self:
        computed = {"losses", "inverter_efficiency", "temperature_coefficient", "mounting"} & self.model_fields_set
        if self.performance_ratio is not None and computed:
            raise InputError(
                [Finding("resource.two-loss-models", ".performance_ratio", got=", ".join(sorted(computed)))]
            )
        return self


class PvPlant(PvArray):
    """An array and its weather."""

    weather: WeatherSource
    """Where irradiance, and temperature and wind where they are needed, come from."""


class Turbine(Fact):
    """A wind turbine and its site."""

    hub_height: Height
    """Height of the hub above ground [m]."""
    shear: Annotated[float, Field(ge=0, le=0.6)] = 0.14
    """Exponent of the power law from the height of measurement to the hub [1]; 0.14 over open land, 0.2 and more over
    forest or hills."""
    roughness: Annotated[float, Quantity("m", gt=0, le=3)] | None = None
    """Roughness length of the ground [m]; where it is given, the log law takes the place of the power law."""
    curve: Literal["iec_2", "iec_3"] = "iec_3"
    """A generic power curve: `iec_2` for medium wind, `iec_3` for low wind."""
    points: tuple[tuple[FiniteFloat, FiniteFloat], ...] | None = None
    """A power curve of one's own: pairs of wind speed [m/s] and power per rated power, 0 to 1."""
    wake_loss: ShareOfOne = 0.08
    """Share that turbines take from each other's wind [1]."""
    outage: ShareOfOne = 0.03
    """Share of the time in which a turbine is not ready [1]."""
    electrical_loss: ShareOfOne = 0.02
    """Losses up to the meter [1]."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        doubles = {"points": "curve", "roughness": "shear"}
        findings = [
            Finding("resource.two-ways", f".{one}", got=f"{other}, {one}")
            for one, other in doubles.items()
            if {one, other} <= self.model_fields_set
        ]
        if findings:
            raise InputError(findings)
        return self

    @property
    def net_share(self) -> float:
        """What is left of the power of the curve at the meter, 0 to 1."""
        return (1.0 - self.wake_loss) * (1.0 - self.outage) * (1.0 - self.electrical_loss)


class WindFarm(Turbine):
    """Turbines and their weather."""

    weather: WeatherSource
    """Where wind speed, and temperature and pressure where they are known, come from."""


class SeasonShares(Fact):
    """The share of power in each season of the water year (丰、平、枯)."""

    wet: ShareOfOne
    """In the wet season [1]."""
    flat: ShareOfOne
    """Between the two [1]."""
    dry: ShareOfOne
    """In the dry season [1]."""
    months: SeasonMonths | None = None
    """Which months belong to which season; those of the rulebook unless given."""


class HydroPlant(Fact):
    """Hydropower by month or by season: `{monthly: […]}` or `{seasons: {wet: 0.68, flat: 0.47, dry: 0.31}}`."""

    monthly: Annotated[tuple[ShareOfOne, ...], Field(min_length=12, max_length=12)] | None = None
    """The share of power in each month, January first [1]."""
    seasons: SeasonShares | None = None
    """The share of power in each season."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.monthly is None) == (self.seasons is None):
            given = ", ".join(sorted(self.model_fields_set))
            raise InputError([Finding("resource.unclear-hydro", "hydro", "monthly, seasons", given)])
        return self


# ---------------------------------------------------------------------------------------------- sources


class PvSource(Fact):
    """Availability of photovoltaics: `{pv: {tilt: 10, performance_ratio: 0.82, weather: {epw: chengdu.epw}}}`."""

    pv: PvPlant
    """The array and its weather."""


class WindSource(Fact):
    """Availability of wind power: `{wind: {hub_height: 110 m, weather: {csv: mast.csv, …}}}`."""

    wind: WindFarm
    """The turbines and their weather."""


class HydroSource(Fact):
    """Availability of hydropower: `{hydro: {seasons: {wet: 0.68, flat: 0.47, dry: 0.31}}}`."""

    hydro: HydroPlant
    """Its shares of power."""


class AirTemperature(Fact):
    """The air temperature of a record of weather."""

    weather: WeatherSource
    """Where it comes from."""


class TemperatureSource(Fact):
    """Air temperature [°C] for the special hours of hot days: `{temperature: {weather: {epw: chengdu.epw}}}`."""

    temperature: AirTemperature
    """Its weather."""


ResourceSource = PvSource | WindSource | HydroSource | TemperatureSource

FORMS: Mapping[str, type[PvSource | WindSource | HydroSource | TemperatureSource]] = {
    "pv": PvSource,
    "wind": WindSource,
    "hydro": HydroSource,
    "temperature": TemperatureSource,
}


def is_resource(data: object) -> bool:
    """Whether plain data names one of the forms of this room."""
    return isinstance(data, Mapping) and any(key in data for key in FORMS)


def judge_resource(data: object, sheet: Sheet, at: Path = ()) -> tuple[ResourceSource | None, list[Finding]]:
    """Plain data at path `at` of a sheet as a source, or all findings with their lines.

    >>> judge_resource({"hydro": {"monthly": [0.5] * 12}}, Sheet("park.yaml", {}))[1]
    []
    """
    keys = [key for key in FORMS if isinstance(data, Mapping) and key in data]
    if len(keys) != 1:
        who = ".".join(map(str, at)) or "."
        return None, [Finding("resource.unclear-source", who, got=", ".join(keys)).at(sheet.file, sheet.line(at))]
    return judge(FORMS[keys[0]], data, sheet, at)


def weather_of(source: PvSource | WindSource | TemperatureSource) -> WeatherSource:
    """Where the weather of a source comes from."""
    match source:
        case PvSource():
            return source.pv.weather
        case WindSource():
            return source.wind.weather
        case TemperatureSource():
            return source.temperature.weather


def file_of(source: ResourceSource) -> str | None:
    """The file that a source reads, None where it reads none."""
    if isinstance(source, HydroSource):
        return None
    weather = weather_of(source)
    match weather:
        case EpwWeather():
            return weather.epw
        case PvgisWeather():
            return weather.pvgis
        case CsvWeather():
            return weather.csv
        case MonthlySun() | MonthlyWind():
            return None
