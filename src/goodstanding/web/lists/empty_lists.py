"""Why nobody is on a list, where its source publishes decisions that prove too little."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from goodstanding.register.search import register_counts
from goodstanding.register.search.listings import ListingPage
from goodstanding.web.http.register_info import cache_by_ledger_size

LEAST_COUNT = 10  # fewer could point at one subject


def explain_empty_list(part: ListingPage) -> str:
    """Why nobody is on a list, where its decisions do not prove enough; a few of them are not told of."""
    case = part.rule.case
    if part.total or not case or _count_unproved(part.catalogue, case, part.day) < LEAST_COUNT:
        return ""
    return _(
        "Its source publishes decisions, but does not name who decided or show that there was a hearing. Without that"
        " nobody is listed."
    )


@cache_by_ledger_size
def _count_unproved(catalogue: str, case: str, day: date) -> int:
    return register_counts.count_unproved_cases(catalogue, case, day)
