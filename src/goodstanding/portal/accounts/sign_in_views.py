"""Signing in and out: django-allauth's own views, in this register's words."""

from __future__ import annotations

from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.web.about.schemas import SignedInResponse
from goodstanding.web.http.actors import get_actor_or_anybody
from goodstanding.web.http.errors import handle_too_many_requests
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.oversight.schemas import LabelledFact


def build_sign_in_page(request: HttpRequest) -> SignedInResponse:
    """Who is signed in, and what each role may see."""
    actor = get_actor_or_anybody(request)
    name = request.user.get_username() or None
    return SignedInResponse(
        about=describe_register(), name=name, role=actor.role.value, scope=actor.scope, roles=list_role_descriptions()
    )


def list_role_descriptions() -> list[LabelledFact]:
    """The roles that accounts have, and what each sees."""
    descriptions = {
        _("Subject"): _("its own file: cases, records, history, and who looked"),
        _("Source"): _("the files that it has stated records about"),
        _("Decider and appeal body"): _("the files that they decide on"),
        _("Overseer"): _("every file"),
        _("Recipient"): _("whole lists, to be used until their last day"),
        _("Applicant"): _("what became of what they asked for"),
        _("Relying party"): _("its own past answers"),
    }
    return [LabelledFact(label=label, text=text) for label, text in descriptions.items()]


class SignInView(LoginView):
    """The form; after ten wrong tries for a name from one address it rests for a quarter of an hour."""

    template_name = "portal/accounts/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, with what was wrong; or that there were too many tries."""
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            return handle_too_many_requests(self.request)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the form and the page around it say."""
        outside = get_adapter().list_providers(self.request)
        context = {"page": build_sign_in_page(self.request), "twin": reverse("sign-in.json"), "outside": outside}
        return super().get_context_data(**kwargs) | context


class PasskeySignInView(NextRedirectMixin, LoginWebAuthnView):
    """The page that asks the browser for a passkey."""

    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The button, with what the browser needs to be asked."""
        return self.render_to_response(self.get_context_data())

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again, with what was wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says, and what the browser is asked."""
        return super().get_context_data(**kwargs) | {"options": auth.begin_authentication(user=None)}


class PasskeyReauthenticationView(ReauthenticateWebAuthnView):
    """The page that asks for a passkey once more, before something that matters."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again, with what was wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=400)


_show_sign_in_json = make_page_view("portal/accounts/sign_in.html")(build_sign_in_page)


def show_sign_in_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The form, or who is signed in as JSON."""
    return _show_sign_in_json(request, twin=True) if twin else SignInView.as_view()(request)


_show_sign_out_form = make_page_view("portal/accounts/sign_out.html")(build_sign_in_page)


@require_http_methods(["GET", "HEAD", "POST"])
def show_sign_out_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """Asks whether to sign out, and does so when told."""
    if request.method == "POST" and not twin:
        return LogoutView.as_view()(request)
    return _show_sign_out_form(request, twin=twin)
