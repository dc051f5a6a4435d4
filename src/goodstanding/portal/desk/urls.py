"""The addresses of a desk and what is proposed from it."""

from __future__ import annotations

from django.urls import path

from goodstanding.portal.desk.bulk_proposal_views import show_bulk_proposal_page
from goodstanding.portal.desk.proposal_views import show_proposal_page
from goodstanding.portal.desk.views import show_desk_page
from goodstanding.web.http.pages import page_routes

urlpatterns = [
    *page_routes("desk", show_desk_page, "desk"),
    path("desk/propose", show_proposal_page, name="propose"),
    path("desk/propose/many", show_bulk_proposal_page, name="propose-many"),
]
