"""The home page."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.web import totals
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.shapes.standing import HomePage


def build(request: HttpRequest) -> HomePage:
    """What this register holds."""
    said = about()
    return HomePage(
        about=said, subjects=totals.subjects(), events=said.ledger_size, catalogues=totals.catalogue_lines()
    )


view = page("home")(build)
