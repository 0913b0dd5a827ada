"""The asset families of a park file: one module a family, told apart by `family`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lingtan.park.assets.battery import Battery
from lingtan.park.assets.load import Load
from lingtan.park.assets.renewable import FirmLine, Pv, Wind

Asset = Annotated[Load | Pv | Wind | FirmLine | Battery, Field(discriminator="family")]
"""Any asset of a park."""

__all__ = ["Asset", "Battery", "FirmLine", "Load", "Pv", "Wind"]
