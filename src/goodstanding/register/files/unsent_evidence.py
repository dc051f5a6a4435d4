"""Evidence files that wait in a form until it is sent: how many bytes of each person, and for how long.

A marker `evidence/waiting/PERSON/DIGEST` stands for each. It goes with the file once that waited too long, and stays
behind when the form is sent, until somebody looks which files events name.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from goodstanding import config
from goodstanding.errors import BadFile
from goodstanding.evidence.file_names import clean_file_name
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.projection.verification import list_evidence_named
from goodstanding.register.storage.evidence_store import FOLDER, accept_exhibit, discard_evidence, has_evidence

WAITING = "waiting"
LONGEST_WAIT = timedelta(days=7)
_MARGIN = timedelta(days=1)  # a form may have been opened at the last moment


def accept_waiting_exhibit(name: str, stream: BinaryIO, by: str, day: date, most_bytes: int, at: datetime) -> Exhibit:
    """Takes in a file that waits in a form of a person; raises BadFile where more of theirs wait than `most_bytes`."""
    discard_unsent_evidence(at)
    markers = _list_markers(_locate_person(by))
    if _measure(markers) >= most_bytes:
        _remove_sent(markers)
        markers = _list_markers(_locate_person(by))
    if _measure(markers) >= most_bytes:
        message = Message(RegisterMessage.EXHIBITS_WAITING, {"megabytes": f"{most_bytes / 1_000_000:.0f}"})
        raise BadFile(message, where=clean_file_name(name))
    exhibit = accept_exhibit(name, stream, by, day)
    _mark_waiting(exhibit, by, at)
    return exhibit


def renew_waiting_exhibit(exhibit: Exhibit, by: str, at: datetime) -> bool:
    """Whether a file is still kept, and not erased, so that a form may name it; then it waits from now on."""
    if not has_evidence(exhibit.digest):
        return False
    _mark_waiting(exhibit, by, at)
    return True


def discard_unsent_evidence(at: datetime) -> int:
    """Discards files that waited too long and that no event names; gives how many."""
    oldest = (at - LONGEST_WAIT - _MARGIN).timestamp()
    old = [marker for marker in _list_all_markers() if _is_older(marker, oldest)]
    unsent = [marker for marker in _remove_sent(old) if _is_older(marker, oldest)]  # none that was renewed meanwhile
    for marker in unsent:
        marker.unlink(missing_ok=True)
    digests = {marker.name for marker in unsent} - {marker.name for marker in _list_all_markers()}
    for digest in digests:
        discard_evidence(digest)
    return len(digests)


def _remove_sent(markers: list[Path]) -> list[Path]:
    """Removes the markers of files that an event names; gives the others."""
    named = list_evidence_named() if markers else set()
    for marker in markers:
        if marker.name in named:
            marker.unlink(missing_ok=True)
    return [marker for marker in markers if marker.name not in named]


def _mark_waiting(exhibit: Exhibit, by: str, at: datetime) -> None:
    folder = _locate_person(by)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    marker = folder / exhibit.digest
    marker.write_text(str(exhibit.size))
    os.utime(marker, (at.timestamp(), at.timestamp()))


def _is_older(marker: Path, instant: float) -> bool:
    try:
        return marker.stat().st_mtime < instant
    except FileNotFoundError:  # another request tidied up
        return False


def _measure(markers: list[Path]) -> int:
    return sum(map(_read_size, markers))


def _read_size(marker: Path) -> int:
    try:
        return int(marker.read_text() or 0)
    except FileNotFoundError:
        return 0


def _locate_waiting() -> Path:
    return config.get_current_register().path(FOLDER, WAITING)


def _locate_person(by: str) -> Path:
    return _locate_waiting() / hashlib.sha256(by.encode()).hexdigest()[:32]


def _list_all_markers() -> list[Path]:
    return [marker for person in _list_folder(_locate_waiting()) for marker in _list_markers(person)]


def _list_markers(folder: Path) -> list[Path]:
    return list(_list_folder(folder))


def _list_folder(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.iterdir())) if folder.is_dir() else iter(())
