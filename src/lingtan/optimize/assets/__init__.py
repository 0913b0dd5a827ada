"""Columns and rows of each asset family, built from two generic ones: the converter and the store."""
