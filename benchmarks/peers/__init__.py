"""The other side of a comparison: each module runs alone, in the peers' own environment (`make oracle`)."""
