"""Solvers behind one form: `propose(model) -> Proposal | None`."""
