"""A page and its twin: one function builds what both say; one serializer writes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from goodstanding.web.shapes import Shape

Build = Callable[..., Shape]
JSON = "application/json"


def serialized(shape: Shape) -> HttpResponse:
    """A shape as JSON, days and instants in ISO 8601: for twins and for `/v1` alike."""
    return HttpResponse(shape.model_dump_json(), content_type=JSON)


def page(template: str) -> Callable[[Build], Callable[..., HttpResponse]]:
    """A view that shows what `build` gives: by a template, or as JSON where the twin is asked for."""

    def decorate(build: Build) -> Callable[..., HttpResponse]:
        @require_safe
        @wraps(build)
        def view(request: HttpRequest, *, twin: bool = False, **asked: Any) -> HttpResponse:
            shape = build(request, **asked)
            if twin:
                return serialized(shape)
            return render_shape(request, template, shape)

        return view

    return decorate


def render_shape(request: HttpRequest, template: str, shape: Shape, status: int = 200, **more: Any) -> HttpResponse:
    """A shape by its template; `more` are values that only the template reads."""
    return render(request, f"web/{template}.html", {"page": shape, "twin": twin_of(request)} | more, status=status)


def both(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The address of a page, and of its twin: the same with `.json` after it."""
    return [
        path(f"{route or 'index'}.json", view, {"twin": True}, name=f"{name}.json"),
        path(route, view, name=name),
    ]


def twin_of(request: HttpRequest) -> str:
    """The address of this page's twin, with the same question."""
    asked = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return ("/index" if request.path == "/" else request.path) + ".json" + asked
