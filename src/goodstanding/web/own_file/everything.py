"""Everything that is held about a subject as one ZIP: the same bytes for the same ledger and the same look-ups.

README.txt             what is in it, and how to check it
about.json             the register, its ledger's size, the subject
records.json           every record, corrected and withdrawn ones too
effects.json           every effect, as it was known from each ledger size on that changed any of them
cases/GS-….json        each case: every act, word for word, and its stretches
letters/GS-…-….pdf     each letter; evidence/…: each file in evidence
replies.json, mandates.json, look-ups.json
ledger/….json          each event: its body and salt, and its proof of inclusion; ledger/checkpoint.txt
"""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from goodstanding import config
from goodstanding.access import Actor
from goodstanding.errors import NotFound
from goodstanding.ledger import proofs
from goodstanding.ledger.models import Event
from goodstanding.procedure.letters import as_text
from goodstanding.procedure.notices import write
from goodstanding.register import catalogues, evidence, file, letters, mandates, replies
from goodstanding.register.exhibits import names
from goodstanding.register.file import Subject
from goodstanding.register.hearings import Heard, Hearing
from goodstanding.register.moment import Moment
from goodstanding.web import seeing
from goodstanding.web.about import size as reflected
from goodstanding.web.hearings import page
from goodstanding.web.letters import paper
from goodstanding.web.models import LookUp
from goodstanding.web.own_file import cases

_ODD = re.compile(r"[^A-Za-z0-9]+")
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first instant that a ZIP can name: no clock is in it
_IN_MEMORY = 16_000_000
README = """Everything that {register} held about {identifier} at ledger size {size}.

records.json and cases/ say what was stated and done; effects.json says what followed, as it was known from each size of
the ledger on. look-ups.json says who opened what is not public. letters/ and evidence/ are the files themselves.

To check an event of ledger/: SHA-256 over its salt (bytes from hexadecimal) and its body (UTF-8) is its commitment;
SHA-256 over the byte 0x00 and the commitment is its leaf hash; with its path (RFC 9162, 2.1.3.2) that leads to the root
in ledger/checkpoint.txt, which the register signed (C2SP tlog-checkpoint).
"""


def stem(who: Subject) -> str:
    """The name of the file without its ending."""
    return f"{_ODD.sub('-', who.identifier).strip('-')[:60]}-everything"


def pack(who: Subject, actor: Actor, at: date) -> IO[bytes]:
    """The ZIP, from its beginning; whoever calls has asked `access` before."""
    made: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed on, closed by its reader
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _once(parts(who, actor, at)):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    made.seek(0)
    return made


def _once(found: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Each file once: one in evidence may be so in several cases."""
    seen = set[str]()
    for name, content in found:
        if name not in seen:
            seen.add(name)
            yield name, content


def parts(who: Subject, actor: Actor, at: date) -> Iterator[tuple[str, bytes]]:
    """Each file of it by its name, always in the same order."""
    size, known = reflected(), file.records_of(who.id)
    heard = cases.of_subject(who, date.max, size)
    said = replies.replies(one.position for one in known)
    held = mandates.of_subject(who.identifiers)
    about = {"register": config.current().name, "ledger_size": size, "subject": dataclasses.asdict(who)}
    yield "README.txt", _readme(who, size)
    yield "about.json", _json(about)
    yield "records.json", _json(known)
    yield "effects.json", _json(list(_effects(who, known, size, at)))
    yield "replies.json", _json(said)
    yield "mandates.json", _json(held)
    yield "look-ups.json", _json(_look_ups(who))
    for one in heard:
        yield f"cases/{one.reference}.json", _json(_case(one, at))
        yield from _letters(one)
        yield from _evidence(one)
    stated = [one.position for one in known] + [one.position for one in said] + [one.position for one in held]
    events = {*stated, *(each for one in heard for each in _acts(one))}
    yield "ledger/checkpoint.txt", proofs.checkpoint(size).encode()
    for position in sorted(one for one in events if one < size):
        yield f"ledger/{position}.json", _json(_proof(position, size, known, actor))


def _readme(who: Subject, size: int) -> bytes:
    return README.format(register=config.current().name, identifier=who.identifier, size=size).encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=1).encode() + b"\n"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    return dict(value) if hasattr(value, "keys") else list(value)


def _effects(who: Subject, known: Sequence[file.Record], size: int, at: date) -> Iterator[dict[str, Any]]:
    """Every effect over all time, as it was known from a ledger size on, for each size that changed any."""
    before = None
    for since, when in _sizes(who, known, size):
        effects = file.effects_of(who.id, list(known), Moment(at, at, since))
        found = [{name: _of(one, name) for name in _SAID} for one in effects]
        if found != before:
            yield {"known_from_size": since, "recorded_at": when, "effects": found}
        before = found


_SAID = ("catalogue", "measure", "kind", "title", "audience", "value", "score", "valid_from", "valid_to", "because",
         "sentences")  # fmt: skip


def _of(one: file.Effect, name: str) -> Any:
    value = getattr(one, name)
    return list(value) if isinstance(value, tuple) else value


def _sizes(who: Subject, known: Sequence[file.Record], size: int) -> Iterator[tuple[int, str]]:
    """The ledger sizes by which more was known about a subject: one for each instant at which something came in."""
    about = {one.position for one in known} | {
        each for one in cases.of_subject(who, date.max, size) for each in _acts(one)
    }
    rules = {each for name, held in catalogues.versions().items() for each, _rule in held if _concerns(name, known)}
    stamped = Event.objects.filter(position__in=about | rules, position__lt=size).values_list("recorded_at", "position")
    last: dict[str, int] = {}
    for when, position in stamped:
        last[when] = max(last.get(when, 0), position)
    for when, position in sorted(last.items()):
        if position >= who.id:
            yield position + 1, when


def _acts(held: Hearing) -> Iterable[int]:
    return (one.position for one in held.acts)


def _concerns(name: str, known: Sequence[file.Record]) -> bool:
    return any(one.catalogue == name for one in known)


def _look_ups(who: Subject) -> list[dict[str, Any]]:
    found = LookUp.objects.filter(subject__in=who.identifiers).order_by("at", "pk")
    return list(found.values("at", "name", "role", "scope", "opened"))


def _case(held: Hearing, at: date) -> dict[str, Any]:
    return {
        "reference": held.reference,
        "catalogue": held.catalogue,
        "list": held.listed,
        "source": held.source,
        "about": held.about,
        "stretches": [one.model_dump() for one in page.stretches(held, at)],
        "acts": [_act(one) for one in held.acts],
    }


def _act(one: Heard) -> dict[str, Any]:
    said = {key: value for key, value in one.body.items() if key != "applicant"}
    return {"position": one.position, "recorded_at": one.recorded_at, "act": one.act.value, "late": one.late, **said}


def _letters(held: Hearing) -> Iterator[tuple[str, bytes]]:
    for one in held.acts:
        if letters.has_letter(held, one):
            _then, notice = letters.letter_of(held.position, one.position)
            letter = write(notice)
            yield f"letters/{held.reference}-{one.position}.txt", as_text(letter).encode()
            yield f"letters/{held.reference}-{one.position}.pdf", paper.pdf(letter)


def _evidence(held: Hearing) -> Iterator[tuple[str, bytes]]:
    for one in letters.exhibits(held.acts):
        name = f"evidence/{one.digest[:16]}-{names.plain(one.name)}"
        try:
            yield name, evidence.read(one.digest)
        except NotFound as gone:
            yield f"{name}.txt", gone.message.encode()


def _proof(position: int, size: int, known: Sequence[file.Record], actor: Actor) -> dict[str, Any]:
    """An event with its proof; body and salt are left out where they name somebody whom the subject is not told."""
    proof, held = proofs.prove(position, size), Event.objects.get(pk=position)
    event = next((one.event for one in known if one.position == position), "")
    hidden = seeing.withheld(event, True, actor)
    told = held.body is not None and not hidden.keys() & json.loads(held.body).keys()
    return {
        "position": position,
        "kind": held.kind,
        "recorded_at": held.recorded_at,
        "body": held.body if told else None,
        "salt": bytes(held.salt).hex() if told and held.salt is not None else None,
        "commitment": proof.commitment.hex(),
        "leaf_hash": proof.leaf_hash.hex(),
        "path": [one.hex() for one in proof.path],
        "size": proof.size,
    }
