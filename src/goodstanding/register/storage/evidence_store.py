"""Evidence files: looked at when they come in, kept by their digest beside the ledger, checked whenever they are read.

A file's content is `evidence/ab/cdef…` in the register's folder, where no web server looks; what is known of it stands
beside in `evidence/ab/cdef….json`. The same content handed in twice is one file, and both are noted. Only their owner
can read them. Whoever may see a file is not decided here (`access`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from goodstanding import config
from goodstanding.errors import BadFile, BadInput, LedgerDiffers, NotFound
from goodstanding.evidence.file_names import clean_file_name
from goodstanding.evidence.inspection import inspect_file
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.notices import Exhibit

FOLDER, LOCK = "evidence", ".lock"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STEP = 1 << 20
EvidenceNote = dict[str, Any]


def accept_exhibit(name: str, stream: BinaryIO, by: str, day: date) -> Exhibit:
    """Takes in a file that `by` handed in on `day`, and gives it as it is kept; sent again, it is noted again.

    Raises BadFile, and then keeps nothing, for a file that is too large, of no kind that is taken, broken, not what its
    name says, or that acts; `where` is the file's name, `remedy` says what would be taken.
    """
    content = _read_bounded(name, stream, config.get_current_register().evidence_bytes)
    seen = inspect_file(name, content)
    exhibit = Exhibit(seen.name, hashlib.sha256(content).hexdigest(), len(content), seen.media_type)
    with _lock_folder():
        note = _find_note(exhibit.digest) or {"received": [], "forgotten": []}
        note |= {"sha256": exhibit.digest, "size": exhibit.size}
        note["received"].append(
            {"name": exhibit.name, "media_type": exhibit.media_type, "by": by, "day": day.isoformat()}
        )
        if not _is_unaltered(exhibit.digest):
            _write_durably(_locate_file(exhibit.digest), content)
        _write_durably(_locate_note(exhibit.digest), json.dumps(note, indent=1).encode())
    return exhibit


def _read_bounded(name: str, stream: BinaryIO, most: int) -> bytes:
    parts, size = [], 0
    while part := stream.read(_STEP):
        parts.append(part)
        size += len(part)
        if size > most:
            message = Message(RegisterMessage.EXHIBIT_TOO_LARGE, {"megabytes": f"{most / 1_000_000:g}"})
            raise BadFile(message, where=clean_file_name(name))
    return b"".join(parts)


def read_exhibit_content(digest: str) -> bytes:
    """The content of a file, which is what was handed in; raises NotFound where none is kept, and says so if it was
    erased; LedgerDiffers where what is kept is no longer what was handed in.
    """
    try:
        content = _locate_file(digest).read_bytes()
    except FileNotFoundError as wrong:
        raise _build_missing_error(digest) from wrong
    if hashlib.sha256(content).hexdigest() != digest:
        raise LedgerDiffers(Message(RegisterMessage.EXHIBIT_DIFFERS), where=digest)
    return content


def get_evidence_note(digest: str) -> EvidenceNote:
    """What is known of a file: sha256, size, and two lists, of each time that it was received and was forgotten.

    `received` has name, media_type, by, day; `forgotten` reason, by, day. Raises NotFound where no such file was ever
    handed in.
    """
    if (note := _find_note(digest)) is None:
        raise NotFound(Message(RegisterMessage.EXHIBIT_NOT_KEPT), where=digest[:64])
    return note


def erase_evidence(digest: str, reason: str, by: str, day: date) -> None:
    """Erases a file's content, and the names under which it came in; that it was there, and why it is gone, stays.

    Raises NotFound where none is kept, BadInput without a reason. Copies of the folder are the operator's to erase.
    """
    if not reason.strip():
        raise BadInput(Message(RegisterMessage.EXHIBIT_ERASURE_UNREASONED), where=digest[:64])
    with _lock_folder():
        if not _locate_file(digest).exists():
            raise _build_missing_error(digest)
        note = get_evidence_note(digest)
        note["received"] = [
            {"media_type": receipt["media_type"], "day": receipt["day"]} for receipt in note["received"]
        ]
        note["forgotten"].append({"reason": reason, "by": by, "day": day.isoformat()})
        _write_durably(_locate_note(digest), json.dumps(note, indent=1).encode())
        _locate_file(digest).unlink()
        _sync_folder(_locate_file(digest).parent)


def has_evidence(digest: str) -> bool:
    """Whether a file is kept."""
    return _locate_file(digest).exists()


def discard_evidence(digest: str) -> None:
    """Discards a file that nobody sent and all that is known of it, but for an earlier erasure."""
    with _lock_folder():
        _locate_file(digest).unlink(missing_ok=True)
        if not (_find_note(digest) or {}).get("forgotten"):
            _locate_note(digest).unlink(missing_ok=True)


def list_kept_digests() -> Iterator[str]:
    """The digests of all files that are kept, in order."""
    for folder in sorted(_locate_folder().glob("[0-9a-f][0-9a-f]")):
        yield from sorted(
            folder.name + file.name for file in folder.iterdir() if _DIGEST.fullmatch(folder.name + file.name)
        )


def list_digests_named(content: Any, under: bool = False) -> Iterator[str]:
    """The digests of files that the body of an event names as evidence."""
    parts: Iterable[tuple[Any, Any]] = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in parts:
        inside = under or key == "evidence"
        if isinstance(value, dict | list):
            yield from list_digests_named(value, inside)
        elif inside and isinstance(value, str) and _DIGEST.fullmatch(value):
            yield value


def list_differing_digests(named: Collection[str] = ()) -> tuple[str, ...]:
    """The digests of files that were changed, that are gone and were not erased, or of which nothing is known.

    What events still name as evidence was not erased, whatever the note beside it says: nothing erases one alone.
    """
    suspects = [digest for digest in sorted({*_digests(), *named}) if not _is_in_order(digest, digest in named)]
    if not suspects:
        return ()
    with _lock_folder():  # nobody is half-way through handing one in or erasing it
        return tuple(digest for digest in suspects if not _is_in_order(digest, digest in named))


def _digests() -> list[str]:
    """The digests of all files that are kept, or of which something is known."""
    files = _locate_folder().glob("[0-9a-f][0-9a-f]/*")
    names = {file.parent.name + file.name.removesuffix(".json") for file in files}
    return sorted(name for name in names if _DIGEST.fullmatch(name))


def _is_in_order(digest: str, is_named: bool) -> bool:
    try:
        note = _find_note(digest)
    except ValueError:
        return False
    if _locate_file(digest).exists():
        return note is not None and _is_unaltered(digest)
    return not is_named and (note is None or bool(note["forgotten"]))


def _is_unaltered(digest: str) -> bool:
    """Whether a file is kept and is what was handed in."""
    try:
        read_exhibit_content(digest)
    except (LedgerDiffers, NotFound):
        return False
    return True


def _build_missing_error(digest: str) -> NotFound:
    forgotten = (_find_note(digest) or {}).get("forgotten", [])
    if not forgotten:
        return NotFound(Message(RegisterMessage.EXHIBIT_NOT_KEPT), where=digest[:64])
    last = forgotten[-1]
    return NotFound(
        Message(RegisterMessage.EXHIBIT_ERASED, {"day": last["day"], "reason": last["reason"]}), where=digest
    )


def _locate_folder() -> Path:
    return config.get_current_register().path(FOLDER)


def _locate_file(digest: str) -> Path:
    """Where a file is kept; raises NotFound for what is no digest, so that no name leads out of the folder."""
    if not _DIGEST.fullmatch(digest):
        raise NotFound(Message(RegisterMessage.EXHIBIT_WITHOUT_DIGEST), where=digest[:64])
    return _locate_folder() / digest[:2] / digest[2:]


def _locate_note(digest: str) -> Path:
    return _locate_file(digest).with_name(digest[2:] + ".json")


def _find_note(digest: str) -> EvidenceNote | None:
    try:
        note: EvidenceNote = json.loads(_locate_note(digest).read_bytes())
    except FileNotFoundError:
        return None
    return note


@contextmanager
def _lock_folder() -> Iterator[None]:
    """Lets one process at a time change what is kept."""
    _locate_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_locate_folder() / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_durably(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all, on the disk before this returns, readable by its owner only."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    part = file.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(file.parent)
    _sync_folder(file.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
