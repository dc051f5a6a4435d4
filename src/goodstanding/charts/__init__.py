"""Charts as SVG, drawn from counts that may be shown.

Other rooms describe a chart by `model` and have it drawn by `renderer`, or in the laboratory's colours by
`laboratory_charts`; `svg` cleans what they draw themselves, and `figure_words` writes the figures beside it.
"""
