"""The real devices of a park: which kind each is, and where it answers. A twin needs none of this."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lingtan.fact import Fact, Id, Prose


class DeviceAt(Fact):
    """The device that makes an asset or a connection visible."""

    template: Id
    """The kind of device, as `lingtan devices list` names it."""
    host: Prose
    """Its address in the control network."""
    port: Annotated[int, Field(ge=1, le=65535)] = 502
    """Its Modbus TCP port."""
    unit: Annotated[int, Field(ge=0, le=255)] = 1
    """Its unit number behind that port."""
