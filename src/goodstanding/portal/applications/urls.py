"""The addresses of applications for a listing."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.applications.act_views import show_application_act_page, show_new_application_page
from goodstanding.portal.applications.views import (
    download_application_evidence,
    show_application_page,
    show_applications_page,
    take_applicant_role,
)
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("applications", show_applications_page, "applications"),
    path("applications/new", show_new_application_page, name="apply"),
    path("applications/part", take_applicant_role, name="applicant"),
    *page_routes("applications/<int:position>", show_application_page, "application"),
    path(
        "applications/<int:position>/evidence/<slug:digest>",
        download_application_evidence,
        name="application-evidence",
    ),
    path("applications/<int:position>/<slug:doing>", show_application_act_page, name="application-act"),
]
