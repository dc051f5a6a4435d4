"""Every address of the register. A page's twin has the same address with `.json` after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from goodstanding.web import api
from goodstanding.web.entrance import urls as entrance
from goodstanding.web.pages import page_routes
from goodstanding.web.views import (
    account,
    acts,
    applications,
    applying,
    calculator,
    cases,
    catalogues,
    charter,
    claims,
    desk,
    home,
    ledger,
    lists,
    oversight,
    own_acts,
    own_file,
    own_records,
    proposing,
    proposing_many,
    record_form,
    register,
    representatives,
    retention,
    search,
    sending,
    sign,
    subjects,
    uploads,
)


def render_robots(request: HttpRequest) -> HttpResponse:
    """Pages are not for indexing (charter article 21)."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


handler400 = "goodstanding.web.problems.bad_request"
handler403 = "goodstanding.web.problems.forbidden"
handler429 = "goodstanding.web.problems.too_many"
handler404 = "goodstanding.web.problems.not_found"
handler500 = "goodstanding.web.problems.broken"

urlpatterns = [
    *page_routes("", home.show_home_page, "home"),
    *page_routes("search", search.show_search_page, "search"),
    *page_routes("subjects/<path:identifier>", subjects.show_subject_page, "subject"),
    *page_routes("lists", lists.show_lists_page, "lists"),
    *page_routes("lists/<slug:catalogue>/<slug:name>", lists.show_list_page, "list"),
    path("lists/<slug:catalogue>/<slug:name>.<slug:form>", lists.download_list, name="list-copy"),
    *page_routes("catalogues", catalogues.show_catalogues_page, "catalogues"),
    *page_routes("catalogues/<slug:name>/sql", catalogues.show_sql_page, "sql"),
    path("catalogues/<slug:name>/calculator.json", calculator.show_calculator_json, name="calculator.json"),
    path("catalogues/<slug:name>/calculator", calculator.show_calculator_page, name="calculator"),
    *page_routes("catalogues/<slug:name>", catalogues.show_catalogue_page, "catalogue"),
    path("catalogues/<slug:name>/files/<path:file>", catalogues.download_catalogue_file, name="catalogue-file"),
    *page_routes("charter", charter.show_charter_page, "charter"),
    *page_routes("ledger", ledger.show_ledger_page, "ledger"),
    *page_routes("ledger/<int:position>", ledger.show_event_page, "event"),
    path("tlog/<path:path>", ledger.download_tlog_file, name="tlog"),
    *page_routes("sources", register.show_sources_page, "sources"),
    *page_routes("sources/<str:source>/send", sending.show_send_page, "source-send"),
    *page_routes("sources/<str:source>/records/new", record_form.show_new_record_page, "record-new"),
    *page_routes("sources/<str:source>/records/<int:position>", own_records.show_source_record_page, "own-record"),
    *page_routes(
        "sources/<str:source>/records/<int:position>/correct", record_form.show_correction_page, "record-correct"
    ),
    *page_routes(
        "sources/<str:source>/records/<int:position>/withdraw",
        own_records.show_record_withdrawal_page,
        "record-withdraw",
    ),
    path("sources/<str:source>/files/problems.csv", uploads.download_refused_rows, name="upload-problems"),
    *page_routes("sources/<str:source>/files/new", uploads.show_upload_page, "upload"),
    path("sources/<str:source>/sent/<slug:sending>/problems.csv", sending.download_open_rows, name="sent-problems"),
    *page_routes("sources/<str:source>/sent/<slug:sending>", sending.show_sent_page, "sent"),
    *page_routes("refuses", register.show_refuses_page, "refuses"),
    *page_routes("retention", retention.show_retention_page, "retention"),
    *page_routes("sign-in", sign.show_sign_in_page, "sign-in"),
    *page_routes("sign-out", sign.show_sign_out_page, "sign-out"),
    *page_routes("desk", desk.show_desk_page, "desk"),
    path("desk/propose", proposing.show_proposal_page, name="propose"),
    path("desk/propose/many", proposing_many.show_bulk_proposal_page, name="propose-many"),
    *page_routes("cases/<int:position>", cases.show_case_page, "case"),
    path("cases/<int:position>/acts/<str:act>", acts.show_act_page, name="act"),
    path("cases/<int:position>/evidence/<str:digest>", cases.download_case_evidence, name="evidence"),
    path("cases/<int:position>/letters/<int:event>.pdf", cases.download_letter_pdf, name="letter.pdf"),
    *page_routes("cases/<int:position>/letters/<int:event>", cases.show_letter_page, "letter"),
    *page_routes("account", account.show_account_page, "account"),
    *page_routes("account/roles", account.show_roles_page, "roles"),
    *page_routes("account/claim", claims.show_claim_page, "claim"),
    *page_routes("account/claims", claims.show_claims_page, "claims"),
    path("account/claims/<int:number>/proof", claims.download_claim_proof, name="claim-proof"),
    *page_routes("account/representatives", representatives.show_representatives_page, "representatives"),
    *page_routes("applications", applications.show_applications_page, "applications"),
    path("applications/new", applying.show_new_application_page, name="apply"),
    path("applications/part", applications.take_applicant_role, name="applicant"),
    *page_routes("applications/<int:position>", applications.show_application_page, "application"),
    path(
        "applications/<int:position>/evidence/<slug:digest>",
        applications.download_application_evidence,
        name="application-evidence",
    ),
    path("applications/<int:position>/<slug:doing>", applying.show_application_act_page, name="application-act"),
    *page_routes("file", own_file.show_own_file_page, "own-file"),
    path("file/everything.zip", own_file.download_archive, name="everything"),
    path("file/disputes/<int:position>", own_acts.show_dispute_page, name="dispute"),
    path("file/repairs/<int:position>", own_acts.show_repair_page, name="repair"),
    path("file/replies/<int:position>", own_acts.show_reply_page, name="reply"),
    path("file/replies/<int:position>/retract", own_acts.retract_own_reply, name="retract"),
    path("file/alerts", own_acts.set_alerts, name="alerts"),
    *entrance.urlpatterns,
    *page_routes("oversight", oversight.show_oversight_page, "oversight"),
    path("oversight/charts/<slug:name>-<slug:width>.svg", oversight.show_oversight_chart, name="oversight-chart"),
    path("oversight/tables/<slug:name>.csv", oversight.download_oversight_table, name="oversight-table"),
    *page_routes("overseer", oversight.show_overseer_page, "overseer"),
    path(
        "overseer/charts/<slug:name>-<slug:width>.svg",
        oversight.show_oversight_chart,
        {"watched": True},
        name="overseer-chart",
    ),
    path(
        "overseer/tables/<slug:name>.csv", oversight.download_oversight_table, {"watched": True}, name="overseer-table"
    ),
    *page_routes("v1/", api.show_endpoints_page, "endpoints"),
    path("v1/", api.api.urls),
    path("robots.txt", render_robots, name="robots"),
]
