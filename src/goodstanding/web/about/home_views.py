"""The home page."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.web.about.home_schemas import HomeClaim, HomePage
from goodstanding.web.catalogues.counts import (
    count_subjects,
    list_catalogue_lines,
    list_countries,
    list_latest_enactments,
)
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.laboratory.presenters import present_card
from goodstanding.web.laboratory.report_schemas import ExperimentReport
from goodstanding.web.laboratory.stored_reports import StoredReport, list_finished_reports


def build_home_page(request: HttpRequest) -> HomePage:
    """What this register holds."""
    register_info = describe_register()
    return HomePage(
        about=register_info,
        subjects=count_subjects(),
        events=register_info.ledger_size,
        catalogues=list_catalogue_lines(),
        countries=list_countries(),
        enactments=list_latest_enactments(),
        claims=[_present_claim(stored, report) for stored, report in list_finished_reports()],
    )


def _present_claim(stored: StoredReport, report: ExperimentReport) -> HomeClaim:
    card = present_card(stored, report)
    return HomeClaim(title=card.title, verdict=card.heading, address=card.address)


show_home_page = make_page_view("web/about/home.html")(build_home_page)
