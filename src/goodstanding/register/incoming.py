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
from datetime import datetime, timedelta
from pathlib import Path

from goodstanding import config
from goodstanding.errors import BadFile, NotFound

FOLDER = "incoming"
KEPT = timedelta(days=1)
KINDS = (".csv", ".parquet", ".jsonl", ".ndjson")
_LONGEST = 100
_DIGEST = re.compile(r"[0-9a-f]{64}")


def file_name(given: str) -> str:
    """A sender's name for a file as a name that any folder holds; raises BadFile for a kind that nobody reads here."""
    last = unicodedata.normalize("NFKC", given).replace("\\", "/").rpartition("/")[2]
    stem, dot, kind = last.rpartition(".")
    if f"{dot}{kind.lower()}" not in KINDS:
        raise BadFile(
            "The file is of no kind that is read here.", where=shown(last), remedy="a .csv, .parquet or .jsonl file"
        )
    clean = re.sub(r"[^\w .()+-]|\.{2,}", "_", stem).strip(" .")[:_LONGEST]
    return f"{clean or 'file'}.{kind.lower()}"


def shown(name: str) -> str:
    """A name as an answer can show it: short, and only what can be seen."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:_LONGEST])


def keep(source: str, name: str, content: bytes) -> str:
    """Keeps a file of a source; gives its SHA-256, by which it is found again."""
    digest = hashlib.sha256(content).hexdigest()
    folder = _folder(source, digest)
    for one in (_root(), folder.parent, folder):
        one.mkdir(exist_ok=True, mode=0o700)
    for other in folder.iterdir():
        other.unlink(missing_ok=True)
    config.write_private(beside := folder / f".{secrets.token_hex(8)}", content)
    beside.replace(folder / name)
    return digest


def kept(source: str, digest: str) -> Path:
    """The file of a source with that digest; raises NotFound where it was taken in, is gone or never came."""
    if _DIGEST.fullmatch(digest):
        found = [one for one in _listed(_folder(source, digest)) if not one.name.startswith(".")]
        if found:
            return found[0]
    raise NotFound("This file is no longer kept.", where=shown(digest), remedy="send it again; it is kept for a day")


def drop(source: str, digest: str) -> None:
    """Forgets a file of a source."""
    if _DIGEST.fullmatch(digest):
        shutil.rmtree(_folder(source, digest), ignore_errors=True)


def tidy(at: datetime) -> int:
    """Forgets what was kept for longer than a day before an instant; gives how many files that were."""
    oldest = (at - KEPT).timestamp()
    old = [folder for source in _listed(_root()) for folder in _listed(source) if folder.stat().st_mtime < oldest]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _root() -> Path:
    return config.current().path(FOLDER)


def _folder(source: str, digest: str) -> Path:
    return _root() / hashlib.sha256(source.encode()).hexdigest()[:32] / digest


def _listed(folder: Path) -> list[Path]:
    try:
        return [folder / entry.name for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []
