"""Lengths of time and terms, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.records import FieldRule

Fields = Mapping[str, FieldRule]


def format_duration(period: Period) -> str:
    """`3 years`, `1 year 6 months`, `15 days`."""
    years, months = divmod(period.months, 12)
    parts = [
        ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else "",
        ngettext("%(n)s month", "%(n)s months", months) % {"n": months} if months else "",
        format_days(period.days) if period.days else "",
    ]
    return " ".join(filter(None, parts)) or _("no time")


def format_days(n: int, working: bool = False) -> str:
    """`10 days`, `3 working days`."""
    if working:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def describe_term(term: Period | CodedTerm | DecidedTerm | None, fields: Fields) -> list[str]:
    """How long a term is, one sentence for each way that it depends on something."""
    if term is None:
        return [_("Without an end of its own.")]
    if isinstance(term, DecidedTerm):
        parameters = {"field": quote_field_title(term.until, fields), "length": format_duration(term.at_most)}
        return [_("Until the day that the decision sets (%(field)s), %(length)s at most.") % parameters]
    if isinstance(term, CodedTerm):
        return [describe_terms_by_code(term, fields) + "."]
    return [_("%(length)s at most.") % {"length": format_duration(term)}]


def describe_terms_by_code(term: CodedTerm, fields: Fields) -> str:
    """A term for each code of the field that it depends on."""
    code_terms = "; ".join(
        f"{code.replace('-', ' ')}, {format_duration(period)}" for code, period in term.terms.items()
    )
    return _("By %(field)s: %(terms)s") % {"field": quote_field_title(term.by, fields), "terms": code_terms}


def quote_field_title(field: str, fields: Fields) -> str:
    """A field's title, as it stands inside a sentence."""
    return f"“{fields[field].title}”" if field in fields else field
