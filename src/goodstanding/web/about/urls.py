"""The addresses of the home page, what stands behind the register, and what it refuses."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.about.enactments_feed import show_enactments_feed
from goodstanding.web.about.help_views import (
    show_accessibility_page,
    show_contact_page,
    show_how_it_works_page,
    show_privacy_page,
)
from goodstanding.web.about.home_views import show_home_page
from goodstanding.web.about.views import show_admitted_sources_page, show_refuses_page, show_sources_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("", show_home_page, "home"),
    *page_routes("sources", show_sources_page, "sources"),
    *page_routes("admitted-sources", show_admitted_sources_page, "admitted-sources"),
    *page_routes("refuses", show_refuses_page, "refuses"),
    *page_routes("how-it-works", show_how_it_works_page, "how-it-works"),
    *page_routes("accessibility", show_accessibility_page, "accessibility"),
    *page_routes("privacy", show_privacy_page, "privacy"),
    *page_routes("contact", show_contact_page, "contact"),
    path("enactments.atom", show_enactments_feed, name="enactments-feed"),
]
