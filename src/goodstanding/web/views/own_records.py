"""A record of a clerk's own source: looked at, and withdrawn with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.errors import BadInput, NotFound, NotPossible
from goodstanding.register import catalogues, file, one_record, stating
from goodstanding.register.file import Record, Subject
from goodstanding.register.hearing_rows import OF_A_CASE
from goodstanding.web import actors, clerks, facts, problems
from goodstanding.web.about import about
from goodstanding.web.checking import check_page
from goodstanding.web.pages import page, serialized, twin_of
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import stating as shapes
from goodstanding.web.shapes.subjects import Record as RecordShape


def own(source: str, position: int) -> tuple[Record, Subject]:
    """A record of the source's own, and whose it is; raises NotFound for every other position."""
    found = file.at(position)
    if found is None or found[1].source != source:
        raise NotFound(_("This source has no record there."), where=str(position), remedy=_("one of its own records"))
    return found[1], file.subject(found[0])


def why_not(record: Record) -> str:
    """Why a record can be neither corrected nor withdrawn; nothing where it can."""
    if record.event in OF_A_CASE:
        return _("It is a finding of a case, so what becomes of it is decided there.")
    if record.event == "RecordWithdrawn":
        return _("It was withdrawn. What is to be stated anew gets a new reference.")
    if record.replaced_at is not None:
        return _("A later version took its place, at position %(n)s.") % {"n": record.replaced_at}
    if record.catalogue not in catalogues.enacted():
        return _("Its catalogue is not in force here.")
    return ""


def refuse_changing(record: Record) -> None:
    """Nothing, or NotPossible that says why the record can be neither corrected nor withdrawn."""
    if said := why_not(record):
        raise NotPossible(said, where=str(record.position), remedy=_("its newest version"))


def build_own(request: HttpRequest, source: str, position: int) -> shapes.OwnRecordPage:
    """One record of the source's own; that a clerk opened it is noted."""
    actor = clerks.clerk_of(request, source)
    record, who = own(source, position)
    actors.log_look_up(actor, who.identifier, request.path[:500])
    return shapes.OwnRecordPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        record=shaped(record),
        subject=facts.named(who),
        why_not=why_not(record),
    )


def shaped(record: Record) -> RecordShape:
    """A record as its party reads it."""
    said = about()
    rules = {name: one.catalogue for name, one in catalogues.on_file().items()}
    return facts.record(record, rules, True, facts.stamps([record.position]), said.ledger_size)


view = page("own-record")(build_own)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, source: str, position: int, *, twin: bool = False) -> HttpResponse:
    """The form for the reason, what would follow without the record, or where it now stands."""
    actor = clerks.clerk_of(request, source)
    record, who = own(source, position)
    refuse_changing(record)
    if twin or request.method != "POST":
        return _form(request, record, who, "", None, twin=twin)
    reason, doing = request.POST.get("reason", "").strip(), request.POST.get("do", "check")
    if doing == "change":
        return _form(request, record, who, reason, None)
    try:
        said = one_record.checked_reason(reason)
        if doing != "send":
            return _check(request, record, said)
        done = one_record.withdraw(record, said, actor.name, actors.today(), datetime.now(UTC))
    except BadInput as error:
        return _form(request, record, who, reason, problems.of(error), problems.status_of(error))
    return redirect("own-record", source=source, position=done)


def _form(
    request: HttpRequest, record: Record, who: Subject, reason: str, problem: Problem | None, status: int = 200,
    twin: bool = False,
) -> HttpResponse:  # fmt: skip
    said = shapes.WithdrawPage(
        about=about(),
        source=record.source,
        source_name=clerks.source_name(record.source),
        record=shaped(record),
        subject=facts.named(who),
        reason=reason,
        problem=problem,
    )
    if twin:
        return serialized(said)
    known = {"page": said, "twin": twin_of(request) if request.method != "POST" else ""}
    return render(request, "web/record-withdraw.html", known, status=status)


def _check(request: HttpRequest, record: Record, reason: str) -> HttpResponse:
    chosen = stating.way(record.source, f"{record.catalogue}/{record.record}")
    said = [
        shapes.Said(title=_("Your reference"), value=record.reference, before=None),
        shapes.Said(title=_("Why"), value=reason, before=None),
    ]
    actor = clerks.clerk_of(request, record.source)
    kept = [shapes.Kept(name="reason", value=reason)]
    found = check_page(request, actor, chosen, {}, record, doing="withdraw", said=said, kept=kept)
    return render(request, "web/record-check.html", {"page": found})
