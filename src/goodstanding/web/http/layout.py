"""What the frame around every page shows: the register, where one is, and who is signed in."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.web.http.actors import get_actor_or_anybody
from goodstanding.web.http.register_info import get_demonstration_notice

STYLE = "web/goodstanding.css"
OWN_PLACES = {
    Role.SOURCE: "desk",
    Role.DECIDER: "desk",
    Role.APPEAL: "desk",
    Role.SUBJECT: "own-file",
    Role.APPLICANT: "applications",
    Role.OVERSEER: "overseer",
}


def build_layout_context(request: HttpRequest) -> dict[str, Any]:
    """The names that every template may use."""
    current_register, actor = config.get_current_register(), get_actor_or_anybody(request)
    return {
        "register_name": current_register.name,
        "notice": get_demonstration_notice() if current_register.demonstration else "",
        "style": f"{static(STYLE)}?{_compute_style_version()}",
        "actor": actor,
        "person": request.user.get_username() if hasattr(request, "user") else "",
        "places": _list_places(request.path),
        "own_place": _find_own_place(actor, request.path),
    }


def find_own_address(role: Role) -> str | None:
    """The address of the page where somebody in a role has their own work."""
    return reverse(OWN_PLACES[role]) if role in OWN_PLACES else None


def _find_own_place(actor: Actor, path: str) -> dict[str, Any] | None:
    """Where somebody in a role has their own work."""
    name = OWN_PLACES.get(actor.role)
    titles = {"desk": _("Desk"), "own-file": _("Your file"), "applications": _("Applications"),
              "overseer": _("Overseer")}  # fmt: skip
    return _build_place(name, titles[name], path) if name else None


def _list_places(path: str) -> list[dict[str, Any]]:
    titles = {"search": _("Search"), "lists": _("Lists"), "catalogues": _("Catalogues"),
             "charter": _("Charter"), "laboratory": _("Laboratory"), "oversight": _("Oversight"),
             "ledger": _("Ledger")}  # fmt: skip
    return [_build_place(name, title, path) for name, title in titles.items()]


def _build_place(name: str, title: str, path: str) -> dict[str, Any]:
    address = reverse(name)
    return {"address": address, "title": title, "here": path.startswith(address)}


@lru_cache(maxsize=1)
def _compute_style_version() -> str:
    content = files("goodstanding.web").joinpath("static", *STYLE.split("/")).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]
