"""The addresses of oversight, for anybody and for the overseer."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.oversight.views import (
    download_oversight_table,
    show_overseer_page,
    show_oversight_chart,
    show_oversight_page,
)

urlpatterns = [
    *page_routes("oversight", show_oversight_page, "oversight"),
    path("oversight/charts/<slug:name>-<slug:width>.svg", show_oversight_chart, name="oversight-chart"),
    path("oversight/tables/<slug:name>.csv", download_oversight_table, name="oversight-table"),
    *page_routes("overseer", show_overseer_page, "overseer"),
    path(
        "overseer/charts/<slug:name>-<slug:width>.svg",
        show_oversight_chart,
        {"watched": True},
        name="overseer-chart",
    ),
    path("overseer/tables/<slug:name>.csv", download_oversight_table, {"watched": True}, name="overseer-table"),
]
