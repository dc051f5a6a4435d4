"""The ledger: its newest checkpoint, the proof of any event, and its files for other programs."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.errors import NotFound
from goodstanding.ledger import notes, proofs, store
from goodstanding.ledger.witness.confirmations import list_confirmations
from goodstanding.messages import AccessMessage, Message
from goodstanding.oversight.register_activity import count_all_events_by_kind
from goodstanding.register.files.file_access import may_see_record
from goodstanding.register.files.record_display import is_document_number
from goodstanding.register.files.records import find_subject_of_record, list_records
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.files.tombstones import find_tombstone
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.storage.event_kinds import ENACTMENT_KINDS, SOURCE_KEY_KINDS, EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.parameters import check_short_text, parse_number, read_text
from goodstanding.web.http.register_info import cache_by_ledger_size, describe_register, find_signing_time
from goodstanding.web.ledger.event_access import list_withheld_keys, may_see_as_party, may_see_event
from goodstanding.web.ledger.schemas import EventKindCount, EventLine, EventPage, LedgerPage, WitnessLine
from goodstanding.web.retention.presenters import present_tombstones

SHOWN_EVENTS = 20
PUBLIC_KINDS = (EventKind.REGISTER_OPENED, EventKind.STATEMENT_RECEIVED, *SOURCE_KEY_KINDS, *ENACTMENT_KINDS)
NAMED_KINDS = (*PUBLIC_KINDS, EventKind.RECORD_ISSUED, EventKind.RECORD_CORRECTED)
WITHHELD = "withheld"  # the kind of every other event: few of one kind, or its second, tell who it is about


def build_ledger_page(request: HttpRequest) -> LedgerPage:
    """The newest checkpoint, who signs it, and the last events without their content; all kinds for the overseer."""
    note, actor, folder = proofs.get_checkpoint(), get_actor(request), config.get_current_register().folder
    verifier = load_signer().verifier
    tree = notes.open_checkpoint(note, verifier)
    return LedgerPage(
        about=describe_register(),
        size=tree.size,
        origin=tree.origin,
        root=base64.b64encode(tree.root).decode(),
        public_key=verifier.encode(),
        checkpoint=note,
        witnesses=[
            WitnessLine(host=host, size=size, signed_at=find_signing_time(folder, size) if size else None)
            for host, size in list_confirmations()
        ],
        kinds=count_ledger_events() if actor.role is Role.OVERSEER else count_named_events(),
        events=[
            _present_event_line(entry, is_told=actor.role is Role.OVERSEER)
            for entry in reversed(list(store.read_entries(max(0, tree.size - SHOWN_EVENTS), tree.size)))
        ],
    )


_show_checkpoint = make_page_view("web/ledger/ledger.html")(build_ledger_page)


@require_safe
def show_ledger_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The page; or, where a position was typed into its form, the page of that event."""
    typed = read_text(request, "position").replace(",", "").replace(" ", "")
    if typed and not twin:
        if (position := parse_number(typed)) is None:
            raise NotFound(_("No event has that position."), where="position", remedy=_("a whole number"))
        return redirect("event", position=position)
    return _show_checkpoint(request, twin=twin)


def _present_event_line(entry: store.LedgerEntry, is_told: bool) -> EventLine:
    kind, recorded_at = coarsen_event(entry.kind, entry.recorded_at, is_told)
    return EventLine(position=entry.position, kind=kind, recorded_at=recorded_at)


def coarsen_event(kind: str, recorded_at: str, is_told: bool) -> tuple[str, datetime]:
    """The kind and the instant of an event; where they are not told and the kind is not named, its day alone."""
    instant = datetime.fromisoformat(recorded_at)
    if is_told or kind in NAMED_KINDS:
        return kind, instant
    return WITHHELD, instant.replace(hour=0, minute=0, second=0, microsecond=0)


@cache_by_ledger_size
def count_ledger_events() -> list[EventKindCount]:
    """How many events of each kind there are; those with a key as the register's tables have them."""
    return [EventKindCount(kind=kind, total=total) for kind, total in count_all_events_by_kind().items()]


def count_named_events() -> list[EventKindCount]:
    """The same for the public: what the figures on authorities leave out as too few cannot be read here either."""
    kinds = count_ledger_events()
    named = [line for line in kinds if line.kind in NAMED_KINDS]
    others = sum(line.total for line in kinds) - sum(line.total for line in named)
    return [*named, EventKindCount(kind=WITHHELD, total=others)] if others else named


class EventAccess(NamedTuple):
    """What an actor may see of an event: whether its content, which fields and keys not, why, and whose it is."""

    allowed: bool
    because: str
    withheld: Mapping[str, str] = MappingProxyType({})
    subject: str | None = None
    withheld_keys: Mapping[str, str] = MappingProxyType({})


def build_event_page(request: HttpRequest, position: int) -> EventPage:
    """One event with its proof; a party's look at what is not public is noted."""
    proof = proofs.prove_inclusion(position)
    event = proofs.get_salted_event(position)
    access = get_event_access(position, event.kind, get_actor(request))
    kind, recorded_at = coarsen_event(event.kind, event.recorded_at, access.allowed)
    body = event.body if access.allowed else None
    content = json.loads(body) if body is not None else {}
    hidden = {key: title for key, title in access.withheld_keys.items() if key in content}
    is_whole = body is not None and not access.withheld and not hidden
    return EventPage(
        about=describe_register(),
        position=position,
        kind=kind,
        recorded_at=recorded_at,
        commitment=proof.commitment.hex(),
        leaf_hash=proof.leaf_hash.hex(),
        path=[node.hex() for node in proof.path],
        size=proof.size,
        checkpoint=proof.checkpoint,
        allowed=access.allowed,
        because=access.because if access.allowed else render_message(Message(AccessMessage.FILES_FOR_PARTIES)),
        withheld=list(dict.fromkeys([*access.withheld.values(), *hidden.values()])),
        subject=access.subject,
        content=dict(
            _flatten_content({key: value for key, value in content.items() if key not in hidden}, access.withheld)
        ),
        body=body if is_whole else None,
        salt=event.salt.hex() if is_whole and event.salt is not None else None,
        erased=next(iter(present_tombstones(filter(None, [find_tombstone(position)]))), None),
    )


show_event_page = make_page_view("web/ledger/event.html")(build_event_page)


def get_event_access(position: int, kind: str, actor: Actor) -> EventAccess:
    """Whether an actor may see the content of an event, and because of which rule."""
    if kind in PUBLIC_KINDS:
        return EventAccess(True, _("charter article 1: what is enacted and received is published"))
    subject_id = find_subject_of_record(position)
    if subject_id is None:
        event_decision = may_see_event(position, kind, actor)
        return EventAccess(event_decision.allowed, render_message(event_decision.because))
    party = may_see_as_party(subject_id, position, kind, actor)
    decision = may_see_record(subject_id, position, actor if party.allowed else ANYBODY, clock.get_moment())
    if party.allowed and not decision.allowed:
        decision = party
    if not decision.allowed:
        return EventAccess(False, render_message(decision.because))
    return _get_record_access(subject_id, position, actor, party.allowed, render_message(decision.because))


def _get_record_access(subject_id: int, position: int, actor: Actor, party: bool, because: str) -> EventAccess:
    records = list_records(subject_id)
    subject = get_subject(subject_id)
    record = next(record for record in records if record.position == position)
    withheld_keys = list_withheld_keys(record.event, party, actor)
    if party:
        log_access(actor, subject.identifier, reverse("event", args=[position]))
        return EventAccess(True, because, subject=subject.identifier, withheld_keys=withheld_keys)
    fields = get_enacted(record.catalogue).catalogue.records[record.record].fields
    withheld = {name: rule.title for name, rule in fields.items() if name in record.fields and not rule.public}
    if not is_document_number(record.reference):
        withheld_keys |= {"reference": _("free text in the place of a number")}
    return EventAccess(True, because, withheld, subject.identifier, withheld_keys)


def _flatten_content(body: Mapping[str, Any], withheld: Collection[str], under: str = "") -> Iterator[tuple[str, str]]:
    """What a body says, a line for each key with a value; without free text, and without the files of a catalogue."""
    for key, value in body.items():
        if isinstance(value, dict) and key != "files":
            yield from _flatten_content(value, withheld, f"{under}{key}.")
        elif value not in (None, [], {}) and key != "files" and not (under == "fields." and key in withheld):
            yield under + key, ", ".join(map(str, value)) if isinstance(value, list) else _render_value(value)


def _render_value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@require_safe
def download_tlog_file(request: HttpRequest, path: str) -> HttpResponse:
    """The ledger's files as other programs read them (C2SP tlog-tiles): checkpoint, tiles and bundles of entries."""
    check_short_text(path, "path")
    content = proofs.get_log_file(path)
    text = path == "checkpoint"
    response = HttpResponse(content, content_type="text/plain; charset=utf-8" if text else "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache" if text else "public, max-age=31536000, immutable"
    return response
