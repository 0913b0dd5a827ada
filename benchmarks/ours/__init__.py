"""Our side of a comparison: each module runs alone, in a fresh process."""
