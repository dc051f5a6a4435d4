"""The addresses of the lists, and copies of them."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.http.pages import page_routes
from goodstanding.web.lists.views import download_list, show_list_page, show_lists_page

urlpatterns = [
    *page_routes("lists", show_lists_page, "lists"),
    *page_routes("lists/<slug:catalogue>/<slug:name>", show_list_page, "list"),
    path("lists/<slug:catalogue>/<slug:name>.<slug:form>", download_list, name="list-copy"),
]
