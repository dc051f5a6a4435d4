"""Every address of the register. A page's twin has the same address with `.json` after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from goodstanding.web import api
from goodstanding.web.entrance import urls as entrance
from goodstanding.web.pages import both
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


def robots(request: HttpRequest) -> HttpResponse:
    """Pages are not for indexing (charter article 21)."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


handler400 = "goodstanding.web.problems.bad_request"
handler403 = "goodstanding.web.problems.forbidden"
handler429 = "goodstanding.web.problems.too_many"
handler404 = "goodstanding.web.problems.not_found"
handler500 = "goodstanding.web.problems.broken"

urlpatterns = [
    *both("", home.view, "home"),
    *both("search", search.view, "search"),
    *both("subjects/<path:identifier>", subjects.view, "subject"),
    *both("lists", lists.view_all, "lists"),
    *both("lists/<slug:catalogue>/<slug:name>", lists.view, "list"),
    path("lists/<slug:catalogue>/<slug:name>.<slug:form>", lists.download, name="list-copy"),
    *both("catalogues", catalogues.view_all, "catalogues"),
    *both("catalogues/<slug:name>/sql", catalogues.view_sql, "sql"),
    path("catalogues/<slug:name>/calculator.json", calculator.twin, name="calculator.json"),
    path("catalogues/<slug:name>/calculator", calculator.view, name="calculator"),
    *both("catalogues/<slug:name>", catalogues.view, "catalogue"),
    path("catalogues/<slug:name>/files/<path:file>", catalogues.download, name="catalogue-file"),
    *both("charter", charter.view, "charter"),
    *both("ledger", ledger.view, "ledger"),
    *both("ledger/<int:position>", ledger.view_event, "event"),
    path("tlog/<path:path>", ledger.tlog, name="tlog"),
    *both("sources", register.view_sources, "sources"),
    *both("sources/<str:source>/send", sending.view, "source-send"),
    *both("sources/<str:source>/records/new", record_form.new, "record-new"),
    *both("sources/<str:source>/records/<int:position>", own_records.view, "own-record"),
    *both("sources/<str:source>/records/<int:position>/correct", record_form.correct, "record-correct"),
    *both("sources/<str:source>/records/<int:position>/withdraw", own_records.withdraw, "record-withdraw"),
    path("sources/<str:source>/files/problems.csv", uploads.refused_rows, name="upload-problems"),
    *both("sources/<str:source>/files/new", uploads.new, "upload"),
    path("sources/<str:source>/sent/<slug:sending>/problems.csv", sending.refused_rows, name="sent-problems"),
    *both("sources/<str:source>/sent/<slug:sending>", sending.view_sent, "sent"),
    *both("refuses", register.view_refuses, "refuses"),
    *both("retention", retention.view, "retention"),
    *both("sign-in", sign.sign_in, "sign-in"),
    *both("sign-out", sign.sign_out, "sign-out"),
    *both("desk", desk.view, "desk"),
    path("desk/propose", proposing.view, name="propose"),
    path("desk/propose/many", proposing_many.view, name="propose-many"),
    *both("cases/<int:position>", cases.view, "case"),
    path("cases/<int:position>/acts/<str:act>", acts.view, name="act"),
    path("cases/<int:position>/evidence/<str:digest>", cases.evidence, name="evidence"),
    path("cases/<int:position>/letters/<int:event>.pdf", cases.letter_pdf, name="letter.pdf"),
    *both("cases/<int:position>/letters/<int:event>", cases.letter, "letter"),
    *both("account", account.view, "account"),
    *both("account/roles", account.view_roles, "roles"),
    *both("account/claim", claims.view, "claim"),
    *both("account/claims", claims.view_desk, "claims"),
    path("account/claims/<int:number>/proof", claims.proof, name="claim-proof"),
    *both("account/representatives", representatives.view, "representatives"),
    *both("applications", applications.view, "applications"),
    path("applications/new", applying.new, name="apply"),
    path("applications/part", applications.take_part, name="applicant"),
    *both("applications/<int:position>", applications.view_one, "application"),
    path("applications/<int:position>/evidence/<slug:digest>", applications.evidence, name="application-evidence"),
    path("applications/<int:position>/<slug:doing>", applying.act, name="application-act"),
    *both("file", own_file.view, "own-file"),
    path("file/everything.zip", own_file.download, name="everything"),
    path("file/disputes/<int:position>", own_acts.dispute, name="dispute"),
    path("file/repairs/<int:position>", own_acts.repair, name="repair"),
    path("file/replies/<int:position>", own_acts.reply, name="reply"),
    path("file/replies/<int:position>/retract", own_acts.retract, name="retract"),
    path("file/alerts", own_acts.alert, name="alerts"),
    *entrance.urlpatterns,
    *both("oversight", oversight.view, "oversight"),
    path("oversight/charts/<slug:name>-<slug:width>.svg", oversight.chart, name="oversight-chart"),
    path("oversight/tables/<slug:name>.csv", oversight.table, name="oversight-table"),
    *both("overseer", oversight.view_watched, "overseer"),
    path("overseer/charts/<slug:name>-<slug:width>.svg", oversight.chart, {"watched": True}, name="overseer-chart"),
    path("overseer/tables/<slug:name>.csv", oversight.table, {"watched": True}, name="overseer-table"),
    *both("v1/", api.view, "endpoints"),
    path("v1/", api.api.urls),
    path("robots.txt", robots, name="robots"),
]
