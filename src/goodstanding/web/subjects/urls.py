"""The addresses of the search, and the file of a subject."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.subjects.search_views import download_grades, show_search_page
from goodstanding.web.subjects.views import show_subject_page

urlpatterns = [
    path("search.csv", download_grades, name="search.csv"),
    *page_routes("search", show_search_page, "search"),
    *page_routes("subjects/<path:identifier>", show_subject_page, "subject"),
]
