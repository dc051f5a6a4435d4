"""What the frame around every page shows: the register, where one is, and who is signed in."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.web import actors
from goodstanding.web.about import notice

STYLE = "web/goodstanding.css"


def register(request: HttpRequest) -> dict[str, Any]:
    """The names that every template may use."""
    here, actor = config.current(), actors.shown_actor(request)
    return {
        "register_name": here.name,
        "notice": notice() if here.demonstration else "",
        "style": f"{static(STYLE)}?{_version()}",
        "actor": actor,
        "person": request.user.get_username() if hasattr(request, "user") else "",
        "places": _places(request.path),
        "own_place": _own_place(actor, request.path),
    }


def _own_place(actor: Actor, path: str) -> dict[str, Any] | None:
    """Where somebody in a role has their own work."""
    named = {Role.SOURCE: "/desk", Role.DECIDER: "/desk", Role.APPEAL: "/desk", Role.SUBJECT: "/file"}
    named |= {Role.APPLICANT: "/applications", Role.OVERSEER: "/overseer"}
    address = named.get(actor.role)
    titles = {"/desk": _("Desk"), "/file": _("Your file"), "/applications": _("Applications"),
              "/overseer": _("Overseer")}  # fmt: skip
    return {"address": address, "title": titles[address], "here": path.startswith(address)} if address else None


def _places(path: str) -> list[dict[str, Any]]:
    named = {"/search": _("Search"), "/lists": _("Lists"), "/catalogues": _("Catalogues"),
             "/charter": _("Charter"), "/oversight": _("Oversight"), "/ledger": _("Ledger")}  # fmt: skip
    return [{"address": start, "title": title, "here": path.startswith(start)} for start, title in named.items()]


@lru_cache(maxsize=1)
def _version() -> str:
    content = files("goodstanding.web").joinpath("static", *STYLE.split("/")).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]
