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

NEAR = ("localhost", "127.0.0.1", "::1")
RIGHT = "https://CLIENT:SECRET@host/path?id=short-name&name=What+people+read"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def providers(urls: Iterable[str]) -> dict[str, Any]:
    """Django-allauth's SOCIALACCOUNT_PROVIDERS; raises RegisterError for a URL that names no provider."""
    apps = [_app(number, url) for number, url in enumerate(urls, 1)]
    if len({one["provider_id"] for one in apps}) < len(apps):
        raise RegisterError("Two identity providers have one id.", where="identity", remedy=RIGHT)
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}} if apps else {}


def _app(number: int, url: str) -> dict[str, Any]:
    parts, where = urlsplit(url), f"identity, number {number}"
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    name = asked.get("id", "identity")
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEAR)
    if not (safe and parts.hostname and parts.username and _ID.fullmatch(name)):
        raise RegisterError("This names no identity provider.", where=where, remedy=RIGHT)
    if unknown := set(asked) - {"id", "name"}:
        raise RegisterError(f"Unknown: {', '.join(sorted(unknown))}.", where=where, remedy=RIGHT)
    return {
        "provider_id": name,
        "name": asked.get("name", parts.hostname),
        "client_id": unquote(parts.username),
        "secret": unquote(parts.password or ""),
        "settings": {"server_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"},
    }
