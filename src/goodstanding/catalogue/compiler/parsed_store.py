"""What was parsed before, kept on disk by the digest of its text, so that a new process need not parse it again.

Kept is data, never code: MessagePack, after its own SHA-256, in a file that is put in place whole. It stands in the
user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`) and is read only where nobody else can have written it. Every
change of this package or of the libraries that parse makes another name. A file that is damaged, or a folder that
cannot be used, is as if nothing had been kept. What nobody has used for long goes when something new is kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

LIBRARIES = ("pydantic", "ruamel.yaml", "sqlglot")
MOST_FILES = 1_000
UNUSED_SECONDS = 90 * 86_400  # after which nobody is thought to come back to a text or a version of the program
_OWN_NAME = re.compile(r"[a-z]+-[0-9a-z]+-[0-9a-f]{16}|unfinished-\w+")
_DAY, _SUM = 1, 32
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def find_parsed(kind: str, key: str) -> Any:
    """What was kept of this kind under this digest; None where nothing was."""
    try:
        if not _is_own_folder(_folder()):
            return None
        stored_key, content = _unpacked(_read_own(_file(kind, key)))
    except (OSError, RuntimeError, ValueError, TypeError, msgspec.MsgspecError):
        return None
    if stored_key != [kind, key]:
        return None
    with suppress(OSError):
        os.utime(_file(kind, key))  # it was used today
    return content


def keep_parsed(kind: str, key: str, content: Any) -> None:
    """Keeps content that consists of mappings, lists, texts, numbers and days; anything else is not kept."""
    try:
        packed = _packed(kind, key, content)
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_own_folder(folder) and _unpacked(packed)[1] == content:
            _write_whole(_file(kind, key), packed)
            _remove_unused(folder, _file(kind, key).lstat().st_mtime_ns)
    except (OSError, RuntimeError, ValueError, TypeError, msgspec.MsgspecError):
        return


def digest_of(text: str) -> str:
    """The name under which what a text says is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "goodstanding"


def _file(kind: str, key: str) -> Path:
    return _folder() / f"{kind}-{key}-{_program()}"


@cache
def _program() -> str:
    """A digest of the room `catalogue` and of the versions of what it parses with."""
    code = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for module in list_code_files():
        code.update(module.read_bytes())
    return code.hexdigest()[:16]


def list_code_files() -> list[Path]:
    """The modules that what is kept depends on: all of the room `catalogue`."""
    return sorted(Path(__file__).parents[1].rglob("*.py"))


def _is_own_folder(folder: Path) -> bool:
    return _is_own(os.lstat(folder), stat.S_ISDIR)


def _is_own(status: os.stat_result, is_kind: Any) -> bool:
    """Whether something is of a kind, belongs to who runs this process, and cannot be written by others."""
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _read_own(file: Path) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        if not _is_own(os.fstat(stream.fileno()), stat.S_ISREG):
            raise PermissionError(file)
        return stream.read()


def _write_whole(file: Path, packed: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix="unfinished-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(packed)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_unused(folder: Path, now: int) -> None:
    """Keeps the folder small: versions of the program and of texts come and go. What is not ours stays."""
    used = sorted((moment, file) for file in folder.iterdir() if (moment := _find_last_use(file)) is not None)
    surplus = used[: MOST_FILES // 2] if len(used) > MOST_FILES else []
    for _moment, file in {*surplus, *(entry for entry in used if now - entry[0] > UNUSED_SECONDS * 10**9)}:
        file.unlink(missing_ok=True)  # another process removes them too


def _find_last_use(file: Path) -> int | None:
    """When a file that this module wrote was used last; None for any other, and for one that has just gone."""
    with suppress(FileNotFoundError):
        status = file.lstat()
        return status.st_mtime_ns if _OWN_NAME.fullmatch(file.name) and _is_own(status, stat.S_ISREG) else None
    return None


def _packed(kind: str, key: str, content: Any) -> bytes:
    encoded = msgspec.msgpack.encode([[kind, key], _with_days(content)])
    return hashlib.sha256(encoded).digest() + encoded


def _unpacked(packed: bytes) -> tuple[Any, Any]:
    if hashlib.sha256(packed[_SUM:]).digest() != packed[:_SUM]:
        raise ValueError("what was kept is damaged")
    stored_key, content = msgspec.msgpack.decode(packed[_SUM:], ext_hook=_day)
    return stored_key, content


def _with_days(value: Any) -> Any:
    """The same with days marked as such, which MessagePack would write as texts."""
    if isinstance(value, dict):
        return {key: _with_days(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_days(inner) for inner in value]
    return msgspec.msgpack.Ext(_DAY, value.isoformat().encode()) if type(value) is date else value


def _day(code: int, data: memoryview) -> date:
    if code != _DAY:
        raise ValueError(f"no content has the code {code}")
    return date.fromisoformat(bytes(data).decode())
