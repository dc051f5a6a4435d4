"""The home page."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.web import totals
from goodstanding.web.about import describe_register
from goodstanding.web.pages import make_page_view
from goodstanding.web.shapes.standing import HomePage


def build_home_page(request: HttpRequest) -> HomePage:
    """What this register holds."""
    register_info = describe_register()
    return HomePage(
        about=register_info,
        subjects=totals.count_subjects(),
        events=register_info.ledger_size,
        catalogues=totals.list_catalogue_lines(),
    )


show_home_page = make_page_view("home")(build_home_page)
