"""A few quiet colors, one meaning each; several assets of a family take shades of the family's color."""

from __future__ import annotations

from lingtan.park import Park

INK, MUTED, RULE, FAINT, PAPER = "#1d2733", "#5d6875", "#d5dae0", "#eef1f4", "#ffffff"

FAMILIES = {
    "pv": "#dfa22e",
    "wind": "#3f8f8a",
    "firm_line": "#2d5f91",
    "battery": "#7d659e",
    "connection": "#8d97a4",
    "load": "#4d5b6b",
}
"""What each family is drawn in."""

EXPORT, LOSSES, CURTAILED, SHORTFALL = "#6f9a5b", "#b9a89a", "#e9c987", "#b23a2a"
GOOD, BAD, ACCENT = "#2f7d5d", "#b23a2a", "#1f5f7a"

SOLAR_RAMP = ("#fbfaf6", "#f7e3b0", "#ecb84a", "#c77f16", "#7c4310")
"""Nothing to much power from sun and wind."""
GRID_RAMP = ("#f6f8fa", "#c9d6e2", "#86a4bf", "#456f96", "#1b3a5c")
"""Nothing to much power drawn from the grid."""
EXPORT_RAMP = ("#2c5a2a", "#6f9a5b", "#b9d0a9", "#f6f8fa")
"""Much power fed to the grid to none: the part of a scale below zero."""

OTHER_FAMILIES = "#a5673f"
"""What turns one carrier into another."""
LIGHTEST = 0.62
"""How far the last of several assets of a family is moved toward white."""


def color_of(park: Park, name: str) -> str:
    """The color of an asset or a connection: its family's, lighter for each one of the family before it."""
    if name in park.connections:
        return _one_of(FAMILIES["connection"], list(park.connections), name)
    family = park.assets[name].family
    peers = [other for other, asset in park.assets.items() if asset.family == family]
    return _one_of(FAMILIES.get(family, OTHER_FAMILIES), peers, name)


def _one_of(color: str, peers: list[str], name: str) -> str:
    return shade(color, LIGHTEST * peers.index(name) / len(peers))


def shade(color: str, white: float) -> str:
    """A color, moved a share of the way toward white.

    >>> shade("#000000", 0.0), shade("#000000", 0.2)
    ('#000000', '#333333')
    """
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in channels(color))


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0 to 255 each.

    >>> channels("#0a10ff")
    (10, 16, 255)
    """
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
