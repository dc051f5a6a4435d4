"""Forms of django-allauth as this register words them, and as it reads what comes from no browser."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class SignInForm(LoginForm):
    """Name and password; the name's field is called `username`, as password managers and programs know it."""

    def add_prefix(self, field_name: str) -> str:
        """The name of a field in the page."""
        return str(super().add_prefix("username" if field_name == "login" else field_name))


class _PasskeyForm:
    """A form that gets a passkey's answer: whatever cannot be read, or does not verify, is one refusal."""

    def clean_credential(self) -> Any:
        """The passkey whose answer it is."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            raise build_passkey_refusal() from error
        except Exception as error:  # what is forged fails in any way: a missing key, broken CBOR, a wrong signature
            raise build_passkey_refusal() from error


def build_passkey_refusal() -> ValidationError:
    """The refusal of a passkey."""
    return ValidationError(_("This passkey is not known here, or took too long. Nobody was signed in."), "passkey")


class PasskeySignInForm(_PasskeyForm, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeySecondStepForm(_PasskeyForm, passkeys.AuthenticateWebAuthnForm):
    """A passkey after a password."""


class PasskeyConfirmationForm(_PasskeyForm, passkeys.ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""


class PasskeyRegistrationForm(passkeys.AddWebAuthnForm):
    """A new passkey."""

    def clean(self) -> Any:
        """What the browser made, read as strictly."""
        try:
            return super().clean()
        except Exception as error:
            message = _("What came is no passkey, or it took too long. Nothing was added.")
            raise ValidationError(message, "passkey") from error
