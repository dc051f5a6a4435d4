"""The page of a review form: filled in, shown once more, and sent; whoever was overtaken is told what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotPossible, Overtaken
from goodstanding.web.forms.review_form import CONFLICT, ReviewForm, ReviewStep
from goodstanding.web.http.errors import get_error_status, is_own_form
from goodstanding.web.http.pages import get_json_address, render_json, render_schema
from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink

SEE_OTHER = 303
EMPTY_REVIEW: Mapping[str, Any] = MappingProxyType({})


class ReviewStage(StrEnum):
    """What the page of a review form shows."""

    CHOOSE = "choose"
    FORM = "form"
    CHECK = "check"
    OVERTAKEN = "overtaken"
    BARRED = "barred"
    DONE = "done"


class ReviewFormView(View):
    """The page of a review form: a POST without a step never executes, and a stale one is told what happened.

    Whoever signed in again while a form was open goes back to it, although its token is of before: that sends nothing.
    """

    http_method_names = ["get", "head", "post"]
    template = ""
    review_template = ""  # of the check page, where it is another
    has_twin = False
    is_twin = False

    @classmethod
    def as_view(cls, **options: Any) -> Callable[..., HttpResponse]:
        """The view, which looks for the form's token itself."""
        view: Callable[..., HttpResponse] = csrf_exempt(super().as_view(**options))
        return view

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Whether a program reads the page: its twin says what the empty form says."""
        super().setup(request, *arguments, **parameters)
        self.is_twin = parameters.get("twin", False)

    def build_form(self, data: Any = None, uploads: Any = None) -> ReviewForm:
        """The form, with what was sent."""
        raise NotImplementedError

    def list_events(self, form: ReviewForm) -> Mapping[int, PageLink] | None:
        """What happened that whoever sends the form should have seen, by position; None where its matter is unclear."""
        return {}

    def find_version(self, form: ReviewForm) -> int:
        """What whoever opens the form now sees: the newest of what happened."""
        return max(self.list_events(form) or {}, default=0)

    def explain_refusal(self) -> str:
        """Why the act is not open to whoever asks; nothing where it is."""
        return ""

    def get_refusal_status(self) -> int:
        """The HTTP status of that refusal."""
        return CONFLICT

    def is_stale(self, form: ReviewForm) -> bool:
        """Whether something happened since the form was made."""
        if form.version_seen is None or self.list_events(form) is None:
            return False
        return form.version_seen < self.find_version(form)

    def is_version_needed(self) -> bool:
        """Whether a form is sent only by whoever says what they had seen."""
        return True

    def reload(self) -> None:
        """Reads again what the form is about, after somebody else was faster."""

    def build_review(self, form: ReviewForm) -> Mapping[str, Any]:
        """What would follow, for the check page and its template; nothing is written."""
        return {}

    def send(self, form: ReviewForm) -> str | HttpResponse:
        """Does the act; gives the address to go on to, or a page that says what became of it."""
        raise NotImplementedError

    def build_page(self, form: Any, stage: ReviewStage, review: Mapping[str, Any]) -> FrozenSchema:
        """What the page says."""
        raise NotImplementedError

    def build_context(self, form: ReviewForm) -> dict[str, Any]:
        """What the template reads beside the page."""
        return {}

    def get_template(self, stage: ReviewStage) -> str:
        """The template of a stage."""
        return self.review_template or self.template if stage is ReviewStage.CHECK else self.template

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The empty form."""
        return self._render_barred(self.build_form()) or self._render(self.build_form(), ReviewStage.FORM)

    def post(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The form with what is wrong, what would be sent, or where to go on to once it is sent."""
        if self.is_twin:
            return self.get(request, **parameters)
        is_edit = request.POST.get("step") == ReviewStep.EDIT and not request.FILES
        answer: Callable[..., HttpResponse] = self._answer if is_edit and is_own_form(request) else self._answer_checked
        return answer(request)

    def _answer_checked(self, request: HttpRequest) -> HttpResponse:
        protected: Callable[..., HttpResponse] = csrf_protect(self._answer)
        return protected(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        form = self.build_form(request.POST, request.FILES)
        form.full_clean()
        if self.is_stale(form):
            return self._render(form, ReviewStage.OVERTAKEN, CONFLICT)
        if barred := self._render_barred(form):
            return barred
        if form.asked_step is ReviewStep.EDIT:
            return self._render(form, ReviewStage.FORM)
        if form.asked_step is ReviewStep.SEND and self.is_version_needed() and self._is_version_absurd(form):
            form.refuse(BadInput(_("This form does not say what it was made from."), remedy=_("the page’s own form")))
        if form.errors:
            return self._render(form, ReviewStage.FORM, form.status)
        return self._send(form) if form.asked_step is ReviewStep.SEND else self._review(form)

    def _is_version_absurd(self, form: ReviewForm) -> bool:
        """Whether the form does not say what its sender had seen, or says more than there is."""
        if form.version_seen is None:
            return True
        return self.list_events(form) is not None and form.version_seen > self.find_version(form)

    def _render_barred(self, form: ReviewForm) -> HttpResponse | None:
        if not self.explain_refusal():
            return None
        return self._render(form, ReviewStage.BARRED, self.get_refusal_status())

    def _review(self, form: ReviewForm) -> HttpResponse:
        try:
            return self._render(form, ReviewStage.CHECK, review=self.build_review(form))
        except (BadInput, NotPossible) as error:
            return self._refuse(form, error)

    def _send(self, form: ReviewForm) -> HttpResponse:
        try:
            outcome = self.send(form)
        except Overtaken:
            self.reload()
            return self._render(form, ReviewStage.OVERTAKEN, CONFLICT)
        except (BadInput, NotPossible, NotAllowed) as error:
            return self._refuse(form, error)
        return HttpResponseRedirect(outcome, status=SEE_OTHER) if isinstance(outcome, str) else outcome

    def _refuse(self, form: ReviewForm, error: GoodstandingError) -> HttpResponse:
        form.refuse(error)
        return self._render(form, ReviewStage.FORM, get_error_status(error))

    def _render(
        self, form: ReviewForm, stage: ReviewStage, status: int = 200, review: Mapping[str, Any] = EMPTY_REVIEW
    ) -> HttpResponse:
        schema = self.build_page(form, stage, review)
        if self.is_twin:
            return render_json(schema)
        context = {"stage": stage, "version": self.find_version(form), "because": self.explain_refusal()}
        context |= {"meanwhile": self._list_newer_events(form), "problems": form.present_problems()}
        context["twin"] = get_json_address(self.request) if self.has_twin and self.request.method != "POST" else ""
        context |= {**review, **self.build_context(form)}
        return render_schema(self.request, self.get_template(stage), schema, status, **context)

    def _list_newer_events(self, form: ReviewForm) -> list[PageLink]:
        if not form.is_bound or form.version_seen is None:
            return []
        events = sorted((self.list_events(form) or {}).items())
        return [event for position, event in events if position > form.version_seen]
