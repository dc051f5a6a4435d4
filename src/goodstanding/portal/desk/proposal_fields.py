"""The form of one proposal: what it asks about the subject and the finding, and what was typed as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.portal.desk.available_lists import list_kinds_for_list, list_stated_fields
from goodstanding.portal.desk.proposal_forms import (
    APPLICATION_FIELD,
    FIELD_PREFIX,
    PLAIN_FIELDS,
    TypedProposal,
    read_typed_proposal,
)
from goodstanding.register.cases.case_file import LONGEST
from goodstanding.web.forms.form_fields import FieldProblem, describe_problem
from goodstanding.web.forms.record_fields import build_field_input
from goodstanding.web.forms.review_form import NO_TEXT, AttachmentOwner, ReviewForm
from goodstanding.web.schemas.forms import ActField, FieldChoice, FieldInput
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.templatetags.formatting import name_subject_kind

NO_CASE = 0  # files of a form whose case is not opened yet


class ProposalForm(ReviewForm):
    """The form of a proposal for a list, read as a row of a file of proposals is read."""

    def __init__(
        self, listed: str, actor: Actor, at: date, data: Any, uploads: Any, values: Mapping[str, str]
    ) -> None:  # fmt: skip
        owner = AttachmentOwner(NO_CASE, actor, at)
        super().__init__(NO_TEXT, owner=owner, data=data, uploads=uploads)
        self.typed, self.actor, self.at = TypedProposal(listed, values=dict(values)), actor, at

    def clean(self) -> dict[str, Any]:
        """What was typed, field by field, and as a whole against what else stands in the register."""
        names = (*PLAIN_FIELDS, APPLICATION_FIELD, "text")
        values = {name: self.data[name] for name in self.data if name in names or name.startswith(FIELD_PREFIX)}
        self.typed = read_typed_proposal(self.typed.listed, values, self.actor, self.at, self.exhibits)
        for problem in self.typed.problems:
            name = problem.where or "text"
            self.add_error(None, FieldProblem(problem.message, problem.remedy, problem.code, name))
        return dict(self.cleaned_data)

    def present_fields(self) -> list[ActField]:
        """The fields about the subject and the day."""
        kinds = [
            FieldChoice(value=subject_kind, title=name_subject_kind(subject_kind))
            for subject_kind in list_kinds_for_list(self.typed.listed)
        ]
        kind_fields = [self._build_field("kind", _("Who is meant"), "one of these", "", kinds)] if kinds[1:] else []
        scheme_hint = _("Its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12")
        number_hint = _("The same number about the same subject opens one case")
        return [
            *kind_fields,
            self._build_field("identifier", _("Identifier"), "text", scheme_hint),
            self._build_field("name", _("Name, exactly as your files have it"), "text"),
            self._build_field("reference", _("Your file number"), "text", number_hint),
            self._build_field("occurred", _("Day of the finding"), "day"),
        ]

    def present_reasons(self) -> list[ActField]:
        """The field of the reasons."""
        hint = _("Facts and law, in plain words; the subject reads them word for word. Up to %(n)s characters")
        return [self._build_field("text", _("Reasons"), "words", hint % {"n": f"{LONGEST:,}"})]

    def present_finding(self) -> list[FieldInput]:
        """The fields of the record that the list rests on."""
        problems, values = self._list_problems(), self.typed.values
        return [
            build_field_input(f"{FIELD_PREFIX}{name}", name, rule, values.get(f"{FIELD_PREFIX}{name}"), problems)
            for name, rule in list_stated_fields(self.typed.listed).items()
        ]

    def _list_problems(self) -> dict[str, ProblemSchema]:
        return {problem.where or "": problem for problem in reversed(self.present_problems())}

    def _build_field(
        self, name: str, title: str, way: str, hint: str = "", choices: list[FieldChoice] | None = None
    ) -> ActField:
        return ActField(
            address=f"propose-{name}", field=name, title=title, way=way, hint=hint, choices=choices or [],
            required=True, entered=self.typed.values.get(name, ""),
            problem=describe_problem(self._list_problems().get(name)),
        )  # fmt: skip
