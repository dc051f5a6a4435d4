"""The addresses of somebody’s own file."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.own_file.request_views import (
    retract_own_reply,
    set_alerts,
    show_dispute_page,
    show_repair_page,
    show_reply_page,
)
from goodstanding.portal.own_file.views import download_archive, show_own_file_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("file", show_own_file_page, "own-file"),
    path("file/everything.zip", download_archive, name="everything"),
    path("file/disputes/<int:position>", show_dispute_page, name="dispute"),
    path("file/repairs/<int:position>", show_repair_page, name="repair"),
    path("file/replies/<int:position>", show_reply_page, name="reply"),
    path("file/replies/<int:position>/retract", retract_own_reply, name="retract"),
    path("file/alerts", set_alerts, name="alerts"),
]
