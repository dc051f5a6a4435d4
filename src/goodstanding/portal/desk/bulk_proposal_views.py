"""Proposals from a file: a list, the file, a look at every row, and then a case for each. Decisions never come so."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.errors import BadFile, BadInput, NotAllowed, NotPossible
from goodstanding.portal.desk.available_lists import (
    find_office_name,
    get_available_list,
    get_opening_act,
    is_opening_interim,
    list_available_lists,
    list_kinds_for_list,
    list_stated_fields,
)
from goodstanding.portal.desk.proposal_forms import FIELD_PREFIX
from goodstanding.portal.desk.proposal_tables import (
    MOST_BYTES,
    MOST_ROWS,
    TypedRow,
    decode_proposal_file,
    list_file_columns,
    read_proposal_file,
)
from goodstanding.portal.desk.schemas import AvailableList, BulkProposalPage, ProposalRow
from goodstanding.register.cases.proposals import propose_case
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import present_error
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.parameters import check_short_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema


@require_http_methods(["GET", "HEAD", "POST"])
def show_bulk_proposal_page(request: HttpRequest) -> HttpResponse:
    """The form; a look at every row of a file; or the cases that its rows opened."""
    actor = get_actor(request)
    get_opening_act(actor)
    if is_opening_interim(actor):
        raise NotAllowed(_("Interim measures are imposed one by one."), remedy=_("charter article 16"))
    parameters = request.POST if request.method == "POST" else request.GET
    listed = check_short_text(str(parameters.get("list", "")), "list")
    if not listed:
        return render_schema(request, "portal/desk/bulk_proposal.html", _build_bulk_page(actor, "choose"), twin="")
    chosen = get_available_list(actor, listed)
    if request.method != "POST":
        return render_schema(
            request, "portal/desk/bulk_proposal.html", _build_bulk_page(actor, "form", chosen), twin=""
        )
    return _handle_post(request, actor, chosen)


def _handle_post(request: HttpRequest, actor: Actor, chosen: AvailableList) -> HttpResponse:
    content = ""
    try:
        content = _read_content(request)
        rows = read_proposal_file(chosen.value, content, actor, clock.get_today())
    except BadFile as error:
        schema = _build_bulk_page(actor, "form", chosen, content=content, problems=[present_error(error)])
        return render_schema(request, "portal/desk/bulk_proposal.html", schema, 400, twin="")
    if request.POST.get("do") != "send":
        return render_schema(
            request, "portal/desk/bulk_proposal.html", _build_bulk_page(actor, "check", chosen, rows, content), twin=""
        )
    return _propose_rows(request, actor, chosen, rows)


def _read_content(request: HttpRequest) -> str:
    """The file that was sent, or the text of it that an earlier look left in the form."""
    file = request.FILES.get("file")
    if file is not None:
        if file.size > MOST_BYTES:
            return decode_proposal_file(b" " * (MOST_BYTES + 1), file.name or "")
        return decode_proposal_file(file.read(), file.name or "")
    text = request.POST.get("content", "").replace("\r\n", "\n")
    if not text.strip():
        raise BadFile(_("No file was chosen."), remedy=_("a CSV file"))
    return decode_proposal_file(text.encode(errors="replace"), "")


def _propose_rows(request: HttpRequest, actor: Actor, chosen: AvailableList, rows: list[TypedRow]) -> HttpResponse:
    cases: dict[int, int] = {}
    for row in rows:
        if row.typed.proposal is None:
            continue
        try:
            case_file = propose_case(row.typed.proposal, actor, clock.get_today(), datetime.now(UTC))
        except (BadInput, NotPossible) as error:  # somebody else was faster
            row.typed.problem(error.where or "text", error)
        else:
            cases[row.number] = case_file.position
    if len(cases) == len(rows):
        return HttpResponseRedirect(f"{reverse('desk')}?queue=to-serve&proposed={len(cases)}", status=303)
    return render_schema(
        request, "portal/desk/bulk_proposal.html", _build_bulk_page(actor, "done", chosen, rows, cases=cases), twin=""
    )


def _build_bulk_page(
    actor: Actor, stage: str, chosen: AvailableList | None = None, rows: list[TypedRow] | None = None,
    content: str = "",
    problems: list[ProblemSchema] | None = None, cases: dict[int, int] | None = None,
) -> BulkProposalPage:  # fmt: skip
    shown_rows, case_numbers = rows or [], cases or {}
    return BulkProposalPage(
        about=describe_register(),
        stage=stage,
        office_name=find_office_name(actor.scope),
        lists=list_available_lists(actor),
        chosen=chosen,
        columns=_describe_columns(chosen.value) if chosen else [],
        example=",".join(list_file_columns(chosen.value)) if chosen else "",
        problems=problems or [],
        rows=[_present_row(row, case_numbers) for row in shown_rows],
        right=sum(row.typed.proposal is not None for row in shown_rows),
        content=content,
        most=MOST_ROWS,
    )


def _present_row(row: TypedRow, case_numbers: dict[int, int]) -> ProposalRow:
    values, row_problems = row.typed.values, [_strip_field_prefix(problem) for problem in row.typed.problems]
    return ProposalRow(
        number=row.number, name=values.get("name", ""), identifier=values.get("identifier", ""),
        reference=values.get("reference", ""), problems=row_problems, notes=row.typed.notes,
        case=case_numbers.get(row.number),
    )  # fmt: skip


def _strip_field_prefix(problem: ProblemSchema) -> ProblemSchema:
    """A problem at the column as the file names it."""
    return problem.model_copy(update={"where": (problem.where or "").removeprefix(FIELD_PREFIX)})


def _describe_columns(listed: str) -> list[FieldChoice]:
    """Every column with what it holds."""
    plain = {
        "kind": ", ".join(list_kinds_for_list(listed)),
        "identifier": _("its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12"),
        "name": _("exactly as your files have it"),
        "reference": _("your file number"),
        "occurred": _("the day of the finding: 2026-11-03"),
        "text": _("the reasons, in plain words"),
    }
    stated = list_stated_fields(listed)
    return [
        FieldChoice(
            value=name,
            title=plain.get(name) or _describe_column(stated[name].title, stated[name].one_of, stated[name].type),
        )
        for name in list_file_columns(listed)
    ]


def _describe_column(title: str, codes: tuple[str, ...], way: str) -> str:
    ways = {"boolean": _("yes or no"), "date": _("a day: 2026-11-03"), "integer": _("a whole number")}
    return f"{title}: {', '.join(codes) or ways.get(way, _('a text'))}"
