"""Other sign-ins: identity providers that speak OpenID Connect, each named by one URL in the register's settings.

    https://CLIENT:SECRET@login.city.example/realms/staff?id=city&name=City+staff

The address without client and secret is the provider's issuer; `id` stands in addresses here, `name` on the button.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from goodstanding.errors import RegisterError

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
EXPECTED_URL = "https://CLIENT:SECRET@host/path?id=short-name&name=What+people+read"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def build_provider_settings(urls: Iterable[str]) -> dict[str, Any]:
    """Django-allauth's SOCIALACCOUNT_PROVIDERS; raises RegisterError for a URL that names no provider."""
    apps = [_parse_provider_url(number, url) for number, url in enumerate(urls, 1)]
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise RegisterError("Two identity providers have one id.", where="identity", remedy=EXPECTED_URL)
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}} if apps else {}


def _parse_provider_url(number: int, url: str) -> dict[str, Any]:
    parts, where = urlsplit(url), f"identity, number {number}"
    parameters = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    name = parameters.get("id", "identity")
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)
    if not (safe and parts.hostname and parts.username and _ID.fullmatch(name)):
        raise RegisterError("This names no identity provider.", where=where, remedy=EXPECTED_URL)
    if unknown := set(parameters) - {"id", "name"}:
        raise RegisterError(f"Unknown: {', '.join(sorted(unknown))}.", where=where, remedy=EXPECTED_URL)
    return {
        "provider_id": name,
        "name": parameters.get("name", parts.hostname),
        "client_id": unquote(parts.username),
        "secret": unquote(parts.password or ""),
        "settings": {"server_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"},
    }
