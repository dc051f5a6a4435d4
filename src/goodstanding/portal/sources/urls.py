"""The addresses at which sources are admitted, ended, merged and renumbered."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.sources.act_views import show_new_source_change_page, show_source_change_settlement_page
from goodstanding.portal.sources.views import download_source_backlog, show_source_changes_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("source-changes", show_source_changes_page, "source-changes"),
    path("source-changes/new/<slug:act>", show_new_source_change_page, name="source-change-new"),
    path("source-changes/<int:position>/<slug:doing>", show_source_change_settlement_page, name="source-change-act"),
    path("source-changes/backlog/<slug:name>.csv", download_source_backlog, name="source-backlog"),
]
