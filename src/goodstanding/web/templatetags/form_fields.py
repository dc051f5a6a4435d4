"""Fields of forms that others wrote, shown as ours are."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def render_bare_field(field: Any, **attributes: Any) -> SafeString:
    """A field's input without a text inside that vanishes when one types; its label says what it is for."""
    return SafeString(field.as_widget(attrs={"placeholder": False, **attributes}))


@register.filter
def format_json(value: Any) -> str:
    """A value for a script to read from an attribute; the template escapes it."""
    return json.dumps(value)
