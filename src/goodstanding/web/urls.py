"""Every address of the register. A page's twin has the same address with `.json` after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from goodstanding.web import api
from goodstanding.web.pages import both
from goodstanding.web.views import (
    calculator,
    catalogues,
    charter,
    home,
    ledger,
    lists,
    register,
    search,
    sign,
    subjects,
)


def robots(request: HttpRequest) -> HttpResponse:
    """Pages are not for indexing (charter article 21)."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


handler400 = "goodstanding.web.problems.bad_request"
handler403 = "goodstanding.web.problems.forbidden"
handler404 = "goodstanding.web.problems.not_found"
handler500 = "goodstanding.web.problems.broken"

urlpatterns = [
    *both("", home.view, "home"),
    *both("search", search.view, "search"),
    *both("subjects/<path:identifier>", subjects.view, "subject"),
    *both("lists", lists.view_all, "lists"),
    *both("lists/<slug:catalogue>/<slug:name>", lists.view, "list"),
    path("lists/<slug:catalogue>/<slug:name>.<slug:form>", lists.download, name="list-copy"),
    *both("catalogues", catalogues.view_all, "catalogues"),
    *both("catalogues/<slug:name>/sql", catalogues.view_sql, "sql"),
    path("catalogues/<slug:name>/calculator.json", calculator.twin, name="calculator.json"),
    path("catalogues/<slug:name>/calculator", calculator.view, name="calculator"),
    *both("catalogues/<slug:name>", catalogues.view, "catalogue"),
    path("catalogues/<slug:name>/files/<path:file>", catalogues.download, name="catalogue-file"),
    *both("charter", charter.view, "charter"),
    *both("ledger", ledger.view, "ledger"),
    *both("ledger/<int:position>", ledger.view_event, "event"),
    path("tlog/<path:path>", ledger.tlog, name="tlog"),
    *both("sources", register.view_sources, "sources"),
    *both("refuses", register.view_refuses, "refuses"),
    *both("sign-in", sign.sign_in, "sign-in"),
    *both("sign-out", sign.sign_out, "sign-out"),
    *both("v1/", api.view, "endpoints"),
    path("v1/", api.api.urls),
    path("robots.txt", robots, name="robots"),
]
