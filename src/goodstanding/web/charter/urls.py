"""The addresses of the charter."""

from __future__ import annotations

from goodstanding.web.charter.views import show_charter_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("charter", show_charter_page, "charter"),
]
