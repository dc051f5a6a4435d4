"""What goes when: counts for anybody; of one subject, for its parties, on its own file."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register import catalogues
from goodstanding.register.moment import Moment
from goodstanding.register.retention import LEAST
from goodstanding.web import actors, asking, look_ups, retaining
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.shapes import retention as shapes


def build(request: HttpRequest) -> shapes.RetentionPage:
    """What goes when, by catalogue and month, as of today."""
    today = actors.today()
    asking.allow(Moment(today), actors.actor_of(request))
    rules = {name: one.catalogue for name, one in catalogues.on_file().items()}
    counted = retaining.plan(today)
    return shapes.RetentionPage(
        about=about(),
        today=today,
        counted_at=counted.size,
        fewer_than=LEAST,
        look_ups_years=look_ups.KEPT_YEARS,
        look_ups_before=look_ups.oldest(today),
        catalogues=retaining.of_catalogues(counted.lines, rules),
    )


view = page("retention")(build)
