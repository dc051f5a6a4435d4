"""Files that sources sent and nobody has taken in yet: kept in the register's folder, for their source alone.

A file lies under the digest of its source and its own, readable by the register's owner only, under the name that its
sender gave it as far as that can be a file's name. It goes once it was taken in, or when it is too old.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from goodstanding import config, plain_text
from goodstanding.errors import BadFile, NotFound
from goodstanding.messages import Message, SubmissionMessage

FOLDER = "incoming"
KEEPING_TIME = timedelta(days=1)
MOST_WAITING = 20  # files of a source
UPLOAD_SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".ndjson")
_LONGEST, _MOST_NAME_BYTES = 100, 200  # letters of a name, and bytes: a folder counts those
_TRIES = 5
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_file_name(sender_name: str) -> str:
    """A sender's name for a file as a name that any folder holds; raises BadFile for a kind that nobody reads here."""
    last = unicodedata.normalize("NFKC", sender_name).replace("\\", "/").rpartition("/")[2]
    stem, dot, kind = last.rpartition(".")
    if f"{dot}{kind.lower()}" not in UPLOAD_SUFFIXES:
        raise BadFile(Message(SubmissionMessage.UPLOAD_OF_OTHER_KIND), where=render_visible_name(last))
    clean = re.sub(r"[^\w .()+-]|\.{2,}", "_", stem).strip(" .")[:_LONGEST]
    clean = clean.encode()[:_MOST_NAME_BYTES].decode(errors="ignore")
    return f"{clean or 'file'}.{kind.lower()}"


def render_visible_name(name: str) -> str:
    """A name as an answer can show it: short, and only what can be seen."""
    return plain_text.replace_unprintable_characters(name[:_LONGEST])


def keep_upload(source: str, name: str, content: bytes) -> str:
    """Keeps a file of a source; gives its SHA-256, by which it is found again."""
    digest = hashlib.sha256(content).hexdigest()
    _drop_surplus_uploads(source, digest)
    for _try in range(_TRIES - 1):
        with suppress(FileNotFoundError):  # it was sent, and forgotten, at this moment
            _write_upload(_locate_folder(source, digest), name, content)
            return digest
    _write_upload(_locate_folder(source, digest), name, content)
    return digest


def _drop_surplus_uploads(source: str, digest: str) -> None:
    """Forgets the oldest files of a source where one more would be too many."""
    others = [folder for folder in _list_folder(_locate_folder(source, digest).parent) if folder.name != digest]
    newest_first = sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in newest_first[MOST_WAITING - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _write_upload(folder: Path, name: str, content: bytes) -> None:
    for directory in (_locate_root(), folder.parent, folder):
        directory.mkdir(exist_ok=True, mode=0o700)
    config.write_private_file(beside := folder / f".{secrets.token_hex(8)}", content)
    for other in _list_folder(folder):
        if not other.name.startswith("."):  # what others are writing at this moment
            other.unlink(missing_ok=True)
    beside.replace(folder / name)


def get_upload(source: str, digest: str) -> Path:
    """The file of a source with that digest; raises NotFound where it was taken in, is gone or never came."""
    if _DIGEST.fullmatch(digest):
        files = [file for file in _list_folder(_locate_folder(source, digest)) if not file.name.startswith(".")]
        if files:
            return files[0]
    raise NotFound(Message(SubmissionMessage.UPLOAD_GONE), where=render_visible_name(digest))


def drop_upload(source: str, digest: str) -> None:
    """Forgets a file of a source."""
    if _DIGEST.fullmatch(digest):
        shutil.rmtree(_locate_folder(source, digest), ignore_errors=True)


def drop_old_uploads(at: datetime) -> int:
    """Forgets what was kept for longer than a day before an instant; gives how many files that were."""
    oldest = (at - KEEPING_TIME).timestamp()
    old = [
        folder
        for source in _list_folder(_locate_root())
        for folder in _list_folder(source)
        if folder.stat().st_mtime < oldest
    ]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _locate_root() -> Path:
    return config.get_current_register().path(FOLDER)


def _locate_folder(source: str, digest: str) -> Path:
    return _locate_root() / hashlib.sha256(source.encode()).hexdigest()[:32] / digest


def _list_folder(folder: Path) -> list[Path]:
    try:
        return [folder / entry.name for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []
