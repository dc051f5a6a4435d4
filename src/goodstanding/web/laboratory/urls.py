"""The addresses of the laboratory."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.laboratory.views import download_report, show_experiment_page, show_laboratory_page

urlpatterns = [
    *page_routes("laboratory", show_laboratory_page, "laboratory"),
    *page_routes("laboratory/<slug:name>", show_experiment_page, "experiment"),
    path("laboratory/<slug:name>/report.html", download_report, name="experiment-report"),
]
