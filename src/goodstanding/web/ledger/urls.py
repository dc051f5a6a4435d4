"""The addresses of the ledger, its events and its transparency log."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.ledger.views import download_tlog_file, show_event_page, show_ledger_page

urlpatterns = [
    *page_routes("ledger", show_ledger_page, "ledger"),
    *page_routes("ledger/<int:position>", show_event_page, "event"),
    path("tlog/<path:path>", download_tlog_file, name="tlog"),
]
