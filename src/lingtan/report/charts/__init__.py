"""Charts as inline SVG: arrays and names in, markup out; every chart is drawn once for a wide and once for a narrow page."""
