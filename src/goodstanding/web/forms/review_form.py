"""A form that is filled in, shown once more, and sent: what is refused keeps every word and every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views import View

from goodstanding.access import Actor
from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotPossible, Overtaken
from goodstanding.procedure.notices import Exhibit
from goodstanding.web.forms.attachments import AttachmentsField, collect_attachments, present_waiting_file
from goodstanding.web.forms.form_fields import FieldProblem, TextField
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import get_json_address, render_json, render_schema
from goodstanding.web.schemas.forms import ActField, ActForm, ExhibitSchema, ReasonTemplate
from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink, ProblemSchema

SEE_OTHER, CONFLICT = 303, 409
LONGEST_VERSION = 18  # digits


class ReviewStep(StrEnum):
    """What a button of a review form asks for."""

    REVIEW = "review"
    EDIT = "edit"
    SEND = "send"


class ReviewStage(StrEnum):
    """What the page of a review form shows."""

    FORM = "form"
    CHECK = "check"
    OVERTAKEN = "overtaken"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class ReviewFormText:
    """How a review form speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


NO_TEXT = ReviewFormText("", "", "", "", "")  # of a form whose page has its own words


@dataclass(frozen=True, slots=True)
class AttachmentOwner:
    """Whose files wait in a form: who fills it in, on which day, and about the event at which position."""

    position: int
    actor: Actor
    day: date


class StepField(forms.Field):
    """The step that was asked for; a form that names none is reviewed, never sent."""

    def to_python(self, value: Any) -> ReviewStep:
        """The step."""
        return ReviewStep(value) if value in tuple(ReviewStep) else ReviewStep.REVIEW


class VersionField(forms.Field):
    """What the sender had seen; None where the form does not say."""

    def to_python(self, value: Any) -> int | None:
        """The version as a number."""
        text = str(value or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_VERSION else None


class ReviewForm(forms.Form):
    """A form that is filled in, shown once more, and sent; a refusal loses no word."""

    step = StepField(required=False)
    version = VersionField(required=False)
    files = AttachmentsField(required=False)

    def __init__(
        self, text: ReviewFormText, *, owner: AttachmentOwner | None = None, data: Any = None, uploads: Any = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, uploads, **options)
        self.text, self.owner = text, owner
        self.exhibits: list[Exhibit] = []
        if owner is None:
            del self.fields["files"]

    @property
    def asked_step(self) -> ReviewStep:
        """What is to be done with the form."""
        return ReviewStep(self.cleaned_data["step"])

    @property
    def version_seen(self) -> int | None:
        """What the sender had seen."""
        return self.cleaned_data.get("version")

    @property
    def status(self) -> int:
        """The HTTP status of a refusal for what is wrong in the form."""
        return CONFLICT if any(problem.code == NotPossible.code for problem in self.present_problems()) else 400

    def clean_files(self) -> list[Exhibit]:
        """The files, kept at once; what is wrong with one loses none of the others."""
        assert self.owner
        tokens, uploads = self.cleaned_data["files"]
        owner = self.owner
        self.exhibits, problems = collect_attachments(tokens, uploads, owner.position, owner.actor, owner.day)
        for problem in problems:
            self.add_error("files", FieldProblem(problem.message, problem.remedy, problem.code))
        return self.exhibits

    def refuse(self, error: GoodstandingError, where: str = "text") -> None:
        """Notes why the register refused it, at the field that it names."""
        name = error.where or where
        stated = present_error(error)
        problem = FieldProblem(stated.message, stated.remedy, error.code, name)
        self.add_error(name if name in self.fields else None, problem)

    def present_problems(self) -> list[ProblemSchema]:
        """What is wrong, field by field."""
        return [
            ProblemSchema(
                code=problem.code or "bad-input", message=problem.messages[0],
                where=getattr(problem, "where", None) if name == NON_FIELD_ERRORS else name,
                remedy=getattr(problem, "remedy", None),
            )
            for name, problems in self.errors.as_data().items()
            for problem in problems
        ]  # fmt: skip

    def present_fields(self) -> list[ActField]:
        """The fields with what was typed into them."""
        problems_by_field = {problem.where: problem for problem in reversed(self.present_problems())}
        return [
            field.present(name, self[name].id_for_label, self[name].value(), problems_by_field.get(name))
            for name, field in self.fields.items()
            if isinstance(field, TextField)
        ]

    def present_exhibits(self) -> list[ExhibitSchema]:
        """The files that wait in the form."""
        if self.owner is None:
            return []
        return [present_waiting_file(exhibit, self.owner.position, self.owner.actor) for exhibit in self.exhibits]

    def present_form(
        self, act: str, address: str, version: int, *, files: bool, reason_templates: list[ReasonTemplate] | None = None
    ) -> ActForm:
        """The form as pages and programs read it; `version` is what whoever reads it now has seen."""
        return ActForm(
            act=act, title=self.text.title, says=self.text.says, address=address, seen=version,
            fields=list(self.present_fields()), files=files, kept=self.present_exhibits(),
            wordings=reason_templates or [], check=self.text.check, send=self.text.send,
        )  # fmt: skip


class ReviewFormView(View):
    """The page of a review form: a POST without a step never executes, and a stale one is told what happened."""

    http_method_names = ["get", "head", "post"]
    has_twin = False
    is_twin = False

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Whether a program reads the page: its twin says what the empty form says."""
        super().setup(request, *arguments, **parameters)
        self.is_twin = parameters.get("twin", False)

    def build_form(self, data: Any = None, uploads: Any = None) -> ReviewForm:
        """The form, with what was sent."""
        raise NotImplementedError

    def list_events(self, form: ReviewForm) -> Mapping[int, PageLink]:
        """What happened that whoever sends the form should have seen, by position."""
        return {}

    def find_version(self, form: ReviewForm) -> int:
        """What whoever opens the form now sees: the newest of what happened."""
        return max(self.list_events(form), default=0)

    def explain_refusal(self) -> str:
        """Why the act is not open to whoever asks; nothing where it is."""
        return ""

    def get_refusal_status(self) -> int:
        """The HTTP status of that refusal."""
        return CONFLICT

    def is_stale(self, form: ReviewForm) -> bool:
        """Whether something happened since the form was made."""
        return form.version_seen is not None and form.version_seen != self.find_version(form)

    def is_version_needed(self) -> bool:
        """Whether a form is sent only by whoever says what they had seen."""
        return True

    def reload(self) -> None:
        """Reads again what the form is about, after somebody else was faster."""

    def build_review(self, form: ReviewForm) -> Mapping[str, Any]:
        """What would follow, for `render_stage`; nothing is written."""
        return {}

    def send(self, form: ReviewForm) -> str:
        """Does the act; gives the address to go on to."""
        raise NotImplementedError

    def render_stage(self, form: ReviewForm, stage: ReviewStage, status: int = 200, **review: Any) -> HttpResponse:
        """The page."""
        raise NotImplementedError

    def render_form_page(
        self, template: str, schema: FrozenSchema, form: ReviewForm, stage: ReviewStage, status: int, **context: Any
    ) -> HttpResponse:
        """The page by its template, which reads the version too, what happened since, and why the act is not open."""
        if self.is_twin:
            return render_json(schema)
        seen = form.version_seen if stage is ReviewStage.OVERTAKEN else None
        events = sorted(self.list_events(form).items())
        context |= {
            "version": self.find_version(form),
            "meanwhile": [event for position, event in events if seen is not None and position > seen],
            "because": self.explain_refusal(),
            "twin": get_json_address(self.request) if self.has_twin and self.request.method != "POST" else "",
        }
        return render_schema(self.request, template, schema, status, **context)

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The empty form."""
        return self._render_barred(self.build_form()) or self.render_stage(self.build_form(), ReviewStage.FORM)

    def post(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The form with what is wrong, what would be sent, or where to go on to once it is sent."""
        if self.is_twin:
            return self.get(request, **parameters)
        form = self.build_form(request.POST, request.FILES)
        form.full_clean()
        if self.is_stale(form):
            return self.render_stage(form, ReviewStage.OVERTAKEN, CONFLICT)
        if barred := self._render_barred(form):
            return barred
        if form.asked_step is ReviewStep.EDIT:
            return self.render_stage(form, ReviewStage.FORM)
        is_unseen = form.version_seen is None and self.is_version_needed()
        if form.asked_step is ReviewStep.SEND and is_unseen:
            form.refuse(BadInput(_("This form does not say what it was made from."), remedy=_("the page’s own form")))
        if form.errors:
            return self.render_stage(form, ReviewStage.FORM, form.status)
        return self._send(form) if form.asked_step is ReviewStep.SEND else self._review(form)

    def _render_barred(self, form: ReviewForm) -> HttpResponse | None:
        if not self.explain_refusal():
            return None
        return self.render_stage(form, ReviewStage.BARRED, self.get_refusal_status())

    def _review(self, form: ReviewForm) -> HttpResponse:
        try:
            return self.render_stage(form, ReviewStage.CHECK, **self.build_review(form))
        except (BadInput, NotPossible) as error:
            return self._refuse(form, error)

    def _send(self, form: ReviewForm) -> HttpResponse:
        try:
            return HttpResponseRedirect(self.send(form), status=SEE_OTHER)
        except Overtaken:
            self.reload()
            return self.render_stage(form, ReviewStage.OVERTAKEN, CONFLICT)
        except (BadInput, NotPossible, NotAllowed) as error:
            return self._refuse(form, error)

    def _refuse(self, form: ReviewForm, error: GoodstandingError) -> HttpResponse:
        form.refuse(error)
        return self.render_stage(form, ReviewStage.FORM, get_error_status(error))
