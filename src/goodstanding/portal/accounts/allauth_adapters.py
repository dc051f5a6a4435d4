"""What django-allauth asks this register: nobody signs up by themselves, wrong tries count by name and address."""

from __future__ import annotations

import base64
import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from goodstanding import config
from goodstanding.plain_text import compute_name_key
from goodstanding.web.http.actors import CHOSEN_ACCOUNT_KEY, get_chosen_actor, lacks_second_step
from goodstanding.web.http.layout import find_own_address
from goodstanding.web.models import Account

log = logging.getLogger("goodstanding.web")
background = ThreadPoolExecutor(1)  # one letter after the other; whoever waits for it sends it something more


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given; e-mails carry the register's name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": _("The address that e-mails go to cannot be removed; choose another one first."),
        "duplicate_email": _("This address is on your list already."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("Your present password, as it is now."),
        "incorrect_code": _("This code is not right, or too old. Type the one that shows now."),
        "incorrect_password": _("This is not your password. Capitals count."),
        "invalid_or_expired_key": _("This link was used already, or is too old."),
        "invalid_password_reset": _("This link was used already, or is too old."),
        "too_many_login_attempts": _("There were too many tries. Nothing was checked."),
        "unknown_email": _("No account here has this address."),
        "username_password_mismatch": _("The name or the password is wrong."),
        "rate_limited": _("There were too many tries. Nothing was checked."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever asked for no page is led to their own work."""
        return find_own_address(get_chosen_actor(request).role) or super().get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Leads on to where one wanted to go; whoever has several parts chooses one first, or sets up a second step."""
        response = super().post_login(request, user, **options)
        if lacks_second_step(user):
            response.headers["Location"] = reverse("mfa_index")
            return response
        if Account.objects.filter(user=user).count() > 1 and CHOSEN_ACCOUNT_KEY not in request.session:
            wanted = response.headers["Location"]
            query = "" if wanted == reverse("home") else "?" + urlencode({"next": wanted})
            response.headers["Location"] = reverse("roles") + query
        return response

    def format_email_subject(self, subject: str) -> str:
        """The subject with the register's name before it."""
        return f"[{config.get_current_register().name}] {subject}"

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """An e-mail whose words may name the register."""
        return super().render_mail(
            template_prefix, email, {"register_name": config.get_current_register().name} | context, headers
        )

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Writes and sends the link after the answer: by its time nobody learns whether an address has an account."""
        background.submit(copy_context().run, self._send_reset_mail, user, email, context)

    def _send_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_password_reset_mail(user, email, context)
        except OSError as error:  # SMTPException is one
            log.warning("A link for a new password was not sent: %s", error)
        finally:
            connections.close_all()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try, by name and address, and by name alone: guesses from many addresses are slowed too."""
        super().pre_authenticate(request, **credentials)
        name = compute_name_key(credentials.get("username") or "")
        self._slower_usage = _consume("login_failed_anywhere", request, name) or _consume(
            "login_failed_slowed", request, self._get_login_attempts_cache_key(request, **credentials)
        )
        if not self._slower_usage:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        self._slower_usage.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries count by name and address together, so that nobody locks others out from elsewhere."""
        named = credentials | {"username": compute_name_key(credentials.get("username") or "")}
        return f"{ratelimit.get_ip(request)} {super()._get_login_attempts_cache_key(request, **named)}"


def _consume(action: str, request: HttpRequest, key: str) -> Any:
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """An identity provider's word makes no account; it opens one that its person connected."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("This sign-in belongs to another account here."),
        "no_password": _("Set a password first, or you could not sign in any more."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody makes an account by themselves."""
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted; the picture with the secret is drawn inside the page."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or too old. Type the one that shows now."),
    }

    def get_totp_label(self, user: Any) -> str:
        """The name in the app: that which one signs in with."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """What the app calls us."""
        return config.get_current_register().name

    def _get_site_name(self) -> str:
        return config.get_current_register().name

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """The name of a key that nobody named: its number."""
        return str(_("Key %(number)s") % {"number": user.authenticator_set.filter(type=type).count() + 1})

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page: its policy lets no picture in that is not a file of ours."""
        code = QRCode(border=2)
        code.add_data(url)
        picture: Any = code.make_image(image_factory=SvgPathImage)
        return str(picture.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it, under the key that signs sessions."""
        return _build_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _build_cipher().decrypt(encrypted_text.encode()).decode()


def _build_cipher() -> Fernet:
    key = hashlib.sha256(b"second step " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
