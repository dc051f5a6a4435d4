"""Files that come with a form: looked at and kept at once, so that a form that is refused does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadFile
from goodstanding.procedure.notices import Exhibit
from goodstanding.register import evidence
from goodstanding.register.exhibits import media
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import cases as shapes

MOST_FILES = 10
OLDEST = 7 * 24 * 60 * 60


def taken(request: HttpRequest, case: int, actor: Actor, day: date) -> tuple[list[Exhibit], list[Problem]]:
    """The files of a form, those that an earlier try left first; and what was wrong with others."""
    found, wrong = _left(request.POST.getlist("kept"), case, actor)
    for each in request.FILES.getlist("files"):
        if len(found) >= MOST_FILES:
            said = _("At most %(n)s files go with one form.") % {"n": MOST_FILES}
            return found, [*wrong, Problem(code="bad-file", message=said, where="files", remedy=_("the rest later"))]
        try:
            exhibit = evidence.accept(each.name or "", each, actor.name, day)
        except BadFile as error:
            message = f"{error.where}: {error.message}" if error.where else error.message
            wrong.append(Problem(code=error.code, message=message, where="files", remedy=error.remedy))
        else:
            found += [exhibit] if exhibit.digest not in {one.digest for one in found} else []
    return found, wrong


def _left(tokens: Iterable[str], case: int, actor: Actor) -> tuple[list[Exhibit], list[Problem]]:
    try:
        return [
            Exhibit(**signing.loads(one, salt=_salt(case, actor), max_age=OLDEST)) for one in list(tokens)[:MOST_FILES]
        ], []
    except (signing.BadSignature, TypeError):
        said = _("A file of an earlier try could not be found again.")
        return [], [Problem(code="bad-file", message=said, where="files", remedy=_("the file, chosen once more"))]


def _salt(case: int, actor: Actor) -> str:
    """A file that somebody left in one case's form counts in no other one, and for nobody else."""
    return f"evidence {case} {actor.role} {actor.scope} {actor.name}"


def kept(one: Exhibit, case: int, actor: Actor) -> shapes.Exhibit:
    """A file that waits in a form until it is sent."""
    token = signing.dumps(asdict(one), salt=_salt(case, actor))
    return shapes.Exhibit(
        name=one.name, digest=one.digest, size=one.size, type=one.media_type, title=kind(one.media_type), address="",
        by=actor.name, position=None, token=token,
    )  # fmt: skip


def kind(media_type: str) -> str:
    """What a file is, in words."""
    return media.TITLES.get(media_type, media_type).removeprefix("a ").removeprefix("an ")


def as_said(exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """Files as an event names them."""
    return [{"name": one.name, "digest": one.digest, "size": one.size, "type": one.media_type} for one in exhibits]
