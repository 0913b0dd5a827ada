"""Whole parks as plain data, as a file of the present form might say them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True)
PROSE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12)
BILINGUAL = st.fixed_dictionaries({"en": PROSE, "zh": PROSE})
POWERS = st.floats(0, 1e9, allow_subnormal=False)
ABOVE_ZERO = st.floats(1e-6, 1e9)
SHARES = st.floats(0, 1, allow_subnormal=False)
BELOW_ONE = st.floats(0, 0.99, allow_subnormal=False)
EFFICIENCIES = st.floats(0.01, 1)
YEARS = st.integers(1, 50)


def part(required: dict[str, Any], optional: dict[str, Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with all required keys and any of the optional ones."""
    return st.fixed_dictionaries(required, optional=optional or {})


def sizes(small: str, large: str) -> st.SearchStrategy[Any]:
    """A size as a number, as a text with its unit, or as a range."""
    ranges = st.tuples(POWERS, POWERS).map(lambda ends: {"min": min(ends), "max": max(ends)})
    texts = st.tuples(st.integers(0, 1000), st.sampled_from([small, large])).map(lambda parts: f"{parts[0]} {parts[1]}")
    return POWERS | texts | ranges


POWER, ENERGY, APPARENT = sizes("kW", "MW"), sizes("kWh", "GWh"), sizes("kVA", "MVA")
OWNED = {"member": IDS | st.none(), "meter": IDS | st.none()}
BUILT = {"om_share": SHARES, "life": st.integers(1, 100), **OWNED}
RENEWABLE = {"bus": IDS, "availability": IDS, "power": POWER, "capex": POWERS}

LOAD = {"family": st.just("load"), "bus": IDS, "profile": IDS}
LOADS = part(LOAD, {**OWNED, "peak": ABOVE_ZERO, "shortfall_price": ABOVE_ZERO}) | part(
    LOAD, {**OWNED, "annual_energy": ABOVE_ZERO.map(lambda energy: f"{energy!r} MWh")}
)
PLANTS = part(
    {"family": st.sampled_from(["pv", "wind"]), **RENEWABLE},
    {**BUILT, "variable_cost": POWERS},
)
LINES = part(
    {
        "family": st.just("firm_line"),
        "bus": IDS,
        "source": st.sampled_from(["hydro", "nuclear", "wind", "pv", "biomass", "fossil", "unknown"]),
        "power": POWER,
        "price": POWERS,
        "legal_basis": PROSE,
    },
    {
        "availability": IDS | st.none(),
        "loss": st.floats(0, 0.99, allow_subnormal=False),
        "must_take": st.booleans(),
        **OWNED,
    },
)
BATTERIES = part(
    {"family": st.just("battery"), "bus": IDS, "power": POWER, "energy": ENERGY, "capex_energy": POWERS},
    {
        "capex_power": POWERS,
        "charge_efficiency": EFFICIENCIES,
        "discharge_efficiency": EFFICIENCIES,
        "standing_loss_per_day": BELOW_ONE,
        "wear_cost": ABOVE_ZERO,
        **BUILT,
    },
)
CONNECTIONS = part(
    {"bus": IDS, "capacity": APPARENT},
    {
        "power_factor": EFFICIENCIES,
        "import_limit": POWERS | st.none(),
        "export_limit": POWERS,
        "export_price": st.floats(-1, 1, allow_subnormal=False),
        "meter": IDS | st.none(),
    },
)
METERS = part({}, {"parent": IDS | st.none(), "accuracy_class": st.floats(0.1, 5), "series": IDS | st.none()})
SERIES = part({"constant": POWERS}, {"unit": st.sampled_from(["kW", "1"])}) | part(
    {"file": PROSE, "column": PROSE, "unit": st.just("kW")},
    {"zone": st.none(), "sentinels": st.lists(POWERS, max_size=2)},
)
RULES = st.lists(part({"id": PROSE}, {"price": POWERS, "months": st.lists(st.integers(1, 12), max_size=3)}), max_size=2)
FINANCE = part(
    {"discount_rate": BELOW_ONE | st.integers(0, 99).map("{} %".format)},
    {
        "horizon": YEARS,
        "income_tax_rate": st.none(),
        "tax": part({"scheme": st.sampled_from(["standard", "western", "high_tech"])}, {"holiday": st.booleans()})
        | st.none(),
        "depreciation": YEARS,
        "loss_years": YEARS | st.none(),
        "residual": SHARES,
        "savings_growth": st.floats(-0.4, 0.4, allow_subnormal=False),
    },
)


OF_MEMBER = {"member": IDS | st.none()}
FUELS = {"fuel": st.sampled_from(["diesel", "natural_gas"]), "quantity": POWERS.map(lambda amount: f"{amount!r} t")}
OWN_FACTOR = {"factor": POWERS, "factor_source": PROSE}
PROCESS = {"kind": st.just("process"), "product": st.just("clinker"), "quantity": POWERS}
ACTIVITIES = (
    part({"kind": st.just("fuel_use"), **FUELS}, {"use": st.sampled_from(["fuel", "feedstock"]), **OF_MEMBER})
    | part({"kind": st.just("bunker"), **FUELS}, OF_MEMBER)
    | part({"kind": st.just("recovered_heat"), "quantity": POWERS}, OF_MEMBER)
    | part(
        {
            "kind": st.just("heat"),
            "direction": st.sampled_from(["bought", "sold"]),
            "source": st.sampled_from(["fossil", "non_fossil"]),
            "quantity": POWERS | st.just("2 TJ"),
        },
        OF_MEMBER,
    )
    | part(PROCESS, OF_MEMBER)
    | part({**PROCESS, **OWN_FACTOR})
)
GREEN_PURCHASES = part(
    {
        "kind": st.sampled_from(["gec", "green_trade"]),
        "quantity": POWERS | st.just("1 GWh"),
        "vintage": st.integers(2000, 2100),
    },
    OF_MEMBER,
)
DIRECT_SUPPLY = part(
    {},
    {
        "charge": st.sampled_from(["access", "full_backup"]),
        "load_rate": EFFICIENCIES | st.none(),
        "shares": st.just("keep"),
        "spot_continuous": st.booleans(),
    },
)


def named(things: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Things by name."""
    return st.dictionaries(IDS, things, max_size=most)


PARKS = part(
    {
        "schema": st.just(1),
        "name": IDS,
        "title": BILINGUAL,
        "disclosure": BILINGUAL,
        "site": part(
            {"zone": st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin"])},
            {
                "country": st.sampled_from(["CN", "DE", "NO"]),
                "province": PROSE | st.none(),
                "latitude": st.floats(-90, 90, allow_subnormal=False) | st.none(),
                "longitude": st.floats(-180, 180, allow_subnormal=False) | st.none(),
            },
        ),
        "period": part({"year": st.integers(1990, 2100)}, {"step": st.sampled_from([5, 15.0, "30 min", "1 h"])}),
        "buses": named(part({}, {"carrier": st.just("electricity")})),
        "connections": named(CONNECTIONS),
        "assets": named(LOADS | PLANTS | LINES | BATTERIES, most=4),
        "series": named(SERIES),
        "finance": FINANCE,
        "carbon": part({"boundary": BILINGUAL}, {"conversion": st.sampled_from(["equal_value", "calorific"])}),
        "reference": part({"without": st.lists(IDS, max_size=2)}),
    },
    {
        "members": named(part({"name": BILINGUAL})),
        "meters": named(METERS),
        "activities": st.lists(ACTIVITIES, max_size=2),
        "green_purchases": st.lists(GREEN_PURCHASES, max_size=2),
        "direct_supply": DIRECT_SUPPLY | st.none(),
        "rules": RULES,
        "customer": part({}, {"category": st.just("single_part"), "voltage": st.sampled_from([10, "110 kV"])}),
        "tariff": part({}, {"price": PROSE | st.none(), "basis": st.sampled_from(["capacity", "demand"])}),
    },
)
"""Each part is right by itself; that the names in it lead somewhere is not promised."""
