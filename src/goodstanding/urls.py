"""Every address of the register. A page's twin has the same address with `.json` after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from goodstanding import api
from goodstanding.api import show_endpoints_page
from goodstanding.portal.accounts import urls as entrance
from goodstanding.portal.accounts.mandate_claim_views import download_claim_proof, show_claim_page, show_claims_page
from goodstanding.portal.accounts.representative_views import show_representatives_page
from goodstanding.portal.accounts.sign_in_views import show_sign_in_page, show_sign_out_page
from goodstanding.portal.accounts.views import show_account_page, show_roles_page
from goodstanding.portal.applications.act_views import show_application_act_page, show_new_application_page
from goodstanding.portal.applications.views import (
    download_application_evidence,
    show_application_page,
    show_applications_page,
    take_applicant_role,
)
from goodstanding.portal.cases.act_views import show_act_page
from goodstanding.portal.cases.views import (
    download_case_evidence,
    download_letter_pdf,
    show_case_page,
    show_letter_page,
)
from goodstanding.portal.desk.bulk_proposal_views import show_bulk_proposal_page
from goodstanding.portal.desk.proposal_views import show_proposal_page
from goodstanding.portal.desk.views import show_desk_page
from goodstanding.portal.own_file.request_views import (
    retract_own_reply,
    set_alerts,
    show_dispute_page,
    show_repair_page,
    show_reply_page,
)
from goodstanding.portal.own_file.views import download_archive, show_own_file_page
from goodstanding.portal.submissions.record_views import show_correction_page, show_new_record_page
from goodstanding.portal.submissions.source_record_views import show_record_withdrawal_page, show_source_record_page
from goodstanding.portal.submissions.upload_views import download_refused_rows, show_upload_page
from goodstanding.portal.submissions.views import download_open_rows, show_send_page, show_sent_page
from goodstanding.web.about.home_views import show_home_page
from goodstanding.web.about.views import show_refuses_page, show_sources_page
from goodstanding.web.calculator.views import show_calculator_json, show_calculator_page
from goodstanding.web.catalogues.views import (
    download_catalogue_file,
    show_catalogue_page,
    show_catalogues_page,
    show_sql_page,
)
from goodstanding.web.charter.views import show_charter_page
from goodstanding.web.http.pages import page_routes
from goodstanding.web.ledger.views import download_tlog_file, show_event_page, show_ledger_page
from goodstanding.web.lists.views import download_list, show_list_page, show_lists_page
from goodstanding.web.oversight.views import (
    download_oversight_table,
    show_overseer_page,
    show_oversight_chart,
    show_oversight_page,
)
from goodstanding.web.retention.views import show_retention_page
from goodstanding.web.subjects.search_views import show_search_page
from goodstanding.web.subjects.views import show_subject_page


def render_robots(request: HttpRequest) -> HttpResponse:
    """Pages are not for indexing (charter article 21)."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


handler400 = "goodstanding.web.http.errors.handle_bad_request"
handler403 = "goodstanding.web.http.errors.handle_forbidden"
handler429 = "goodstanding.web.http.errors.handle_too_many_requests"
handler404 = "goodstanding.web.http.errors.handle_not_found"
handler500 = "goodstanding.web.http.errors.handle_server_error"

urlpatterns = [
    *page_routes("", show_home_page, "home"),
    *page_routes("search", show_search_page, "search"),
    *page_routes("subjects/<path:identifier>", show_subject_page, "subject"),
    *page_routes("lists", show_lists_page, "lists"),
    *page_routes("lists/<slug:catalogue>/<slug:name>", show_list_page, "list"),
    path("lists/<slug:catalogue>/<slug:name>.<slug:form>", download_list, name="list-copy"),
    *page_routes("catalogues", show_catalogues_page, "catalogues"),
    *page_routes("catalogues/<slug:name>/sql", show_sql_page, "sql"),
    path("catalogues/<slug:name>/calculator.json", show_calculator_json, name="calculator.json"),
    path("catalogues/<slug:name>/calculator", show_calculator_page, name="calculator"),
    *page_routes("catalogues/<slug:name>", show_catalogue_page, "catalogue"),
    path("catalogues/<slug:name>/files/<path:file>", download_catalogue_file, name="catalogue-file"),
    *page_routes("charter", show_charter_page, "charter"),
    *page_routes("ledger", show_ledger_page, "ledger"),
    *page_routes("ledger/<int:position>", show_event_page, "event"),
    path("tlog/<path:path>", download_tlog_file, name="tlog"),
    *page_routes("sources", show_sources_page, "sources"),
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
    *page_routes("sources/<str:source>/files/new", show_upload_page, "upload"),
    path("sources/<str:source>/sent/<slug:sending>/problems.csv", download_open_rows, name="sent-problems"),
    *page_routes("sources/<str:source>/sent/<slug:sending>", show_sent_page, "sent"),
    *page_routes("refuses", show_refuses_page, "refuses"),
    *page_routes("retention", show_retention_page, "retention"),
    *page_routes("sign-in", show_sign_in_page, "sign-in"),
    *page_routes("sign-out", show_sign_out_page, "sign-out"),
    *page_routes("desk", show_desk_page, "desk"),
    path("desk/propose", show_proposal_page, name="propose"),
    path("desk/propose/many", show_bulk_proposal_page, name="propose-many"),
    *page_routes("cases/<int:position>", show_case_page, "case"),
    path("cases/<int:position>/acts/<str:act>", show_act_page, name="act"),
    path("cases/<int:position>/evidence/<str:digest>", download_case_evidence, name="evidence"),
    path("cases/<int:position>/letters/<int:event>.pdf", download_letter_pdf, name="letter.pdf"),
    *page_routes("cases/<int:position>/letters/<int:event>", show_letter_page, "letter"),
    *page_routes("account", show_account_page, "account"),
    *page_routes("account/roles", show_roles_page, "roles"),
    *page_routes("account/claim", show_claim_page, "claim"),
    *page_routes("account/claims", show_claims_page, "claims"),
    path("account/claims/<int:number>/proof", download_claim_proof, name="claim-proof"),
    *page_routes("account/representatives", show_representatives_page, "representatives"),
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
    *page_routes("file", show_own_file_page, "own-file"),
    path("file/everything.zip", download_archive, name="everything"),
    path("file/disputes/<int:position>", show_dispute_page, name="dispute"),
    path("file/repairs/<int:position>", show_repair_page, name="repair"),
    path("file/replies/<int:position>", show_reply_page, name="reply"),
    path("file/replies/<int:position>/retract", retract_own_reply, name="retract"),
    path("file/alerts", set_alerts, name="alerts"),
    *entrance.urlpatterns,
    *page_routes("oversight", show_oversight_page, "oversight"),
    path("oversight/charts/<slug:name>-<slug:width>.svg", show_oversight_chart, name="oversight-chart"),
    path("oversight/tables/<slug:name>.csv", download_oversight_table, name="oversight-table"),
    *page_routes("overseer", show_overseer_page, "overseer"),
    path(
        "overseer/charts/<slug:name>-<slug:width>.svg",
        show_oversight_chart,
        {"watched": True},
        name="overseer-chart",
    ),
    path("overseer/tables/<slug:name>.csv", download_oversight_table, {"watched": True}, name="overseer-table"),
    *page_routes("v1/", show_endpoints_page, "endpoints"),
    path("v1/", api.api.urls),
    path("robots.txt", render_robots, name="robots"),
]
