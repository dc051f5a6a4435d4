"""The addresses of a case, its acts, its letters and its evidence."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.cases.act_views import show_act_page
from goodstanding.portal.cases.views import (
    download_case_evidence,
    download_letter_pdf,
    show_case_page,
    show_letter_page,
)
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("cases/<int:position>", show_case_page, "case"),
    path("cases/<int:position>/acts/<str:act>", show_act_page, name="act"),
    path("cases/<int:position>/evidence/<str:digest>", download_case_evidence, name="evidence"),
    path("cases/<int:position>/letters/<int:event>.pdf", download_letter_pdf, name="letter.pdf"),
    *page_routes("cases/<int:position>/letters/<int:event>", show_letter_page, "letter"),
]
