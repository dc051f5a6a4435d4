"""The addresses of oversight, for anybody and for the overseer."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.oversight.figure_case_views import open_case_by_number, show_figure_cases_page
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
    *page_routes("overseer/cases", show_figure_cases_page, "overseer-cases"),
    path("overseer/case", open_case_by_number, name="overseer-case"),
    path("overseer/tables/<slug:name>.csv", download_oversight_table, {"watched": True}, name="overseer-table"),
]
