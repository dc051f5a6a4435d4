"""Evidence files: taken in whole or not at all, kept by digest, checked when read, erased for a reason."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tests.exhibits import REAL, TEXT, docx, pdf

from goodstanding import config
from goodstanding.errors import BadFile, BadInput, LedgerDiffers, NotFound
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.storage.evidence_store import (
    LOCK,
    accept_exhibit,
    erase_evidence,
    get_evidence_note,
    list_differing_digests,
    list_kept_digests,
    read_exhibit_content,
)

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a register's evidence."""
    monkeypatch.setattr(config, "_current", config.RegisterSettings(tmp_path, evidence_bytes=100_000))
    return tmp_path / "evidence"


def accept_file(content: bytes = TEXT, name: str = "statement.txt", by: str = "Ana Torres") -> Exhibit:
    """Hands a file in."""
    return accept_exhibit(name, io.BytesIO(content), by, DAY)


@pytest.mark.parametrize("ending", REAL)
def test_what_is_handed_in_is_what_is_read(ending: str) -> None:
    """A file is given back byte for byte, under its SHA-256, with its name, size and kind."""
    exhibit = accept_file(REAL[ending], f"my file.{ending}")
    assert read_exhibit_content(exhibit.digest) == REAL[ending]
    assert exhibit.digest == hashlib.sha256(REAL[ending]).hexdigest()
    assert (exhibit.name, exhibit.size) == (f"my file.{ending}", len(REAL[ending]))


def test_a_file_is_kept_where_only_its_owner_reads_it(folder: Path) -> None:
    """Content and note stand in a folder named by the digest, readable by nobody else, and nothing else is left."""
    digest = accept_file().digest
    file = folder / digest[:2] / digest[2:]
    assert sorted(path.name for path in file.parent.iterdir()) == [digest[2:], f"{digest[2:]}.json"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, file.parent, *file.parent.iterdir()))


def test_what_is_known_of_a_file_says_who_handed_it_in() -> None:
    """Name, person and day of each time are noted; the same content is kept once."""
    first, second = accept_file(by="Ana Torres"), accept_file(name="the same.txt", by="Wang Xiaoming")
    assert first.digest == second.digest
    assert list(list_kept_digests()) == [first.digest]
    received = get_evidence_note(first.digest)["received"]
    assert [(receipt["name"], receipt["by"], receipt["day"]) for receipt in received] == [
        ("statement.txt", "Ana Torres", "2026-03-02"), ("the same.txt", "Wang Xiaoming", "2026-03-02"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.txt", "..\\x.txt", "/root/.ssh/x.txt", "a\x00.txt", "\ud800.txt"]
)
def test_no_name_leads_out_of_the_folder(folder: Path, name: str) -> None:
    """Whatever a file is called, it is kept under its digest, and what is noted can be written."""
    exhibit = accept_file(name=name, by="\ud800\x00")
    assert "/" not in exhibit.name
    assert {path.parent.parent for path in folder.rglob("*.json")} == {folder}


@pytest.mark.parametrize("digest", ["", "x", "../" * 21 + "a", "A" * 64, "0" * 64, "0" * 63 + "\n", "\x00" * 64])
def test_what_is_not_kept_is_not_found(digest: str) -> None:
    """What is no digest, or the digest of nothing, leads nowhere."""
    for door in (
        read_exhibit_content,
        get_evidence_note,
        lambda file_digest: erase_evidence(file_digest, "law", "x", DAY),
    ):
        with pytest.raises(NotFound):
            door(digest)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"x" * 100_001, "too large"),
        ("a.txt", b"", "empty"),
        ("a.pdf", TEXT, "says that it is a PDF"),
        ("a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "JavaScript"),
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    ],
    ids=["large", "empty", "lie", "script", "macro"],
)
def test_what_is_refused_leaves_nothing_behind(folder: Path, name: str, content: bytes, reason: str) -> None:
    """A refusal says which file, what is wrong and what would be right, and keeps nothing."""
    with pytest.raises(BadFile, match=reason) as refusal:
        accept_file(content, name)
    assert (refusal.value.where, bool(refusal.value.remedy)) == (name, True)
    assert not folder.exists()


def test_a_file_that_is_too_large_is_not_read_to_its_end() -> None:
    """Reading stops soon after the limit, however much is sent."""

    class Endless(io.RawIOBase):
        sent = 0

        def read(self, size: int = -1) -> bytes:
            self.sent += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(BadFile, match="too large"):
        accept_exhibit("a.txt", stream, "x", DAY)  # type: ignore[arg-type]
    assert stream.sent < 5_000_000


def test_a_changed_file_is_not_given_out(folder: Path) -> None:
    """A file whose content is no longer what was handed in is an error, and is named; handed in again it is whole."""
    digest = accept_file().digest
    (folder / digest[:2] / digest[2:]).write_bytes(b"another statement")
    with pytest.raises(LedgerDiffers):
        read_exhibit_content(digest)
    assert list_differing_digests() == (digest,)
    accept_file()
    assert (read_exhibit_content(digest), list_differing_digests()) == (TEXT, ())


def test_a_file_without_its_note_is_named(folder: Path) -> None:
    """A file of which nothing is known differs from what was handed in, too."""
    digest = accept_file().digest
    (folder / digest[:2] / f"{digest[2:]}.json").unlink()
    assert list_differing_digests() == (digest,)


def test_a_file_that_is_gone_is_named_unless_it_was_erased(folder: Path) -> None:
    """Whoever takes a file away without a reason leaves its note, and that shows; an erased file is in order."""
    erased, taken = accept_file().digest, accept_file(b"Another statement.").digest
    erase_evidence(erased, "article 17 of the law", "Li", date(2026, 4, 1))
    assert list_differing_digests() == ()
    (folder / taken[:2] / taken[2:]).unlink()
    assert list_differing_digests() == (taken,)


def test_a_note_that_cannot_be_read_is_named(folder: Path) -> None:
    """A file whose note is broken differs from what was handed in, and hides no other."""
    digest, other = accept_file().digest, accept_file(b"Another statement.").digest
    (folder / digest[:2] / f"{digest[2:]}.json").write_bytes(b"{")
    (folder / other[:2] / other[2:]).write_bytes(b"changed")
    assert set(list_differing_digests()) == {digest, other}


def test_erasure_takes_content_and_names_and_leaves_the_reason() -> None:
    """An erased file is gone with its names; that it was there, and why it is gone, is said."""
    digest = accept_file().digest
    erase_evidence(digest, "article 17 of the law", "Li", date(2026, 4, 1))
    with pytest.raises(NotFound, match="erased on 2026-04-01: article 17 of the law"):
        read_exhibit_content(digest)
    note = get_evidence_note(digest)
    assert "statement" not in json.dumps(note["received"]) + json.dumps(note["forgotten"])
    assert "Ana" not in json.dumps(note)
    assert list(list_kept_digests()) == []
    with pytest.raises(NotFound):
        erase_evidence(digest, "again", "Li", DAY)


def test_an_erased_file_may_be_handed_in_again() -> None:
    """Handed in anew it is new evidence; that it was erased before stays noted."""
    digest = accept_file().digest
    erase_evidence(digest, "law", "Li", DAY)
    accept_file()
    assert read_exhibit_content(digest) == TEXT
    assert len(get_evidence_note(digest)["forgotten"]) == 1


def test_nothing_is_erased_without_a_reason() -> None:
    """An erasure without a reason is refused, and the file is still there."""
    digest = accept_file().digest
    with pytest.raises(BadInput, match="reason"):
        erase_evidence(digest, " ", "Li", DAY)
    assert read_exhibit_content(digest) == TEXT


def test_many_people_may_hand_in_the_same_file_at_once() -> None:
    """No note is lost where the same content comes from many at the same time."""
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda number: accept_file(by=f"person {number}").digest, range(24)))
    (digest,) = digests
    received = get_evidence_note(digest)["received"]
    assert {receipt["by"] for receipt in received} == {f"person {number}" for number in range(24)}


def test_a_crash_while_writing_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fails before a file is whole, none is there, nor a part of one."""

    def fails(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        accept_file()
    assert [path for path in folder.rglob("*") if path.is_file() and path.name != LOCK] == []


def test_other_processes_find_what_is_kept(folder: Path) -> None:
    """What one process takes in, another reads."""
    digest = accept_file().digest
    program = (
        "import pathlib, sys\n"
        "from goodstanding import config\n"
        "from goodstanding.register.storage import evidence_store\n"
        "config._current = config.RegisterSettings(pathlib.Path(sys.argv[1]))\n"
        "sys.stdout.buffer.write(evidence_store.read_exhibit_content(sys.argv[2]))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder.parent), digest], capture_output=True, check=True)
    assert done.stdout == TEXT
