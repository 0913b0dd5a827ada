"""Decide what to do about it: loops over optimize and account."""

from __future__ import annotations

from lingtan.advise.remedies import Remedy, remedies

__all__ = ["Remedy", "remedies"]
