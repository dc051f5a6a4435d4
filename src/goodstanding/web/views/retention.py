"""What goes when: counts for anybody; of one subject, for its parties, on its own file."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register import catalogues
from goodstanding.register.moment import PointInTime
from goodstanding.register.retention import LEAST
from goodstanding.web import actors, asking, look_ups, retaining
from goodstanding.web.about import describe_register
from goodstanding.web.pages import make_page_view
from goodstanding.web.shapes import retention as shapes


def build_retention_page(request: HttpRequest) -> shapes.RetentionPage:
    """What goes when, by catalogue and month, as of today."""
    today = actors.get_today()
    asking.refuse_if_moment_closed(PointInTime(today), actors.get_actor(request))
    rules = {name: enacted.catalogue for name, enacted in catalogues.list_on_file().items()}
    retention_plan = retaining.get_retention_plan(today)
    return shapes.RetentionPage(
        about=describe_register(),
        today=today,
        counted_at=retention_plan.size,
        fewer_than=LEAST,
        look_ups_years=look_ups.KEPT_YEARS,
        look_ups_before=look_ups.get_oldest_kept_day(today),
        catalogues=retaining.present_deletions_by_catalogue(retention_plan.lines, rules),
    )


show_retention_page = make_page_view("retention")(build_retention_page)
