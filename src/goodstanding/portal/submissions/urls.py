"""The addresses of what a source sends, and its records."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.submissions.record_views import show_correction_page, show_new_record_page
from goodstanding.portal.submissions.source_record_views import show_record_withdrawal_page, show_source_record_page
from goodstanding.portal.submissions.upload_views import download_refused_rows, download_template, show_upload_page
from goodstanding.portal.submissions.views import download_open_rows, show_send_page, show_sent_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("sources/<str:source>/send", show_send_page, "source-send"),
    *page_routes("sources/<str:source>/records/new", show_new_record_page, "record-new"),
    *page_routes("sources/<str:source>/records/<int:position>", show_source_record_page, "own-record"),
    *page_routes("sources/<str:source>/records/<int:position>/correct", show_correction_page, "record-correct"),
    *page_routes(
        "sources/<str:source>/records/<int:position>/withdraw",
        show_record_withdrawal_page,
        "record-withdraw",
    ),
    path("sources/<str:source>/files/problems.csv", download_refused_rows, name="upload-problems"),
    path("sources/<str:source>/files/template.csv", download_template, name="upload-template"),
    *page_routes("sources/<str:source>/files/new", show_upload_page, "upload"),
    path("sources/<str:source>/sent/<slug:sending>/problems.csv", download_open_rows, name="sent-problems"),
    *page_routes("sources/<str:source>/sent/<slug:sending>", show_sent_page, "sent"),
]
