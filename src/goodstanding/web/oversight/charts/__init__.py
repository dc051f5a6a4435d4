"""Charts as SVG, drawn from counts that may be shown."""
