"""Proposals from a file: a list, the file, a look at every row, and then a case for each. Decisions never come so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadFile, BadIdentifier, BadInput, NotAllowed, NotPossible
from goodstanding.portal.desk.available_lists import (
    find_office_name,
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
    render_rows,
)
from goodstanding.portal.desk.proposal_views import OpeningView, link_own_cases
from goodstanding.portal.desk.schemas import BulkProposalPage, ProposalRow
from goodstanding.register.cases.proposals import Proposal, list_own_cases, propose_case
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.web.forms.review_form import NO_TEXT, ReviewForm
from goodstanding.web.forms.review_views import ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import PageLink, ProblemSchema


class BulkProposalForm(ReviewForm):
    """A file of proposals for a list: chosen now, or its text as the form carries it on; read row by row."""

    def __init__(self, listed: str, actor: Actor, day: date, data: Any = None, uploads: Any = None) -> None:
        super().__init__(NO_TEXT, data=data, uploads=uploads)
        self.listed, self.actor, self.day = listed, actor, day
        self.content, self.rows = "", list[TypedRow]()

    def clean(self) -> dict[str, Any]:
        """The rows, each with what is wrong with it; what is wrong with the file as a whole is the form's own error."""
        try:
            self.content = self._read_content()
            self.rows = read_proposal_file(self.listed, self.content, self.actor, self.day)
        except BadFile as error:
            self.refuse(error, "file")
        return dict(self.cleaned_data)

    def _read_content(self) -> str:
        if (file := self.files.get("file")) is not None:
            return decode_proposal_file(file.read(MOST_BYTES + 1), file.name or "")
        text = str(self.data.get("content", "")).replace("\r\n", "\n")
        if not text.strip():
            raise BadFile(_("No file was chosen."), remedy=_("a CSV file"))
        return decode_proposal_file(text.encode(errors="replace"), "")

    def list_identifiers(self) -> set[str]:
        """Whom the rows are about, as far as that can be read."""
        identifiers = set()
        for row in self.rows:
            with suppress(BadIdentifier):
                identifiers.add(str(parse_identifier(row.typed.values.get("identifier", "").strip())))
        return identifiers


class BulkProposalView(OpeningView):
    """The form for a file; a look at every row; or the cases that its rows opened."""

    template = "portal/desk/bulk_proposal.html"

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Who proposes, for which list; raises NotAllowed for whoever imposes interim measures."""
        super().setup(request, *arguments, **parameters)
        if is_opening_interim(self.actor):
            raise NotAllowed(_("Interim measures are imposed one by one."), remedy=_("charter article 16"))

    def build_form(self, data: Any = None, uploads: Any = None) -> BulkProposalForm:
        """The form, with what was sent."""
        assert self.chosen
        return BulkProposalForm(self.chosen.value, self.actor, self.at, data, uploads)

    def list_events(self, form: BulkProposalForm) -> Mapping[int, PageLink] | None:
        """The cases that the office opened about anybody in the file, for the same list."""
        return link_own_cases(form.list_identifiers(), form.listed, self.actor) if form.rows else None

    def send(self, form: BulkProposalForm) -> str | HttpResponse:
        """Opens a case for each row that can be proposed; says what became of each, unless all of them were."""
        cases = self._propose_rows(form)
        if len(cases) == len(form.rows):
            return f"{reverse('desk')}?queue=to-serve&proposed={len(cases)}"
        form.content = render_rows(form.content, {row.number for row in form.rows} - set(cases))
        page = self.build_page(form, ReviewStage.DONE, {"cases": cases})
        return render_schema(self.request, self.template, page, twin="")

    def _propose_rows(self, form: BulkProposalForm) -> dict[int, int]:
        cases = dict[int, int]()
        for row in form.rows:
            if row.typed.proposal is None:
                continue
            seen = self._find_seen_case(row.typed.proposal, cases.values(), form)
            try:
                case_file = propose_case(row.typed.proposal, self.actor, self.at, clock.get_now(), seen=seen)
            except (BadInput, NotPossible) as error:  # somebody else was faster
                row.typed.problem(error.where or "text", error)
            else:
                cases[row.number] = case_file.position
        return cases

    def _find_seen_case(self, proposal: Proposal, opened_cases: Collection[int], form: BulkProposalForm) -> int | None:
        """The newest case about whoever is meant that the sender knows of: what the file itself opened is theirs."""
        own_cases = list_own_cases([proposal.identifier], proposal.list, self.actor.scope)
        return max(set(own_cases) & set(opened_cases), default=form.version_seen)

    def build_page(
        self, form: BulkProposalForm | None, stage: ReviewStage, review: Mapping[str, Any]
    ) -> BulkProposalPage:
        """The form, or every row of the file; without a form, the lists to choose from."""
        rows, chosen, cases = form.rows if form else [], self.chosen, review.get("cases", {})
        return BulkProposalPage(
            about=describe_register(),
            stage=stage,
            office_name=find_office_name(self.actor.scope),
            lists=list_available_lists(self.actor),
            chosen=chosen,
            columns=_describe_columns(chosen.value) if chosen else [],
            example=",".join(list_file_columns(chosen.value)) if chosen else "",
            rows=[_present_row(row, cases) for row in rows],
            right=sum(row.typed.proposal is not None for row in rows),
            content=form.content if form else "",
            most=MOST_ROWS,
        )


def _present_row(row: TypedRow, case_numbers: Mapping[int, int]) -> ProposalRow:
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


show_bulk_proposal_page = BulkProposalView.as_view()
