"""The addresses of the catalogues and their files."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.catalogues.views import (
    download_catalogue_file,
    show_catalogue_page,
    show_catalogues_page,
    show_sql_page,
)
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("catalogues", show_catalogues_page, "catalogues"),
    *page_routes("catalogues/<slug:name>/sql", show_sql_page, "sql"),
    *page_routes("catalogues/<slug:name>", show_catalogue_page, "catalogue"),
    path("catalogues/<slug:name>/files/<path:file>", download_catalogue_file, name="catalogue-file"),
]
