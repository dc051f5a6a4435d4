"""What a file in evidence is, and what it may be called."""

from __future__ import annotations

import pytest
from tests import exhibits

from goodstanding.errors import BadFile
from goodstanding.evidence.file_names import clean_file_name
from goodstanding.evidence.inspection import inspect_file
from goodstanding.evidence.media_types import ENDINGS, TITLES


def get_refusal(name: str, content: bytes, match: str = ".") -> BadFile:
    """The refusal of a file; it says where, and what would be taken."""
    with pytest.raises(BadFile, match=match) as refusal:
        inspect_file(name, content)
    assert refusal.value.where == clean_file_name(name)
    assert refusal.value.remedy
    return refusal.value


@pytest.mark.parametrize("ending", exhibits.REAL)
def test_ordinary_files_are_taken(ending: str) -> None:
    """A plain file of each kind is taken, under its name and as what it is."""
    look = inspect_file(f"my file.{ending}", exhibits.REAL[ending])
    assert (look.name, look.media_type) == (f"my file.{ending}", ENDINGS[ending])


@pytest.mark.parametrize("ending", sorted(set(exhibits.REAL) - {"txt", "csv"}))
@pytest.mark.parametrize("kinds", sorted(set(exhibits.REAL) - {"txt", "csv"}))
def test_a_name_that_lies_is_refused_with_both_kinds(ending: str, kinds: str) -> None:
    """A file called something else than it is is refused, saying what it is and what its name says."""
    if ending == kinds:
        return
    refusal = get_refusal(f"scan.{kinds}", exhibits.REAL[ending], "The name says that it is")
    titles = TITLES
    assert titles[ENDINGS[ending]] in refusal.message
    assert titles[ENDINGS[kinds]] in refusal.message
    assert f".{ending}" in str(refusal.remedy)


def test_a_text_called_a_picture_is_refused() -> None:
    """A text with a picture's name is refused too, and nothing is claimed about what it is."""
    assert "does not begin as one" in get_refusal("photo.jpg", exhibits.TEXT).message


@pytest.mark.parametrize(("name", "kept"), [("scan", "scan.pdf"), ("", "unnamed.pdf"), (".pdf", "pdf.pdf")])
def test_a_name_without_an_ending_gets_the_right_one(name: str, kept: str) -> None:
    """A name that says nothing lies about nothing; the ending is added, so that the file opens."""
    assert inspect_file(name, exhibits.REAL["pdf"]).name == kept


@pytest.mark.parametrize("name", ["run.exe", "page.html", "a.svg", "a.pdf.js", "a.docm", "a.zip"])
def test_endings_of_other_kinds_are_refused(name: str) -> None:
    """Whatever is inside, a name of a kind that is not taken is refused, and the kinds that are taken are named."""
    assert "PDF" in str(get_refusal(name, exhibits.REAL["txt"]).remedy)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 x}",
        b"%!PS-Adobe-3.0", b"GIF89a", b"II*\x00", b"RIFF\x00\x00\x00\x00WEBP", b"\x1f\x8b\x08", b"7z\xbc\xaf",
        b"PK\x07\x08", b"<!DOCTYPE html><p>x", b"  \n<html>", b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><a/>", b"<script>alert(1)</script>", b"Dear all, <ScRiPt >alert(1)</script>",
        b"<!-- x --><svg/>", b"",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["statement.txt", "statement"])
def test_other_kinds_are_refused_whatever_their_name(name: str, content: bytes) -> None:
    """Programs, pages, drawings in markup, packed files and old formats are refused by their content."""
    get_refusal(name, content)


@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "txt"])
def test_a_file_that_is_an_archive_as_well_is_refused(ending: str) -> None:
    """A file with a second face, an archive behind it, is refused."""
    get_refusal(f"a.{ending}", exhibits.REAL[ending] + exhibits.archive({"evil.js": "alert(1)"}))


def test_an_archive_inside_the_end_of_a_document_is_found() -> None:
    """An archive whose comment is the end of a PDF is found, though the PDF ends as it should."""
    zipped = bytearray(exhibits.archive({"a.js": "x"}))
    tail = b"\nstartxref\n0\n%%EOF\n"
    zipped[-2:] = len(tail).to_bytes(2, "little")
    assert "archive" in get_refusal("a.pdf", exhibits.pdf() + bytes(zipped) + tail).message


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\wages.pdf", "wages.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("a\x00b\nc\td.pdf", "ab c d.pdf"),
        ("工资 凭证.pdf", "工资 凭证.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("  ..hidden.pdf. . ", "hidden.pdf"),
        ('a<b>:"c"|?*.pdf', "a_b___c____.pdf"),
        ("\ud800x.pdf", "x.pdf"),
        ("...", "unnamed"),
        ("\u200b\u2066", "unnamed"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 500, "x" * 120),
        ("x." + "y" * 500, "x." + "y" * 118),
    ],
)
def test_names_lose_what_deceives(name: str, plain: str) -> None:
    """No folder, unseen character, reordering mark or character that file systems refuse stays, and the ending does."""
    assert clean_file_name(name) == plain
