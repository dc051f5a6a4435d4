"""The home page."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.web.about.home_schemas import HomePage
from goodstanding.web.catalogues.counts import count_subjects, list_catalogue_lines
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register


def build_home_page(request: HttpRequest) -> HomePage:
    """What this register holds."""
    register_info = describe_register()
    return HomePage(
        about=register_info,
        subjects=count_subjects(),
        events=register_info.ledger_size,
        catalogues=list_catalogue_lines(),
    )


show_home_page = make_page_view("web/about/home.html")(build_home_page)
