"""What goes when: counts for anybody; of one subject, for its parties, on its own file."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register.erasure.retention import LEAST
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import KEPT_YEARS, get_oldest_kept_day
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.parameters import refuse_if_moment_closed
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.retention.presenters import get_retention_plan, present_deletions_by_catalogue
from goodstanding.web.retention.schemas import RetentionPage


def build_retention_page(request: HttpRequest) -> RetentionPage:
    """What goes when, by catalogue and month, as of today."""
    today = clock.get_today()
    refuse_if_moment_closed(PointInTime(today), get_actor(request))
    rules = {name: enacted.catalogue for name, enacted in list_on_file().items()}
    retention_plan = get_retention_plan(today)
    return RetentionPage(
        about=describe_register(),
        today=today,
        counted_at=retention_plan.size,
        fewer_than=LEAST,
        look_ups_years=KEPT_YEARS,
        look_ups_before=get_oldest_kept_day(today),
        catalogues=present_deletions_by_catalogue(retention_plan.lines, rules),
    )


show_retention_page = make_page_view("web/retention/retention.html")(build_retention_page)
