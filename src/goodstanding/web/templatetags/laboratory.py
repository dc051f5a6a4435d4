"""How pages of the laboratory say figures, and how they draw a share of a range."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodstanding.charts.figure_words import render_end, render_figure, render_share

register = template.Library()
_WIDE = 1000  # of a bar, which the page stretches


@register.filter
def write_figure(value: float | None) -> str:
    """A figure with three digits that say something."""
    return _("not known") if value is None else render_figure(value)


@register.filter
def write_share(value: float) -> str:
    """A share as a whole percentage."""
    return render_share(value)


@register.filter
def write_interval(share: Any) -> str:
    """The interval of a share: 68 to 76%."""
    return _("%(low)s to %(high)s%%") % {"low": render_end(share.low), "high": render_end(share.high)}


@register.filter
def write_words(name: str) -> str:
    """A name of a file as words."""
    return name.replace("-", " ")


@register.simple_tag
def draw_share_bar(share: Any, says: str) -> SafeString:
    """A share of a range as a bar, its interval as a line with ends, and strokes at 10% and 90%; words say the same."""
    value, low, high = (round(_WIDE * part) for part in (share.value, share.low, share.high))
    return format_html(
        '<svg class="share-bar" viewBox="0 0 1000 36" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="share-bar-all" x="0" y="8" width="1000" height="20"/>'
        '<rect class="share-bar-part" x="0" y="8" width="{}" height="20"/>'
        '<rect class="share-bar-stroke" x="99" y="0" width="2" height="36"/>'
        '<rect class="share-bar-stroke" x="899" y="0" width="2" height="36"/>'
        '<rect class="share-bar-line" x="{}" y="16" width="{}" height="4"/>'
        '<rect class="share-bar-line" x="{}" y="11" width="3" height="14"/>'
        '<rect class="share-bar-line" x="{}" y="11" width="3" height="14"/></svg>',
        says, value, low, max(high - low, 2), min(low, _WIDE - 3), max(high - 3, 0),
    )  # fmt: skip
