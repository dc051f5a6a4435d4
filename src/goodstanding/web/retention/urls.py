"""The addresses of how long records are kept."""

from __future__ import annotations

from goodstanding.web.http.pages import page_routes
from goodstanding.web.retention.views import show_retention_page

urlpatterns = [
    *page_routes("retention", show_retention_page, "retention"),
]
