"""Figures as people read them, beside a chart and on it."""

from __future__ import annotations

from math import isfinite

_DIGITS = 3
_LINES = (10, 90)  # per cent of a range, beyond which a verdict is plain


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


def render_end(share: float) -> str:
    """An end of an interval in per cent; just beyond a line that decides (10 and 90) it does not stand on it."""
    per_cent = 100 * share
    is_beside = round(per_cent) in _LINES and abs(per_cent - round(per_cent)) >= 0.05
    return f"{per_cent:.1f}" if is_beside else f"{per_cent:.0f}"
