"""Measure lingtan and its peers on the same cases, and compare: `python -m benchmarks`."""
