"""The command line: parse, call one run, show. Heavy rooms are imported inside the verbs, so that `--help` stays quick."""

from __future__ import annotations

from lingtan.cli.app import app, main

__all__ = ["app", "main"]
