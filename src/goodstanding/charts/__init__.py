"""Charts as SVG, drawn from counts that may be shown.

Other rooms describe a chart by `model` and have it drawn by `renderer`; `svg` cleans what they draw themselves.
"""
