"""Clerks of a source: who may state records for it, and how its types of record and feeds are named to them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding.access import Action, Actor, may
from goodstanding.errors import NotAllowed
from goodstanding.intake.submissions.formats import SubmissionFormat, list_formats
from goodstanding.portal.submissions.schemas import RecordTypeLine, SubmissionFormatLine
from goodstanding.register.files.file_access import build_source_resource
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.http.actors import get_actor
from goodstanding.web.wording.legal_basis import present_legal_basis


def get_clerk(request: HttpRequest, source: str) -> Actor:
    """Whoever is signed in as a clerk of the source; raises NotAllowed for everybody else."""
    actor = get_actor(request)
    allowed = may(actor, Action.STATE_RECORDS, build_source_resource(source))
    if not allowed.allowed:
        raise NotAllowed(_("Only a clerk of this source states its records."), remedy=allowed.because)
    return actor


def get_source_name(source: str) -> str:
    """How the catalogues in force call a source; its id where none knows it."""
    names = {
        declared_source.id: declared_source.name
        for enacted in list_on_file().values()
        for declared_source in enacted.catalogue.sources
    }
    return names.get(source, source)


def list_record_types(source: str) -> list[RecordTypeLine]:
    """The types of record that a source may state by a form."""
    return [
        present_record_type(submission_format)
        for submission_format in list_formats(source)
        if not submission_format.declared
    ]


def present_record_type(submission_format: SubmissionFormat) -> RecordTypeLine:
    """A type of record as a clerk chooses it."""
    return RecordTypeLine(
        of=submission_format.name
        if not submission_format.declared
        else f"{submission_format.catalogue.name}/{submission_format.feed.record}",
        title=submission_format.record.title,
        says=submission_format.record.says,
        reason=present_legal_basis(find_legal_basis(submission_format.catalogue, submission_format.record)),
        catalogue=submission_format.catalogue.name,
        catalogue_title=submission_format.catalogue.title,
    )


def present_feed(submission_format: SubmissionFormat) -> SubmissionFormatLine:
    """A feed as a clerk chooses it, with the columns that a row may and must have."""
    needed = (
        submission_format.feed.needed()
        if submission_format.declared
        else ("reference", "subject.identifiers", "subject.name", "occurred")
    )
    return SubmissionFormatLine(
        name=submission_format.name,
        title=submission_format.feed.title,
        declared=submission_format.declared,
        catalogue_title=submission_format.catalogue.title,
        columns=list(submission_format.columns),
        needed=list(needed),
    )
