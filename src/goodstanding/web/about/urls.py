"""The addresses of the home page, what stands behind the register, and what it refuses."""

from __future__ import annotations

from goodstanding.web.about.home_views import show_home_page
from goodstanding.web.about.views import show_admitted_sources_page, show_refuses_page, show_sources_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("", show_home_page, "home"),
    *page_routes("sources", show_sources_page, "sources"),
    *page_routes("admitted-sources", show_admitted_sources_page, "admitted-sources"),
    *page_routes("refuses", show_refuses_page, "refuses"),
]
