"""Five minutes of real time: everything for real, nothing outside the envelope, ticks on time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lingtan.control import site_of
from lingtan.operate.control_process import read_sized_park
from lingtan.operate.replay import replay
from lingtan.operate.store import PlansReader, TelemetryReader
from tests.rooms.operate.test_processes import SIZES, served, ticks, wait_for

MINUTES = 5


@pytest.mark.long
def test_five_real_minutes_stay_within_the_envelope(tmp_path: Path) -> None:
    """Starter park: 2 MW of PV, 500 kW and 1 MWh of battery; the true plant is read by the devices themselves."""
    with served(tmp_path / "run") as made:
        run = made.run
        wait_for(lambda: len(ticks(run)) > 1)
        time.sleep(60 * MINUTES)
    with TelemetryReader(run.telemetry) as telemetry, PlansReader(run.plans) as plans:
        times = telemetry.tick_times(0, 10**15)
        outside = [
            row
            for row in telemetry.decisions(0, 10**15)
            if not row.low_kw - 1e-9 <= row.set_point_kw <= row.high_kw + 1e-9
        ]
        power = [each.value for each in telemetry.samples("battery.power_kw", 0, 10**15)]
        grid = [each.value for each in telemetry.samples("grid.power_kw", 0, 10**15)]
        lengths = sorted(took for _, took in times)
        again = replay(telemetry, 0, 10**15)
        assert plans.latest() is not None
    p99 = lengths[int(0.99 * len(lengths))]
    print(f"{len(lengths)} ticks in {MINUTES} min, p50 {lengths[len(lengths) // 2]:.1f} ms, p99 {p99:.1f} ms")
    assert outside == []
    assert max(map(abs, power)) <= SIZES["battery"]["power_kw"] + 0.01
    [connection] = site_of(read_sized_park(run)).connections
    assert max(grid) <= connection.import_kw
    assert min(grid) >= -0.5  # no export is allowed; a tick of a changing load is what the margin is for
    assert len(times) >= 60 * MINUTES - 10
    assert p99 <= 100.0
    assert again.differing == 0
