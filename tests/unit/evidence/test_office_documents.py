"""Office files in evidence: without macros, foreign objects or parts elsewhere, and no bombs."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.exhibits import EXCEL, WORD, archive, content_types, docx, name_parameter, odt, relationships, xlsx

from goodstanding.errors import BadFile
from goodstanding.evidence.media_types import DOCX, ODT, XLSX
from goodstanding.evidence.office_documents import check_office_document
from goodstanding.evidence.zip_archive import ZipArchive

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = "application/vnd.ms-office.vbaProject"
TIES = "word/_rels/document.xml.rels"
BEGIN = '<w:fldChar w:fldCharType="begin"/>'
DDE = f"<w:r>{BEGIN}<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText></w:r>"
PAGE = f'<w:fldSimple w:instr=" PAGE "/><w:r>{BEGIN}<w:instrText> HYPERLINK "https://x" </w:instrText></w:r>'


def test_plain_office_files_are_taken_as_what_they_are() -> None:
    """A document, a workbook and a text are told apart by their content."""
    assert check_office_document(docx()) == DOCX
    assert check_office_document(docx(PAGE, **{"word/media/image1.png": b"x", "docProps/app.xml": "<a/>"})) == DOCX
    assert (
        check_office_document(
            xlsx('<c><f>SUM(A1:A3)&amp;" | "</f></c>', **{"xl/printerSettings/printerSettings1.bin": b"x"})
        )
        == XLSX
    )
    assert check_office_document(odt('<text:a xlink:href="https://example.org">x</text:a>')) == ODT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (docx(**{"word/harmless.bin": b"x"}), "unknown kind"),
        (docx(**{"[Content_Types].xml": content_types(MACRO, "/word/document.xml")}), "macro"),
        (docx(**{"[Content_Types].xml": content_types(WORD, "/word/document.xml", ("/word/a.xml", VBA))}), "macro"),
        (docx(**{TIES: relationships(("vbaProject", "harmless.xml", False))}), "macro"),
        (docx(**{TIES: relationships(("attachedTemplate", "https://evil.example/t.dotm", True))}), "elsewhere"),
        (docx(**{TIES: relationships(("attachedTemplate", "https://evil.example/t.dotm", False))}), "elsewhere"),
        (docx(**{TIES: relationships(("image", "\\\\host\\share\\a.png", True))}), "elsewhere"),
        (docx(**{TIES: relationships(("hyperlink", "file:///etc/passwd", True))}), "elsewhere"),
        (docx(**{TIES: relationships(("hyperlink", "javascript:alert(1)", True))}), "elsewhere"),
        (docx(**{TIES: relationships(("aFChunk", "page.xml", False))}), "object of another program"),
        (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "object of another program"),
        (docx(**{"word/embeddings/sheet.xlsx": b"x"}), "object of another program"),
        (docx(**{"word/activeX/activeX1.xml": "<a/>"}), "object of another program"),
        (docx(**{"customUI/customUI14.xml": "<a/>"}), "macro"),
        (docx(**{"word/page.html": "<a/>"}), "unknown kind"),
        (docx(DDE), "field"),
        (docx('<w:fldSimple w:instr="INCLUDEPICTURE https://x"/>'), "field"),
        (docx('<v:shape><v:imagedata src="https://x/a.png"/></v:shape>'), "picture that is elsewhere"),
        (docx("<w:altChunk/>"), "another program"),
        (docx(**{"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "entities"),
        (docx(**{"word/a.xml": "<a>\ud7ff</a>".encode("utf-16")}), "UTF-8"),
        (docx(**{"word/a.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}), "UTF-8"),
        (docx(**{"word/a.xml": "<a>" * 500 + "</a>" * 500}), "without end"),
        (docx(**{"word/a.xml": "no xml"}), "no XML"),
        (xlsx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "object of another program"),
        (xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}), "macro"),
        (xlsx(**{"xl/connections.xml": "<a/>"}), "object of another program"),
        (xlsx("<c><f>cmd|'/c calc'!A0</f></c>"), "formula"),
        (xlsx("<c><f>_xlfn.WEBSERVICE(\"https://x\")</f></c>"), "formula"),
        (xlsx("<c><f>WEB<f/><![CDATA[SERVICE]]>&#40;1)</f></c>"), "formula"),
        (odt("<script:event-listener/>"), "event-listener"),
        (odt('<draw:image xlink:href="https://x/a.png"/>'), "elsewhere"),
        (odt('<draw:image xlink:href="../../a.png"/>'), "elsewhere"),
        (odt('<text:a xlink:href="file:///etc/passwd">x</text:a>'), "elsewhere"),
        (odt(**{"Basic/Standard/Module1.xml": "<a/>"}), "macro"),
        (odt(**{"Object 1/content.xml": "<a/>"}), "object of another program"),
        (odt(**{"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "password"),
    ],
    ids=name_parameter,
)  # fmt: skip
def test_files_that_act_or_reach_elsewhere_are_refused(content: bytes, reason: str) -> None:
    """Macros, embedded objects, programs' links and parts from elsewhere are found, whatever they are called."""
    with pytest.raises(BadFile, match=reason) as refusal:
        check_office_document(content)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        archive({"a.txt": "x"}),
        docx(
            **{
                "[Content_Types].xml": content_types(
                    "application/vnd.openxmlformats-officedocument.presentationml.x", "/a"
                )
            }
        ),
        docx(**{"[Content_Types].xml": content_types(WORD, "/a", ("/b", EXCEL))}),
        odt(first=b"application/vnd.oasis.opendocument.presentation"),
        odt(first=None),
    ],
    ids=name_parameter,
)
def test_other_archives_are_refused(content: bytes) -> None:
    """Plain archives, presentations and files of two kinds are none of the files that are taken."""
    with pytest.raises(BadFile, match=r"not taken|that are taken"):
        check_office_document(content)


def damage_entry(content: bytes, at: int, value: bytes) -> bytes:
    """An archive whose first entry in the directory is bent."""
    start = content.index(b"PK\x01\x02") + at
    return content[:start] + value + content[start + len(value) :]


@pytest.mark.parametrize(
    "content",
    [
        docx() + b"x",
        docx()[:-10],
        docx()[:-2] + b"\x05\x00comme",
        b"x" + docx(),
        docx(**{"../evil.xml": "<a/>"}),
        docx(**{"/evil.xml": "<a/>"}),
        docx(**{"a\\evil.xml": "<a/>"}),
        docx(**{"WORD/document.xml": "<a/>"}),
        damage_entry(docx(), 8, struct.pack("<H", 1)),
        damage_entry(docx(), 10, struct.pack("<H", 99)),
        damage_entry(docx(), 16, b"\x00\x00\x00\x00"),
        damage_entry(docx(), 24, struct.pack("<I", 10)),
        damage_entry(docx(), 20, struct.pack("<I", 99_999_999)),
    ],
    ids=name_parameter,
)
def test_broken_and_hostile_archives_are_refused(content: bytes) -> None:
    """Cut, padded, locked, lying, overlapping, far too large archives, and those that lead elsewhere, are refused."""
    with pytest.raises(BadFile):
        check_office_document(content)


def test_archives_without_measure_are_refused() -> None:
    """A part, or a number of parts, beyond what a document has is refused before anything is unpacked."""
    for parts in ({"word/a.xml": bytes(50_000_000)}, {f"word/{number}.xml": "" for number in range(5_001)}):
        with pytest.raises(BadFile, match="far more"):
            check_office_document(docx(**parts))


def test_a_bomb_that_says_it_is_small_does_not_go_off() -> None:
    """A part is unpacked no further than the archive says it goes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/media/a.png", bytes(400_000_000))
    bomb = buffer.getvalue()
    small = struct.pack("<I", 100)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = bomb.index(mark) + at
        bomb = bomb[:start] + small + bomb[start + 4 :]
    with pytest.raises(BadFile):
        ZipArchive(bomb).read("word/media/a.png")
