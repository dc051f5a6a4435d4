"""Django-allauth's sign-ins from elsewhere, which bring an HTTP client: loaded with the addresses, not before."""

from __future__ import annotations

from allauth.socialaccount.apps import SocialAccountConfig


class SignInsFromElsewhere(SocialAccountConfig):
    """The same tables and checks; the providers are loaded where the site's addresses are, which ask for them."""

    def ready(self) -> None:
        """Registers the checks; `allauth.urls` loads the providers."""
        from allauth.socialaccount import checks  # noqa: F401
