"""Where the energy came from and where it went: bands as wide as the energy, in on the left, out on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lingtan.report.charts.balance import Balance, Stream
from lingtan.report.charts.canvas import FONT_PX, Page, fit, path, rect, svg, text
from lingtan.report.markup import Html, html, tag
from lingtan.report.numbers import energy
from lingtan.report.palette import BAD, GOOD, INK, MUTED
from lingtan.wording import LANGUAGES, Words, text_in
from lingtan.wording.report import REPORT_WORDS

ROW, GAP, BAR = 18.0, 5.0, 9.0
"""Height of a label's line, space between places, width of a bar [px]."""

LEFT, RIGHT, FIGURE = 226.0, 268.0, 66.0
"""On a wide page: room for labels beside the bars, and what of it the figure takes [px]."""

STUB = 44.0
"""How far a band reaches that never enters the park [px]."""

THINNEST = 0.7
"""A band is never thinner, or nobody would see that it is there [px]."""


@dataclass(frozen=True)
class _Place:
    """Where a stream stands: its place in the column (top, height) and in it the band."""

    stream: Stream
    top: float
    height: float
    band_top: float
    band: float

    @property
    def end(self) -> float:
        return self.top + self.height

    def moved(self, by: float) -> _Place:
        return _Place(self.stream, self.top + by, self.height, self.band_top + by, self.band)


def sankey(page: Page, balance: Balance, band_px: float) -> Html:
    """A balance as bands that are `band_px` high in all."""
    sources, uses, aside = balance.drawn
    if not sources or not uses:
        return html()
    scale = band_px / max(balance.in_kwh, balance.out_kwh)
    left, right = _placed(page, sources, scale), _placed(page, uses, scale)
    middle = max(left[-1].end, right[-1].end) / 2.0
    left, right = _centered(left, middle), _centered(right, middle)
    below = [place.moved(left[-1].end + 2.0 * GAP) for place in _placed(page, aside, scale)]
    bar_left = 0.0 if page.narrow else LEFT
    bar_right = page.width - BAR - (0.0 if page.narrow else RIGHT)
    center = (bar_left + bar_right) / 2.0
    top = middle - band_px / 2.0
    marks = [
        *_bands(left, bar_left + BAR, center, top),
        *_bands(right, bar_right, center + BAR, top),
        rect(center, top, BAR, band_px, INK),
        *(rect(bar_left, place.band_top, BAR, place.band, place.stream.color) for place in left),
        *(rect(bar_right, place.band_top, BAR, place.band, place.stream.color) for place in right),
        *(_stub(place, bar_left) for place in below),
        *(_label(page, place, bar_left, is_left=True) for place in (*left, *below)),
        *(_label(page, place, bar_right + BAR, is_left=False) for place in right),
    ]
    return svg(page.width, max(place.end for place in (*left, *right, *below)) + 3.0, marks)


def sums(balance: Balance) -> Html:
    """Both sums in words: equal, or red and with their difference."""
    measure = energy((balance.in_kwh, balance.out_kwh))
    equal = balance.unexplained_kwh == 0.0
    said = [
        html(REPORT_WORDS["flow.in"], " ", tag("b", measure.text(balance.in_kwh))),
        html(" = " if equal else " ≠ ", REPORT_WORDS["flow.out"], " ", tag("b", measure.text(balance.out_kwh))),
    ]
    if not equal:
        difference = energy([balance.unexplained_kwh]).text(balance.unexplained_kwh)
        said.append(html(" · ", REPORT_WORDS["flow.unbalanced"], " ", difference))
    mark = "balanced" if equal else "unbalanced"
    return tag("p", *said, class_=f"sums {mark}", style=f"color:{GOOD if equal else BAD}")


def _placed(page: Page, streams: Sequence[Stream], scale: float) -> list[_Place]:
    """Streams one below the other. Labels stand beside the bands of a wide page and above those of a narrow one."""
    places: list[_Place] = []
    top = 0.0
    for stream in streams:
        band = max(stream.energy_kwh * scale, THINNEST)
        offset = ROW if page.narrow else max((ROW - band) / 2.0, 0.0)
        height = ROW + band if page.narrow else max(band, ROW)
        places.append(_Place(stream, top, height, top + offset, band))
        top += height + GAP
    return places


def _centered(places: list[_Place], middle: float) -> list[_Place]:
    return [place.moved(middle - places[-1].end / 2.0) for place in places]


def _bands(places: Sequence[_Place], outside: float, inside: float, top: float) -> Iterator[Html]:
    """Bands between the bars of a column and the park, where they lie on top of each other without a gap."""
    bend = (outside + inside) / 2.0
    for place in places:
        high, low = place.band_top, place.band_top + place.band
        d = (
            f"M{outside:.1f} {high:.1f}C{bend:.1f} {high:.1f} {bend:.1f} {top:.1f} {inside:.1f} {top:.1f}"
            f"V{top + place.band:.1f}C{bend:.1f} {top + place.band:.1f} {bend:.1f} {low:.1f} {outside:.1f} {low:.1f}Z"
        )
        yield path(d, fill=place.stream.color, fill_opacity=0.42)
        top += place.band


def _stub(place: _Place, x: float) -> Html:
    """A band that ends at once: energy that was offered and not taken."""
    box = rect(x, place.band_top, BAR + STUB, place.band, place.stream.color, fill_opacity=0.45)
    return html(box, rect(x, place.band_top, BAR, place.band, place.stream.color))


def _label(page: Page, place: _Place, x: float, *, is_left: bool) -> Html:
    """Name and figure: beside the bar, figures in a column of their own, or in one line above the band."""
    figure = energy([place.stream.energy_kwh]).text(place.stream.energy_kwh)
    if page.narrow:
        name = fit(place.stream.name, page.width / 2.0 - FIGURE)
        said = Words(*(f"{text_in(name, lang)} {text_in(figure, lang)}" for lang in LANGUAGES))
        return text(x, place.top + ROW - 5.0, said, anchor="start" if is_left else "end")
    side, anchor, room = (-1.0, "end", LEFT) if is_left else (1.0, "start", RIGHT)
    y = place.band_top + place.band / 2.0 + FONT_PX / 2.0 - 2.0
    name = fit(place.stream.name, room - FIGURE - 16.0)
    return html(
        text(x + side * (FIGURE + 12.0), y, name, anchor=anchor),
        text(x + side * 8.0, y, figure, anchor=anchor, fill=MUTED),
    )
