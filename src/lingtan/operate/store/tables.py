"""The tables of a run folder (decision 0004): each file has one writer, and any number of readers."""

from __future__ import annotations

TELEMETRY = """
CREATE TABLE IF NOT EXISTS point(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, unit TEXT NOT NULL, asset TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sample(
    point INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, PRIMARY KEY(point, at_ms)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS decision(
    at_ms INTEGER NOT NULL, asset TEXT NOT NULL, set_point_kw REAL, low_kw REAL, high_kw REAL, author TEXT NOT NULL,
    reason TEXT NOT NULL, revert_kw REAL, lease_s REAL, written INTEGER NOT NULL, PRIMARY KEY(asset, at_ms)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event(
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, code TEXT NOT NULL, who TEXT NOT NULL, severity TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS event_at ON event(at_ms);
CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tick(at_ms INTEGER PRIMARY KEY, took_ms REAL NOT NULL, on_time INTEGER NOT NULL, inputs BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS memory(at_ms INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS schedule(digest TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS start(at_ms INTEGER PRIMARY KEY, installed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS installed(digest TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
"""
"""`tick.inputs` and `memory.body` are zlib-packed JSON: what `replay` gives the cycle again. `memory` is kept before the
first tick of each minute, so a replay starts at most a minute early. `start` has a row for each start of
control, `installed` (packed, too) the park and the kinds of devices that it was started for, by their digest."""

PLANS = """
CREATE TABLE IF NOT EXISTS plan(
    id INTEGER PRIMARY KEY, issued_ms INTEGER NOT NULL, gate_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL,
    step_s INTEGER NOT NULL, accepted INTEGER NOT NULL, reason TEXT NOT NULL, certificate TEXT NOT NULL,
    digest TEXT NOT NULL, schedule TEXT
);
CREATE TABLE IF NOT EXISTS plan_step(
    plan INTEGER NOT NULL, asset TEXT NOT NULL, at_ms INTEGER NOT NULL, power_w INTEGER NOT NULL, content_wh INTEGER,
    PRIMARY KEY(plan, asset, at_ms)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plan_price(
    plan INTEGER NOT NULL, at_ms INTEGER NOT NULL, price_cny_per_kwh REAL, PRIMARY KEY(plan, at_ms)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
"""`plan.schedule` is the verified schedule as JSON, null for a refused plan; `plan_step.content_wh` the content of a store at
the end of the step, null for what stores nothing; `state` holds the planner's sign of life."""

ORDERS = """
CREATE TABLE IF NOT EXISTS session(
    token_hash TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS order_(
    id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,
    asset TEXT, body TEXT NOT NULL, expires_ms INTEGER
);
CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
"""`order_.asset` is null for the mode of the whole park, `expires_ms` where an order stands until it is released; `state` is
for the web's own small facts, such as failed logins."""

WEATHER = """
CREATE TABLE IF NOT EXISTS vintage(
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, issued_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,
    start_ms INTEGER NOT NULL, step_ms INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS vintage_issued ON vintage(issued_ms);
CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
"""`vintage.body` holds the values by quantity as JSON; `state` how the newest stood when that was last told."""
