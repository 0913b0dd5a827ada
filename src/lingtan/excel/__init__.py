"""Excel workbooks, read within bounds: a small file must not unpack into all the memory there is.

The only door is `read`; whoever reads a workbook (series, the park as a workbook) goes through it.
"""
