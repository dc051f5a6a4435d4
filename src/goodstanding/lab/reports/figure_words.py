"""Figures and names as people read them."""

from __future__ import annotations

from math import isfinite

from goodstanding.lab.statistics.intervals import Estimate

_DIGITS = 3


def render_figure(value: float) -> str:
    """A figure with three digits that say something, and no more noughts than it needs."""
    if not isfinite(value):
        return "not known"
    if value == 0:
        return "0"
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    text = f"{value:.{_DIGITS}g}"
    return f"{value:.6f}".rstrip("0") if "e" in text else text


def render_share(share: float) -> str:
    """A share as a whole percentage; what is not quite none or all is said so."""
    if not isfinite(share):
        return "an unknown part"
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"


def render_interval(share: Estimate) -> str:
    """The interval of a share in words."""
    return f"95% interval {100 * share.low:.0f} to {100 * share.high:.0f}%"


def render_name(name: str) -> str:
    """A name of a file as words."""
    return name.replace("-", " ")
