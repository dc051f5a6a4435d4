"""The forms about sources: what each act asks for, and the change that was filled in; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.errors import GoodstandingError
from goodstanding.register.rules.admission_sheet import COLUMNS, parse_admission_sheet
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.source_checks import SourceAct, SourceChange
from goodstanding.register.storage.event_text import LONGEST_NAME, LONGEST_REASON
from goodstanding.web.forms.form_fields import DayField, FieldProblem, OneOfField, TextField
from goodstanding.web.forms.review_form import ReviewForm, ReviewFormText
from goodstanding.web.http.errors import present_error
from goodstanding.web.schemas.forms import ActForm

LONGEST_TABLE = 25_000
_LINES = "sources, "  # how a problem of one line of the table says where it is


class Settlement(StrEnum):
    """What somebody else does with a change that was proposed."""

    SIGN = "sign"
    DECLINE = "decline"


def describe_change_form(act: SourceAct | Settlement) -> ReviewFormText:
    """The words of a form."""
    return {
        SourceAct.ADMIT: ReviewFormText(
            _("Admit sources"),
            _("Each line is an authority of a kind to which the catalogue gives a mandate. All lines are one act."),
            _("Sources"), _("Check the sources"), _("Propose to admit them"),
        ),
        SourceAct.END: ReviewFormText(
            _("End a source"),
            _("After its last day it may state nothing. What it stated before stays until it is over."),
            _("Source"), _("Check"), _("Propose to end it"),
        ),
        SourceAct.MERGE: ReviewFormText(
            _("Merge a source into another"),
            _("The other one takes over its cases, and its records as soon as it states them."),
            _("Source"), _("Check"), _("Propose to merge it"),
        ),
        SourceAct.RENUMBER: ReviewFormText(
            _("Give a source its new number"),
            _("It stays the same office: its mandate, its cases and its records go on under the new number."),
            _("Source, by its number of before"), _("Check"), _("Propose the new number"),
        ),
        Settlement.SIGN: ReviewFormText(
            _("Sign this change"), _("Once you sign, it is done. Your name stands beside that of who proposed it."),
            "", _("Check"), _("Sign"),
        ),
        Settlement.DECLINE: ReviewFormText(
            _("Decline this change"), _("It is not done. Your reason stays in the ledger."),
            _("Why"), _("Check"), _("Decline"),
        ),
    }[act]  # fmt: skip


def list_admitting_catalogues() -> list[tuple[str, str]]:
    """The catalogues in force that let sources be admitted, each with its title."""
    rules = (enacted.catalogue for enacted in list_enacted().values())
    return [(catalogue.name, catalogue.title) for catalogue in rules if catalogue.admissions]


class SourceChangeForm(ReviewForm):
    """The form of a change of sources, or of what becomes of one that was proposed."""

    def __init__(
        self, act: SourceAct | Settlement, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        self.act = act
        super().__init__(describe_change_form(act), data=data, initial=initial, auto_id="%s")
        self.fields |= dict(_build_fields(act, self.text.label))

    def build_change(self) -> SourceChange:
        """What was filled in."""
        return SourceChange(act=SourceAct(self.act), **{
            name: value for name, value in self.cleaned_data.items() if name in SourceChange.__struct_fields__
        })  # fmt: skip

    def refuse(self, error: GoodstandingError, where: str = "text") -> None:
        """Notes why it was refused; what is wrong in a line of the table is said at the table, with the line."""
        place = error.where or ""
        if not place.startswith(_LINES):
            super().refuse(error, where)
            return
        stated = present_error(error)
        message = f"{place.removeprefix(_LINES).capitalize()}: {stated.message}"
        self.add_error("sources", FieldProblem(message, stated.remedy, error.code))

    def present(self, address: str, version: int) -> ActForm:
        """The form as pages and programs read it."""
        return self.present_form(self.act.value, address, version, files=False)


def _build_fields(act: SourceAct | Settlement, label: str) -> Iterator[tuple[str, TextField]]:
    if act in (SourceAct.ADMIT, SourceAct.END):
        missing = FieldProblem(_("No catalogue is chosen."), _("one of these"))
        yield "catalogue", OneOfField(_("Under which catalogue"), list_admitting_catalogues(), missing=missing)
    if act is SourceAct.ADMIT:
        yield "sources", _build_table_field(label)
    elif act is Settlement.DECLINE:
        missing = FieldProblem(_("The reasons are missing."), _("a reason"))
        yield "text", TextField(label, way="words", longest=LONGEST_REASON, missing=missing, files=False)
    elif isinstance(act, SourceAct):
        yield from _build_office_fields(act, label)


def _build_table_field(label: str) -> TextField:
    hint = _("A table as text, with the header %(columns)s. Region and above may be empty.")
    missing = FieldProblem(_("No source is named."), ",".join(COLUMNS))
    return TextField(
        label, way="words", longest=LONGEST_TABLE, hint=hint % {"columns": ",".join(COLUMNS)}, missing=missing,
        files=False, check=parse_admission_sheet,
    )  # fmt: skip


def _build_office_fields(act: SourceAct, label: str) -> Iterator[tuple[str, TextField]]:
    missing = FieldProblem(_("No source is named."), _("its number, as it stands in its files"))
    yield "office", TextField(label, longest=LONGEST_NAME, missing=missing)
    if act is not SourceAct.END:
        title = _("The source that it became") if act is SourceAct.MERGE else _("Its new number")
        yield "into", TextField(title, longest=LONGEST_NAME, missing=missing)
    yield "day", DayField(_("Its last day") if act is SourceAct.END else _("On which day"), needed=True)
    missing = FieldProblem(_("The basis is missing."), _("a law or a decision"))
    yield "basis", TextField(_("The law or the decision that says so"), missing=missing)
