"""Figures and names as people read them in a report."""

from __future__ import annotations

from goodstanding.charts.figure_words import render_end, render_figure, render_share
from goodstanding.lab.statistics.intervals import Estimate

__all__ = ["render_end", "render_figure", "render_interval", "render_name", "render_share"]


def render_interval(share: Estimate) -> str:
    """The interval of a share in words."""
    return f"95% interval {render_end(share.low)} to {render_end(share.high)}%"


def render_name(name: str) -> str:
    """A name of a file as words."""
    return name.replace("-", " ")
