"""The catalogues put into force here, as an Atom feed: rules only, no name of anybody listed."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.web.catalogues.counts import list_latest_enactments

MOST_ENTRIES = 50


@require_safe
def show_enactments_feed(request: HttpRequest) -> HttpResponse:
    """The newest enactments, each with the event that proves it."""
    feed = Atom1Feed(
        title=_("%(register)s: rules put into force") % {"register": config.get_current_register().name},
        link=request.build_absolute_uri(reverse("catalogues")),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for line in list_latest_enactments(MOST_ENTRIES):
        at = datetime.combine(line.day, time(), UTC)
        feed.add_item(
            title=_("%(title)s, version %(version)s") % {"title": line.title, "version": line.version},
            link=request.build_absolute_uri(reverse("catalogue", kwargs={"name": line.name})),
            unique_id=request.build_absolute_uri(reverse("event", kwargs={"position": line.position})),
            description=_("In force here since %(day)s.") % {"day": line.day.isoformat()},
            pubdate=at,
            updateddate=at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
