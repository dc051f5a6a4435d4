"""A proposal as it is typed, in a form or in a row of a file, and as it is meant; every problem stands at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadDay, BadIdentifier, BadInput, GoodstandingError, NotPossible
from goodstanding.ledger.store import get_ledger_size
from goodstanding.portal.desk.available_lists import get_list_record, is_opening_interim, list_stated_fields
from goodstanding.procedure.case_machine import apply_act
from goodstanding.procedure.case_states import Act, CompletedAct, HeardCase
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.time_limits import ProcedureTerms
from goodstanding.register.cases.case_file import LONGEST, CaseAct, CaseFile
from goodstanding.register.cases.field_validation import check_fields
from goodstanding.register.cases.proposals import Proposal, check_proposal
from goodstanding.register.files.subjects import Subject
from goodstanding.register.projection.case_rows import find_case_terms
from goodstanding.register.rules.enacted_catalogues import list_catalogue_versions
from goodstanding.register.rules.identifier_schemes import list_schemes, parse_identifier
from goodstanding.web.forms.attachments import build_event_files
from goodstanding.web.forms.entered_text import clean_entered_text
from goodstanding.web.http import clock
from goodstanding.web.http.errors import present_error, render_message
from goodstanding.web.http.parameters import LONGEST_TEXT, parse_day, parse_number
from goodstanding.web.schemas.page_frame import ProblemSchema

PLAIN_FIELDS = ("kind", "identifier", "name", "reference", "occurred")
FIELD_PREFIX = "field."
APPLICATION_FIELD = "application"
DRAFT_POSITION = -1  # the position of an event that is not written


@dataclass
class TypedProposal:
    """What was typed about a proposal, the files with it, and what is wrong; `proposal` is the proposal itself."""

    listed: str
    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[ProblemSchema] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    proposal: Proposal | None = None

    def problem(self, where: str, error: GoodstandingError) -> None:
        """Notes what is wrong; of one field only the first thing."""
        if all(problem.where != where for problem in self.problems):
            self.problems.append(present_error(error).model_copy(update={"where": where}))


def read_typed_proposal(
    listed: str, values: Mapping[str, str], actor: Actor, at: date, exhibits: list[Exhibit]
) -> TypedProposal:
    """What was typed, checked field by field, and then as a whole against what else stands in the register."""
    typed = TypedProposal(listed, exhibits=exhibits)
    for name, text in values.items():
        typed.values[name] = _clean_field(typed, name, str(text))
    fields = _check_finding_fields(typed, at)
    occurred = _parse_occurred_day(typed)
    _check_identifier(typed)
    if typed.problems or occurred is None:
        return typed
    typed.proposal = Proposal(
        list=listed, kind=typed.values.get("kind", ""), identifier=typed.values["identifier"].strip(),
        name=typed.values.get("name", ""), reference=typed.values.get("reference", ""), occurred=occurred,
        text=typed.values.get("text", ""), fields=fields, evidence=tuple(build_event_files(exhibits)),
        application=parse_number(typed.values.get(APPLICATION_FIELD, "")),
    )  # fmt: skip
    _check_whole_proposal(typed, actor, at)
    return typed


def _clean_field(typed: TypedProposal, name: str, text: str) -> str:
    plain, problem = clean_entered_text(text, name, LONGEST if name == "text" else LONGEST_TEXT)
    if problem:
        typed.problem(name, problem)
    return plain


def _check_finding_fields(typed: TypedProposal, at: date) -> dict[str, Any]:
    """The fields of the finding, each checked by itself, so that all that is wrong shows at once."""
    _rules, _name, record = get_list_record(typed.listed)
    field_values: dict[str, Any] = {}
    for name, rule in list_stated_fields(typed.listed).items():
        alone = record.model_copy(update={"fields": {name: rule}})
        try:
            field_values |= check_fields({name: typed.values.get(f"{FIELD_PREFIX}{name}", "").strip()}, alone, at)
        except BadInput as error:
            typed.problem(f"{FIELD_PREFIX}{name}", error)
    return field_values


def _parse_occurred_day(typed: TypedProposal) -> date | None:
    try:
        return parse_day(typed.values.get("occurred", "").strip(), "occurred")
    except BadDay as error:
        typed.problem("occurred", error)
        return None


def _check_identifier(typed: TypedProposal) -> None:
    try:
        identifier = parse_identifier(typed.values.get("identifier", "").strip())
    except BadIdentifier as error:
        typed.problem("identifier", error)
    else:
        typed.notes += map(render_message, identifier.problems(list_schemes()))
    messages = {
        "name": _("No name is given."),
        "reference": _("No file number is given."),
        "text": _("No reasons are given."),
    }
    for name, message in messages.items():
        if not typed.values.get(name, "").strip():
            remedy = _("facts and law, in plain words") if name == "text" else _("what your files have")
            typed.problem(name, BadInput(message, remedy=remedy))


def _check_whole_proposal(typed: TypedProposal, actor: Actor, at: date) -> None:
    assert typed.proposal
    try:
        check_proposal(typed.proposal, actor, at, is_opening_interim(actor))
    except (BadInput, NotPossible) as error:
        record = get_list_record(typed.listed)[2]
        where = error.where or "text"
        typed.problem(f"{FIELD_PREFIX}{where}" if where in record.fields else where, error)
        typed.proposal = None


def build_draft_case(typed: TypedProposal, actor: Actor, at: date, with_notice: bool = False) -> CaseFile:
    """The case as it would be opened by what was typed; `told` also as if its notice had been served the same day."""
    assert typed.proposal
    act, content = check_proposal(typed.proposal, actor, at, is_opening_interim(actor))
    rules = get_list_record(typed.listed)[0]
    proposal, listed = typed.proposal, str(content["list"])
    terms = find_case_terms({**content, "listed": listed, "position": get_ledger_size()}, list_catalogue_versions())
    case = apply_act(HeardCase(terms or ProcedureTerms()), CompletedAct(act, at, actor.name))
    subject = Subject(0, proposal.kind, proposal.name, (), (str(parse_identifier(proposal.identifier)),), "", "")
    opened = CaseAct(DRAFT_POSITION, clock.get_now(), act, at, actor.name, actor.scope, content)
    case_file = CaseFile(0, subject, rules.name, listed, actor.scope, None, case, (opened,))
    if not with_notice:
        return case_file
    served = CaseAct(DRAFT_POSITION, clock.get_now(), Act.SERVE_NOTICE, at, actor.name, actor.scope, {})
    return replace(
        case_file, case=apply_act(case, CompletedAct(Act.SERVE_NOTICE, at, actor.name)), acts=(opened, served)
    )
