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
from contextlib import suppress
from datetime import date, datetime
from typing import IO, Any

from goodstanding import config
from goodstanding.access import Actor
from goodstanding.errors import NotFound
from goodstanding.evidence.file_names import clean_file_name
from goodstanding.ledger import proofs
from goodstanding.portal.cases.letters.pdf import render_pdf
from goodstanding.portal.cases.presenters import present_case_intervals
from goodstanding.procedure.letters import render_letter_text
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.case_file import CaseAct, CaseFile
from goodstanding.register.cases.mandates import list_mandates_of_subject
from goodstanding.register.cases.notices import get_case_and_notice, has_notice, list_exhibits
from goodstanding.register.cases.public_replies import list_replies
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime, get_newest_size
from goodstanding.register.files.records import Record, list_records
from goodstanding.register.files.subjects import Subject
from goodstanding.register.rules.enacted_catalogues import list_catalogue_versions
from goodstanding.register.storage.evidence_store import read_exhibit_content
from goodstanding.web.http.errors import present_error
from goodstanding.web.ledger.event_access import list_withheld_keys
from goodstanding.web.models import LookUp
from goodstanding.web.schemas.people import name_person
from goodstanding.web.subjects.open_cases import list_own_cases

_ODD = re.compile(r"[^A-Za-z0-9]+")
_FIRST_INSTANT = (1980, 1, 1, 0, 0, 0)  # the first instant that a ZIP can name: no clock is in it
_IN_MEMORY = 16_000_000
_NAMING = ("by", "person", "revoked_by")  # fields that name who did something
README = """Everything that {register} held about {identifier} at ledger size {size}.

records.json and cases/ say what was stated and done; effects.json says what followed, as it was known from each size of
the ledger on. look-ups.json says who opened what is not public. letters/ and evidence/ are the files themselves.

To check an event of ledger/: SHA-256 over its salt (bytes from hexadecimal) and its body (UTF-8) is its commitment;
SHA-256 over the byte 0x00 and the commitment is its leaf hash; with its path (RFC 9162, 2.1.3.2) that leads to the root
in ledger/checkpoint.txt, which the register signed (C2SP tlog-checkpoint).
"""


def build_archive_name(subject: Subject) -> str:
    """The name of the file without its ending."""
    return f"{_ODD.sub('-', subject.identifier).strip('-')[:60]}-everything"


def pack_archive(subject: Subject, actor: Actor, at: date) -> IO[bytes]:
    """The ZIP, from its beginning; whoever calls has asked `access` before."""
    zip_file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed on, closed by its reader
    with zipfile.ZipFile(zip_file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _drop_repeated_files(list_archive_files(subject, actor, at)):
            entry = zipfile.ZipInfo(name, _FIRST_INSTANT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    zip_file.seek(0)
    return zip_file


def _drop_repeated_files(archive_files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Each file once: one in evidence may be so in several cases."""
    seen = set[str]()
    for name, content in archive_files:
        if name not in seen:
            seen.add(name)
            yield name, content


def list_archive_files(subject: Subject, actor: Actor, at: date) -> Iterator[tuple[str, bytes]]:
    """Each file of it by its name, always in the same order."""
    size, subject_records = get_newest_size(), list_records(subject.id)
    case_files = list_own_cases(subject, PointInTime(date.max), size)
    own_replies = list_replies(record.position for record in subject_records)
    subject_mandates = list_mandates_of_subject(subject.identifiers)
    about = {
        "register": config.get_current_register().name,
        "ledger_size": size,
        "subject": dataclasses.asdict(subject),
    }
    yield "README.txt", _render_readme(subject, size)
    yield "about.json", _render_json(about)
    yield "records.json", _render_json(subject_records)
    yield "effects.json", _render_json(list(_list_effects_by_size(subject, subject_records, size, at)))
    yield "replies.json", _render_json(own_replies)
    yield "mandates.json", _render_json(subject_mandates)
    yield "look-ups.json", _render_json(_list_look_ups(subject))
    for case_file in case_files:
        yield f"cases/{case_file.reference}.json", _render_json(_build_case_entry(case_file, at))
        yield from _render_letters(case_file)
        yield from _read_evidence(case_file)
    stated = (
        [statement.position for statement in subject_records]
        + [statement.position for statement in own_replies]
        + [statement.position for statement in subject_mandates]
    )
    events = {*stated, *(act_position for case_file in case_files for act_position in _list_act_positions(case_file))}
    yield "ledger/checkpoint.txt", proofs.get_checkpoint(size).encode()
    for position in sorted(event_position for event_position in events if event_position < size):
        yield f"ledger/{position}.json", _render_json(_build_event_proof(position, size, subject_records, actor))


def _render_readme(subject: Subject, size: int) -> bytes:
    return README.format(register=config.get_current_register().name, identifier=subject.identifier, size=size).encode()


def _render_json(value: Any) -> bytes:
    return json.dumps(value, default=_simplify_for_json, ensure_ascii=False, indent=1).encode() + b"\n"


def _simplify_for_json(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _name_people({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if isinstance(value, date | datetime):
        return value.isoformat()
    return dict(value) if hasattr(value, "keys") else list(value)


def _list_effects_by_size(
    subject: Subject, subject_records: Sequence[Record], size: int, at: date
) -> Iterator[dict[str, Any]]:
    """Every effect over all time, as it was known from a ledger size on, for each size that changed any."""
    before = None
    for since, when in _list_changing_sizes(subject, subject_records, size):
        known_effects = list_effects(subject.id, list(subject_records), PointInTime(at, at, since))
        effect_rows = [{name: _read_effect_field(effect, name) for name in _EFFECT_FIELDS} for effect in known_effects]
        if effect_rows != before:
            yield {"known_from_size": since, "recorded_at": when, "effects": effect_rows}
        before = effect_rows


_EFFECT_FIELDS = ("catalogue", "measure", "kind", "title", "audience", "value", "score", "valid_from", "valid_to",
                  "last_day", "because", "sentences")  # fmt: skip


def _read_effect_field(effect: Effect, name: str) -> Any:
    value = getattr(effect, name)
    return list(value) if isinstance(value, tuple) else value


def _list_changing_sizes(subject: Subject, subject_records: Sequence[Record], size: int) -> Iterator[tuple[int, str]]:
    """The ledger sizes by which more was known about a subject: one for each instant at which something came in."""
    about = {record.position for record in subject_records} | {
        act_position
        for case_file in list_own_cases(subject, PointInTime(date.max), size)
        for act_position in _list_act_positions(case_file)
    }
    rules = {
        version.position
        for name, versions in list_catalogue_versions().items()
        for version in versions
        if _is_catalogue_used(name, subject_records)
    }
    recorded_before = (position for position in about | rules if position < size)
    last: dict[str, int] = {}
    for position, when, _commitment in proofs.list_event_stamps(recorded_before):
        last[when] = max(last.get(when, 0), position)
    for when, position in sorted(last.items()):
        if position >= subject.id:
            yield position + 1, when


def _list_act_positions(case_file: CaseFile) -> Iterable[int]:
    return (case_act.position for case_act in case_file.acts)


def _is_catalogue_used(name: str, subject_records: Sequence[Record]) -> bool:
    return any(record.catalogue == name for record in subject_records)


def _list_look_ups(subject: Subject) -> list[dict[str, Any]]:
    log_entries = LookUp.objects.filter(subject__in=subject.identifiers).order_by("at", "pk")
    names = ("at", "name", "role", "scope", "opened")
    return [entry | {"name": name_person(entry["name"])} for entry in log_entries.values(*names)]


def _name_people(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with the humans whom it names, as pages have them; events of the ledger stay as they were signed."""
    return entry | {key: name_person(entry[key]) for key in _NAMING if isinstance(entry.get(key), str)}


def _build_case_entry(case_file: CaseFile, at: date) -> dict[str, Any]:
    return {
        "reference": case_file.reference,
        "catalogue": case_file.catalogue,
        "list": case_file.listed,
        "source": case_file.source,
        "about": case_file.about,
        "stretches": [interval.model_dump() for interval in present_case_intervals(case_file, at)],
        "acts": [_build_act_entry(case_act) for case_act in case_file.acts],
    }


def _build_act_entry(case_act: CaseAct) -> dict[str, Any]:
    body = {key: value for key, value in case_act.body.items() if key != "applicant"}
    return {
        "position": case_act.position,
        "recorded_at": case_act.recorded_at,
        "act": case_act.act.value,
        "late": case_act.late,
        **_name_people(body),
    }


def _render_letters(case_file: CaseFile) -> Iterator[tuple[str, bytes]]:
    for case_act in case_file.acts:
        if has_notice(case_file, case_act):
            _then, notice = get_case_and_notice(case_file.position, case_act.position)
            letter = write_letter(notice)
            yield f"letters/{case_file.reference}-{case_act.position}.txt", render_letter_text(letter).encode()
            with suppress(NotFound):  # where no font shows all of it, the text above is the letter
                yield f"letters/{case_file.reference}-{case_act.position}.pdf", render_pdf(letter)


def _read_evidence(case_file: CaseFile) -> Iterator[tuple[str, bytes]]:
    for exhibit in list_exhibits(case_file.acts):
        name = f"evidence/{exhibit.digest[:16]}-{clean_file_name(exhibit.name)}"
        try:
            yield name, read_exhibit_content(exhibit.digest)
        except NotFound as gone:
            yield f"{name}.txt", present_error(gone).message.encode()


def _build_event_proof(position: int, size: int, subject_records: Sequence[Record], actor: Actor) -> dict[str, Any]:
    """An event with its proof; body and salt are left out where they name somebody whom the subject is not told."""
    proof, stored_event = proofs.prove_inclusion(position, size), proofs.get_salted_event(position)
    event = next((record.event for record in subject_records if record.position == position), "")
    hidden = list_withheld_keys(event, True, actor)
    is_disclosed = stored_event.body is not None and not hidden.keys() & json.loads(stored_event.body).keys()
    return {
        "position": position,
        "kind": stored_event.kind,
        "recorded_at": stored_event.recorded_at,
        "body": stored_event.body if is_disclosed else None,
        "salt": stored_event.salt.hex() if is_disclosed and stored_event.salt is not None else None,
        "commitment": proof.commitment.hex(),
        "leaf_hash": proof.leaf_hash.hex(),
        "path": [path_hash.hex() for path_hash in proof.path],
        "size": proof.size,
    }
