"""Files that come with a form: looked at and kept at once, so that a form that is refused does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.errors import BadFile
from goodstanding.evidence.media_types import TITLES
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.files.unsent_evidence import LONGEST_WAIT, accept_waiting_exhibit, renew_waiting_exhibit
from goodstanding.web.http.errors import present_error
from goodstanding.web.http.request_bodies import MOST_FORM_FILES
from goodstanding.web.schemas.forms import ExhibitSchema
from goodstanding.web.schemas.page_frame import ProblemSchema

FILES_WITHOUT_ROLE = 2  # of the largest size: what waits of somebody whom nobody knows


class AttachmentsWidget(forms.Widget):
    """The files chosen now, and the tokens of those that an earlier try left."""

    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list[str], list[UploadedFile]]:
        """The tokens and the files."""
        return data.getlist("kept"), files.getlist(name) if files else []


class AttachmentsField(forms.Field):
    """The files of a form; the form itself keeps them, for it knows whose they are."""

    widget = AttachmentsWidget


def collect_attachments(
    tokens: Iterable[str],
    uploads: Iterable[UploadedFile],
    case: int,
    actor: Actor,
    day: date,
    most: int = MOST_FORM_FILES,
) -> tuple[list[Exhibit], list[ProblemSchema]]:
    """The files of a form, those that an earlier try left first; and what was wrong with others."""
    exhibits, problems = _load_waiting_files(tokens, case, actor)
    for upload in uploads:
        if len(exhibits) >= most:
            limit_message = ngettext("One file goes with this form.", "At most %(n)s files go with one form.", most)
            limit_message %= {"n": most}
            return exhibits, [
                *problems,
                ProblemSchema(code="bad-file", message=limit_message, where="files", remedy=_("the rest later")),
            ]
        try:
            exhibit = accept_waiting_exhibit(
                upload.name or "", upload, actor.name, day, _get_most_bytes(actor), datetime.now(UTC)
            )
        except BadFile as error:
            stated = present_error(error)
            message = f"{error.where}: {stated.message}" if error.where else stated.message
            problems.append(stated.model_copy(update={"message": message, "where": "files"}))
        else:
            exhibits += [exhibit] if exhibit.digest not in {earlier.digest for earlier in exhibits} else []
    return exhibits, problems


def _get_most_bytes(actor: Actor) -> int:
    """How much of somebody's may wait: what one form takes."""
    files = FILES_WITHOUT_ROLE if actor.role is Role.ANYBODY else MOST_FORM_FILES
    return files * config.get_current_register().evidence_bytes


def _load_waiting_files(tokens: Iterable[str], case: int, actor: Actor) -> tuple[list[Exhibit], list[ProblemSchema]]:
    """The files of an earlier try that are still kept; one that was erased meanwhile is not."""
    try:
        exhibits = [
            Exhibit(**signing.loads(token, salt=_build_salt(case, actor), max_age=LONGEST_WAIT))
            for token in list(tokens)[:MOST_FORM_FILES]
        ]
    except (signing.BadSignature, TypeError):
        return [], [_build_missing_problem(_("A file of an earlier try could not be found again."))]
    now = datetime.now(UTC)
    waiting = [exhibit for exhibit in exhibits if renew_waiting_exhibit(exhibit, actor.name, now)]
    message = _("The file %(name)s is no longer kept.")
    gone = [_build_missing_problem(message % {"name": exhibit.name}) for exhibit in exhibits if exhibit not in waiting]
    return waiting, gone


def _build_missing_problem(message: str) -> ProblemSchema:
    return ProblemSchema(code="bad-file", message=message, where="files", remedy=_("the file, chosen once more"))


def _build_salt(case: int, actor: Actor) -> str:
    """A file that somebody left in one case's form counts in no other one, and for nobody else."""
    return f"evidence {case} {actor.role} {actor.scope} {actor.name}"


def present_waiting_file(exhibit: Exhibit, case: int, actor: Actor) -> ExhibitSchema:
    """A file that waits in a form until it is sent."""
    token = signing.dumps(asdict(exhibit), salt=_build_salt(case, actor))
    return ExhibitSchema(
        name=exhibit.name, digest=exhibit.digest, size=exhibit.size, type=exhibit.media_type,
        title=name_media_type(exhibit.media_type), address="",
        by=actor.name, position=None, token=token,
    )  # fmt: skip


def name_media_type(media_type: str) -> str:
    """What a file is, in words."""
    return TITLES.get(media_type, media_type).removeprefix("a ").removeprefix("an ")


def build_event_files(exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """Files as an event names them."""
    return [
        {"name": exhibit.name, "digest": exhibit.digest, "size": exhibit.size, "type": exhibit.media_type}
        for exhibit in exhibits
    ]
