"""What a register means: words of a device in, values of a park out, and back. No socket is opened here.

- `nature`: what a family of device can show and be told, whoever made it;
- `register`, `template`: where it stands in one kind of device, as YAML in `templates/` says it (`read`);
- `words`, `codec`: numbers of any width and order, blocks to read, values, writes;
- `frame`: the bytes of Modbus TCP.
"""

from __future__ import annotations

from lingtan.devices.codec import Block, Write, blocks, decode, encode
from lingtan.devices.nature import NATURES, UNITS, Family, Nature
from lingtan.devices.read import all_templates, own_templates, read_templates, shipped_templates
from lingtan.devices.register import DeviceState, Register
from lingtan.devices.template import Heartbeat, Lease, Template

__all__ = [
    "NATURES",
    "UNITS",
    "Block",
    "DeviceState",
    "Family",
    "Heartbeat",
    "Lease",
    "Nature",
    "Register",
    "Template",
    "Write",
    "all_templates",
    "blocks",
    "decode",
    "encode",
    "own_templates",
    "read_templates",
    "shipped_templates",
]
