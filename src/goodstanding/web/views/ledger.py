"""The ledger: its newest checkpoint, the proof of any event, and its files for other programs."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import Action, Actor, Resource, may
from goodstanding.errors import NotFound
from goodstanding.ledger import notes, proofs, store
from goodstanding.ledger.models import Event
from goodstanding.register import catalogues, enactment, erased, file, source_keys
from goodstanding.register.opening import signer
from goodstanding.register.store import rows
from goodstanding.web import actors, asking, audit, retaining, seeing
from goodstanding.web.about import about, counted
from goodstanding.web.pages import page
from goodstanding.web.shapes import proving as shapes

LAST = 20
PUBLIC = ("RegisterOpened", "StatementReceived", *source_keys.KINDS, *enactment.KINDS)
_RECORDS = "SELECT event, count(*) FROM record GROUP BY event ORDER BY event"
_SUBJECT = "SELECT subject_id FROM record WHERE position = %s"


def build(request: HttpRequest) -> shapes.LedgerPage:
    """The newest checkpoint, who signs it, and the last events, without their content."""
    note = proofs.checkpoint()
    verifier = signer().verifier
    tree = notes.open_checkpoint(note, verifier)
    return shapes.LedgerPage(
        about=about(),
        size=tree.size,
        origin=tree.origin,
        root=base64.b64encode(tree.root).decode(),
        public_key=verifier.encode(),
        checkpoint=note,
        kinds=kinds(),
        events=[_line(one) for one in reversed(list(store.read(max(0, tree.size - LAST), tree.size)))],
    )


_view = page("ledger")(build)


@require_safe
def view(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The page; or, where a position was typed into its form, the page of that event."""
    typed = asking.words(request, "position").replace(",", "").replace(" ", "")
    if typed and not twin:
        if not (typed.isascii() and typed.isdecimal()):
            raise NotFound(_("No event has that position."), where="position", remedy=_("a whole number"))
        return redirect("event", position=int(typed))
    return _view(request, twin=twin)


def _line(one: store.Entry) -> shapes.EventLine:
    return shapes.EventLine(position=one.position, kind=one.kind, recorded_at=datetime.fromisoformat(one.recorded_at))


@counted
def kinds() -> list[shapes.KindCount]:
    """How many events of each kind there are; those with a key as the register's tables have them."""
    stated = {kind: int(total) for kind, total in rows(_RECORDS)}
    stated["StatementReceived"] = int(rows("SELECT count(*) FROM statement")[0][0])
    said = Event.objects.filter(key=None).values("kind").annotate(total=Count("pk")).order_by("kind")
    found = stated | {one["kind"]: one["total"] for one in said}
    return [shapes.KindCount(kind=kind, total=total) for kind, total in found.items()]


class Access(NamedTuple):
    """What an actor may see of an event: whether its content, which fields and keys not, why, and whose it is."""

    allowed: bool
    because: str
    withheld: Mapping[str, str] = MappingProxyType({})
    subject: str | None = None
    said: Mapping[str, str] = MappingProxyType({})


def build_event(request: HttpRequest, position: int) -> shapes.EventPage:
    """One event with its proof; a party's look at what is not public is noted."""
    proof = proofs.prove(position)
    held = Event.objects.get(pk=position)
    seen = access_to(position, held.kind, actors.actor_of(request))
    body = held.body if seen.allowed else None
    content = json.loads(body) if body is not None else {}
    hidden = {key: title for key, title in seen.said.items() if key in content}
    whole = body is not None and not seen.withheld and not hidden
    return shapes.EventPage(
        about=about(),
        position=position,
        kind=held.kind,
        recorded_at=datetime.fromisoformat(held.recorded_at),
        commitment=proof.commitment.hex(),
        leaf_hash=proof.leaf_hash.hex(),
        path=[one.hex() for one in proof.path],
        size=proof.size,
        checkpoint=proof.checkpoint,
        allowed=seen.allowed,
        because=seen.because,
        withheld=list(dict.fromkeys([*seen.withheld.values(), *hidden.values()])),
        subject=seen.subject,
        content=dict(_content({key: each for key, each in content.items() if key not in hidden}, seen.withheld)),
        body=body if whole else None,
        salt=bytes(held.salt).hex() if whole and held.salt is not None else None,
        erased=next(iter(retaining.gone(filter(None, [erased.at(position)]))), None),
    )


view_event = page("event")(build_event)


def access_to(position: int, kind: str, actor: Actor) -> Access:
    """Whether an actor may see the content of an event, and because of which rule."""
    if kind in PUBLIC:
        return Access(True, _("charter article 1: what is enacted and received is published"))
    found = rows(_SUBJECT, [position])
    if not found:
        seen = seeing.may_see_event(position, kind, actor)
        return Access(seen.allowed, seen.because)
    subject_id = int(found[0][0])
    decision = audit.may_see_record(subject_id, position, actor)
    if not decision.allowed:
        return Access(False, decision.because)
    return _as_seen(subject_id, position, actor, decision.because)


def _as_seen(subject_id: int, position: int, actor: Actor, because: str) -> Access:
    known = file.records_of(subject_id)
    who = file.subject(subject_id)
    sources = frozenset(one.source for one in known)
    party = may(actor, Action.SEE_PARTIES, Resource(who.kind, frozenset(who.identifiers), sources)).allowed
    one = next(one for one in known if one.position == position)
    said = seeing.withheld(one.event, party, actor)
    if party:
        actors.log_look_up(actor, who.identifier, f"/ledger/{position}")
        return Access(True, because, subject=who.identifier, said=said)
    fields = catalogues.get(one.catalogue).catalogue.records[one.record].fields
    withheld = {name: rule.title for name, rule in fields.items() if name in one.fields and not rule.public}
    return Access(True, because, withheld, who.identifier, said)


def _content(said: Mapping[str, Any], withheld: Collection[str], under: str = "") -> Iterator[tuple[str, str]]:
    """What a body says, a line for each key with a value; without free text, and without the files of a catalogue."""
    for key, value in said.items():
        if isinstance(value, dict) and key != "files":
            yield from _content(value, withheld, f"{under}{key}.")
        elif value not in (None, [], {}) and key != "files" and not (under == "fields." and key in withheld):
            yield under + key, ", ".join(map(str, value)) if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@require_safe
def tlog(request: HttpRequest, path: str) -> HttpResponse:
    """The ledger's files as other programs read them (C2SP tlog-tiles): checkpoint, tiles and bundles of entries."""
    asking.checked(path, "path")
    content = proofs.served(path)
    text = path == "checkpoint"
    response = HttpResponse(content, content_type="text/plain; charset=utf-8" if text else "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache" if text else "public, max-age=31536000, immutable"
    return response
