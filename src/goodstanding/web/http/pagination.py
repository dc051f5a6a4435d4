"""Which part of a long answer a page shows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.errors import NotFound
from goodstanding.web.schemas.page_frame import PagingSchema


def build_paging(number: int, per_page: int, total: int, shown: int) -> PagingSchema:
    """The paging of page `number`; NotFound for a page after the last."""
    if number > 1 and not shown:
        last = max(1, -(-total // per_page))
        raise NotFound(_("There is no such page."), where="page", remedy=_("1 to %(last)s") % {"last": last})
    first = (number - 1) * per_page + 1 if shown else 0
    last = first + shown - 1 if shown else 0
    return PagingSchema(
        page=number,
        first=first,
        last=last,
        total=total,
        previous=number - 1 if number > 1 else None,
        next=number + 1 if last < total else None,
    )
