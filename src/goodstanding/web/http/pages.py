"""A page and its twin: one function builds what both say; one serializer writes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from goodstanding.web.schemas.page_frame import FrozenSchema

PageBuilder = Callable[..., FrozenSchema]
JSON_TYPE = "application/json"


def render_json(schema: FrozenSchema) -> HttpResponse:
    """A schema as JSON, days and instants in ISO 8601: for twins and for `/v1` alike."""
    return HttpResponse(schema.model_dump_json(), content_type=JSON_TYPE)


def make_page_view(template: str) -> Callable[[PageBuilder], Callable[..., HttpResponse]]:
    """A view that shows what `build` gives: by a template, or as JSON where the twin is asked for."""

    def decorate(build: PageBuilder) -> Callable[..., HttpResponse]:
        @require_safe
        @wraps(build)
        def view(request: HttpRequest, *, twin: bool = False, **parameters: Any) -> HttpResponse:
            schema = build(request, **parameters)
            if twin:
                return render_json(schema)
            return render_schema(request, template, schema)

        return view

    return decorate


def render_schema(
    request: HttpRequest, template: str, schema: FrozenSchema, status: int = 200, **context: Any
) -> HttpResponse:
    """A schema by its template; `context` are values that only the template reads."""
    return render(request, template, {"page": schema, "twin": get_json_address(request)} | context, status=status)


def page_routes(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The address of a page, and of its twin: the same with `.json` after it."""
    return [
        path(f"{route or 'index'}.json", view, {"twin": True}, name=f"{name}.json"),
        path(route, view, name=name),
    ]


def get_json_address(request: HttpRequest) -> str:
    """The address of this page's twin, with the same question."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return ("/index" if request.path == "/" else request.path) + ".json" + query
