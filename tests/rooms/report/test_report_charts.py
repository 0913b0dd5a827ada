"""Charts as pure functions: what they draw is what the arrays say."""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.report.charts.axis import ticks
from lingtan.report.charts.balance import Balance, Stream
from lingtan.report.charts.bars import Mark, Step, bullet, waterfall
from lingtan.report.charts.canvas import NARROW, WIDE, area, steps
from lingtan.report.charts.cashflow import Part, cash_flow_chart
from lingtan.report.charts.heatmap import by_day, carpet, heat_map
from lingtan.report.charts.png import Pixels, Rgb, png
from lingtan.report.charts.sankey import sankey, sums
from lingtan.report.numbers import money
from lingtan.report.typical import typical_weeks


def decoded(picture: bytes) -> tuple[Pixels, list[Rgb]]:
    """Pixels and palette of an indexed PNG without filters, read by the rules of ISO/IEC 15948 and not by our writer."""
    assert picture[:8] == bytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", picture[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    width, height, depth, color, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, color, rest) == (8, 3, [0, 0, 0])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, width + 1)
    assert not rows[:, 0].any()
    colors = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    return rows[:, 1:], [(int(red), int(green), int(blue)) for red, green, blue in colors]


def test_png_reads_back() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    palette = [(level, 2 * level, 255 - level) for level in range(12)]
    back, colors = decoded(png(pixels, palette))
    assert back.tolist() == pixels.tolist()
    assert colors == palette


def test_png_refuses_a_pixel_without_a_color() -> None:
    with pytest.raises(ValueError, match=r"^each pixel must be an index into a palette of 1 to 256 colors$"):
        png(np.array([[2]], np.uint8), [(0, 0, 0), (1, 1, 1)])


def test_a_step_line_turns_where_the_value_does() -> None:
    """Rules out sloped lines between steps, and a last step that ends where it begins."""
    x = np.array([0.0, 10.0, 20.0, 30.0])
    assert steps(x, np.array([1.0, 5.0, 5.2])) == "M0 1H10V5H30"
    assert area(x, np.array([1.0, 5.0, 5.2]), 9.0) == "M0 9V1H10V5H30V9Z"


def test_ticks_cover_what_they_stand_for() -> None:
    for low, high in ((0.0, 59.8), (-37.2, 80.1), (0.0, 0.0), (1e-4, 3e-4), (-5e8, 1.4e9)):
        marks = ticks(low, high)
        assert marks[0] <= low
        assert marks[-1] >= high
        assert 2 <= len(marks) <= 8


def test_a_carpet_has_a_row_for_each_step_of_the_day() -> None:
    """Hour 13 of the second day is row 13, column 1: rules out a turned or mirrored picture."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    values = np.arange(8760.0)
    table = by_day(values, grid)
    assert table.shape == (24, 365)
    assert table[13, 1] == 37.0


def test_a_skipped_hour_stays_blank_in_a_carpet() -> None:
    """Rules out that the day the clock is put forward shifts the days behind it."""
    grid = TimeGrid.of_year(2025, "Europe/Berlin", 60)
    table = by_day(np.ones(grid.steps), grid)
    blank = np.argwhere(np.isnan(table))
    assert blank.tolist() == [[2, 88]]  # 2025-03-30, 02:00


def test_a_carpet_is_darkest_where_the_value_is_largest() -> None:
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    values = np.zeros(8760)
    values[100] = 50.0
    woven = carpet(values, grid, ("#ffffff", "#000000"), "MW")
    drawing = heat_map(WIDE, woven)
    assert woven.high == 50.0
    assert drawing.count("<image") == 2
    assert "50.0" in drawing


def test_equal_sums_are_printed_as_equal() -> None:
    balance = Balance(
        (Stream("grid", 70.0, "#000000"), Stream("sun", 30.0, "#111111")), (Stream("load", 100.0, "#222222"),)
    )
    assert balance.unexplained_kwh == 0.0
    assert ">In</span>" in sums(balance)
    assert " = " in sums(balance)
    assert sums(balance).count("<b>100 kWh</b>") == 2
    assert 'class="sums balanced"' in sums(balance)


@pytest.mark.parametrize("used", [90.0, 110.0])
def test_a_broken_balance_is_shown_and_not_hidden(used: float) -> None:
    """Rules out that bands are stretched until they fit: the difference has a band and a figure of its own."""
    balance = Balance((Stream("grid", 100.0, "#000000"),), (Stream("load", used, "#222222"),))
    drawing = sankey(WIDE, balance, 200.0)
    assert "Unexplained" in drawing
    assert "未平衡" in drawing
    assert "10.0 kWh" in drawing
    assert " ≠ " in sums(balance)
    assert "10.0 kWh" in sums(balance)
    assert 'class="sums unbalanced"' in sums(balance)


def test_curtailed_energy_is_in_neither_sum() -> None:
    balance = Balance(
        (Stream("sun", 80.0, "#000000"),),
        (Stream("load", 80.0, "#222222"),),
        (Stream("sun, curtailed", 20.0, "#333333"),),
    )
    assert (balance.in_kwh, balance.out_kwh) == (80.0, 80.0)
    assert "sun, curtailed" in sankey(WIDE, balance, 200.0)


def test_bands_of_both_sides_fill_the_park() -> None:
    """100 px in all: each side's bars are as high together as the bar of the park."""
    balance = Balance(
        (Stream("a", 60.0, "#00000a"), Stream("b", 40.0, "#00000b")),
        (Stream("c", 25.0, "#00000c"), Stream("d", 75.0, "#00000d")),
    )
    drawing = ElementTree.fromstring(sankey(WIDE, balance, 100.0))
    height = {bar.get("fill"): float(bar.get("height", "nan")) for bar in drawing.iter("rect")}
    assert height == {"#1d2733": 100.0, "#00000a": 60.0, "#00000b": 40.0, "#00000c": 25.0, "#00000d": 75.0}


def test_a_waterfall_ends_where_its_changes_lead() -> None:
    """200 − 50 + 10 = 160: the last change ends at the last total, on the same scale."""
    chain = [Step("a", 200.0, is_total=True), Step("b", -50.0), Step("c", 10.0), Step("d", 160.0, is_total=True)]
    drawing = ElementTree.fromstring(waterfall(WIDE, chain, money([200.0])))
    bars = [(float(bar.get("x", "nan")), float(bar.get("width", "nan"))) for bar in drawing.iter("rect")]
    right = [x + width for x, width in bars]
    assert right[2] == pytest.approx(right[3], abs=0.2)
    assert bars[1][1] == pytest.approx(5 * bars[2][1], abs=0.5)
    shown = [element.text for element in drawing.iter("text")]
    assert {"−50", "+10", "160"} <= set(shown)


def test_a_bullet_is_green_only_within_its_limit() -> None:
    """Rules out a park that passes because nobody defined a threshold."""
    good, bad, neutral = "#2f7d5d", "#b23a2a", "#5d6875"
    within = bullet(WIDE, 0.15, None, Mark("limit", 0.2))
    above = bullet(WIDE, 1.66, Mark("before", 2.77), Mark("limit", 0.2))
    undefined = bullet(WIDE, 0.15, None, None)
    assert good in within
    assert bad in above
    assert good not in above
    assert good not in undefined
    assert neutral in undefined


def test_cash_flow_stacks_do_not_overlap() -> None:
    """What comes in stands on zero upward, what goes out hangs below: a year with both shows both in full."""
    parts = [
        Part("#00000a", np.array([-100.0, -10.0])),
        Part("#00000b", np.array([0.0, -5.0])),
        Part("#00000c", np.array([0.0, 40.0])),
    ]
    drawing = ElementTree.fromstring(cash_flow_chart(NARROW, parts, np.array([-100.0, -75.0]), "CNY", 1.5))
    bars = {(bar.get("fill"), bar.get("x")): bar for bar in drawing.iter("rect")}
    second = sorted({float(x or "nan") for _, x in bars})[1]
    of_second = {fill: bar for (fill, x), bar in bars.items() if float(x or "nan") == second}

    def span(fill: str) -> tuple[float, float]:
        top = float(of_second[fill].get("y", "nan"))
        return top, top + float(of_second[fill].get("height", "nan"))

    assert span("#00000c")[1] == pytest.approx(span("#00000a")[0], abs=0.2)
    assert span("#00000a")[1] == pytest.approx(span("#00000b")[0], abs=0.2)


def test_the_typical_week_is_nearest_to_its_season() -> None:
    """All weeks of July carry 10, but for one of 30 (its season's mean is nearer to 10): that one is not typical."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    load = np.full(grid.steps, 10.0)
    odd = grid.index(np.datetime64("2025-07-06T16:00"))  # Monday 2025-07-07 in Shanghai
    load[odd : odd + 168] = 30.0
    chosen = {week.season: week for week in typical_weeks(grid, load)}
    assert list(chosen) == ["winter", "spring", "summer", "autumn"]
    assert chosen["summer"].first != odd
    assert all(grid.weekday[week.first] == 0 and grid.hour[week.first] == 0 for week in chosen.values())
    assert all(week.steps == 168 for week in chosen.values())


def test_weeks_in_which_the_clock_changes_are_passed_over() -> None:
    """The last week of March 2025 in Berlin has 167 hours: an array of 168 would borrow one from the next week."""
    grid = TimeGrid.of_year(2025, "Europe/Berlin", 60)
    net = np.full(grid.steps, 100.0)
    change = grid.index(np.datetime64("2025-03-23T23:00"))
    net[change : change + 167] = 50.0
    spring = next(week for week in typical_weeks(grid, net) if week.season == "spring")
    assert spring.first != change
