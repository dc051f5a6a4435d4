"""Every address of the register, by journey. A page's twin has the same address with `.json` after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from goodstanding import api
from goodstanding.web.http.pages import page_routes


def render_robots(request: HttpRequest) -> HttpResponse:
    """Pages are not for indexing (charter article 21)."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


handler400 = "goodstanding.web.http.errors.handle_bad_request"
handler403 = "goodstanding.web.http.errors.handle_forbidden"
handler429 = "goodstanding.web.http.errors.handle_too_many_requests"
handler404 = "goodstanding.web.http.errors.handle_not_found"
handler500 = "goodstanding.web.http.errors.handle_server_error"

JOURNEYS = (
    "web.about",
    "web.subjects",
    "web.lists",
    "web.catalogues",
    "web.calculator",
    "web.charter",
    "web.laboratory",
    "web.ledger",
    "web.retention",
    "web.oversight",
    "portal.submissions",
    "portal.desk",
    "portal.cases",
    "portal.applications",
    "portal.sources",
    "portal.own_file",
    "portal.accounts",
)
urlpatterns = [
    *(path("", include(f"goodstanding.{journey}.urls")) for journey in JOURNEYS),
    *page_routes("v1/", api.show_endpoints_page, "endpoints"),
    *page_routes("v1/docs", api.show_documentation_page, "api-documentation"),
    path("v1/", api.api.urls),
    path("robots.txt", render_robots, name="robots"),
]
