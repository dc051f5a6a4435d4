"""PDF documents in evidence: plain ones are taken, whatever acts or cannot be looked into is refused."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pypdf
import pypdf.actions
import pytest
from tests.exhibits import name_parameter, object_stream, pdf, stream

from goodstanding.errors import BadFile
from goodstanding.evidence.pdf import check_pdf

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
CONTENT = b"BT /F1 12 Tf (See the form and the script.) Tj ET " * 50
SHARED = Path("/usr/share/doc/shared-mime-info/shared-mime-info-spec.pdf")


def write_changed_pdf(change: str) -> bytes:
    """A PDF as another program writes it, with a change made by that program."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if change == "script":
        writer.add_open_action(pypdf.actions.JavaScript("app.alert(1)"))
    if change == "attachment":
        writer.add_attachment("a.txt", b"text")
    if change == "password":
        writer.encrypt("secret", algorithm="AES-256")
    if change == "outline":
        writer.add_outline_item(title="First", page_number=0)
        writer.add_metadata({"/Title": "JavaScript, Launch and XFA explained"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(b"", stream(CONTENT), object_stream(b"<< /Title (Annual report) /AAA 1 >>", b"17", b"4 0 R", b"[1 2]")),
        pdf(b"/OpenAction [3 0 R /Fit]"),
        pdf(b"/OpenAction 4 0 R", b"<< /S /GoTo /D [3 0 R /XYZ 0 0 1] >>"),
        pdf(b"", b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>"),
        pdf(b"", b"<< /Title (JavaScript, \\( Launch and XFA) >>"),
        pdf(b"", stream(b"\x00" * 5_000_000, b"/Subtype /Image /Filter /FlateDecode")),
        pdf(b"", stream(b"no such packing", b"/Filter /DCTDecode", packed=False)),
        pdf() + b"\n\n",
        write_changed_pdf("outline"),
    ],
    ids=name_parameter,
)
def test_plain_documents_are_taken(content: bytes) -> None:
    """Text, pictures, links to be clicked, outlines and opening at a page of one's own are what documents have."""
    check_pdf(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(b"/OpenAction " + SCRIPT), "JavaScript"),
        (pdf(b"/Names << /JavaScript 4 0 R >>", SCRIPT), "JavaScript"),
        (pdf(b"", b"<< /S /J#61vaScr#69pt >>"), "JavaScript"),
        (pdf(b"", b"<< /J#53 (x) >>"), "JavaScript"),
        (pdf(b"", b"<</S/JavaScript/JS(x)>>"), "JavaScript"),
        (pdf(b"", object_stream(b"<< /A 1 >>", SCRIPT)), "JavaScript"),
        (pdf(b"", object_stream(b"<< /J#53 (x) >>")), "JavaScript"),
        (pdf(b"", stream(b"junk " * 10 + SCRIPT)), "JavaScript"),
        (pdf(b"", stream(b"% hidden 5 0 obj " + SCRIPT, b"", packed=False)), "JavaScript"),
        (pdf(b"", b"(unbalanced ( text " + SCRIPT), "JavaScript"),
        (pdf(b"/AA << /O 4 0 R >>"), "by itself"),
        (pdf(b"", b"<< /S /Launch /F (calc.exe) >>"), "starts a program"),
        (pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), "another file"),
        (pdf(b"", stream(b"x", b"/Type /EmbeddedFile /Filter /FlateDecode")), "another file"),
        (pdf(b"/AcroForm << /XFA [(a) 4 0 R] >>"), "XFA"),
        (pdf(b"", b"<< /S /SubmitForm /F (https://example.org) >>"), "sends itself"),
        (pdf(b"", b"<< /S /GoToR /F (other.pdf) >>"), "opens another file"),
        (pdf(b"", b"<< /Subtype /RichMedia >>"), "film"),
        (pdf(b"/OpenAction << /S /URI /URI (https://example.org) >>"), "when it is opened"),
        (pdf(b"/OpenAction 4 0 R", b"<< /S /URI /URI (https://example.org) >>"), "when it is opened"),
        (pdf(b"/OpenAction 4 0 R", b"5 0 R", b"<< /S /Named /N /Print >>"), "when it is opened"),
        (pdf(b"/OpenAction << /S /GoTo /D [3 0 R] /Next 4 0 R >>"), "when it is opened"),
        (pdf(b"/OpenAction << /S 4 0 R >>", b"/GoTo"), "when it is opened"),
        (pdf(b"/OpenAction 20 0 R", object_stream(b"<< /S /URI /URI (x) >>")), "when it is opened"),
        (pdf(b"", b"4 0 R", trailer=b"/Encrypt 4 0 R"), "encrypted"),
        (write_changed_pdf("script"), "JavaScript"),
        (write_changed_pdf("attachment"), "another file"),
        (write_changed_pdf("password"), "encrypted"),
    ],
    ids=name_parameter,
)
def test_documents_that_act_are_refused(content: bytes, reason: str) -> None:
    """Programs, launches, attachments, forms that act and passwords are found, escaped, packed or split as they be."""
    with pytest.raises(BadFile, match=reason):
        check_pdf(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/OpenAction 99 0 R"),
        pdf(b"", object_stream(b"<< >>", entries=b"/Filter [/ASCIIHexDecode /FlateDecode]")),
        pdf(b"", object_stream(b"<< >>", entries=b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        pdf(b"", object_stream(b"<< >>", entries=b"/Filter /FlateDecode /N 9")),
        pdf(b"", object_stream(b"<< >>", entries=b"")),
        pdf(b"", object_stream(b"<< >>").replace(b"\nendstream", b"")[:-9]),
        pdf(b"", stream(b"20 0 << >>", b"/Type /ObjStm /N 5 0 R /First 5 /Filter /FlateDecode")),
        pdf(b"", b"<< /A " * 200),
        pdf()[: len(pdf()) // 2],
        pdf() + b"<script>",
        b"junk" + pdf(),
        b"%PDF-1.7\nstartxref\n0\n%%EOF\n",
    ],
    ids=name_parameter,
)
def test_what_cannot_be_looked_into_is_refused(content: bytes) -> None:
    """Broken, cut, wrapped or oddly packed documents are refused, with what to do about it."""
    with pytest.raises(BadFile) as refusal:
        check_pdf(content)
    assert refusal.value.remedy


def test_a_program_behind_a_false_end_of_its_stream_is_found() -> None:
    """The word that ends a stream, put inside the packing, hides nothing behind it."""
    packer = zlib.compressobj(0)
    hidden = packer.compress(b"endstream " * 3 + SCRIPT) + packer.flush()
    with pytest.raises(BadFile, match="JavaScript"):
        check_pdf(pdf(b"", b"<< /Length 1 /Filter /FlateDecode >>\nstream\n" + hidden + b"\nendstream"))


def test_a_program_far_inside_a_stream_is_found() -> None:
    """A stream is looked at to its end, also where a name begins in one part of it and ends in the next."""
    for before in (4 << 20, (4 << 20) - 20, 9_000_000):
        with pytest.raises(BadFile, match="JavaScript"):
            check_pdf(pdf(b"", stream(b"x" * before + SCRIPT)))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    """A stream that unpacks to far more than it is is refused once it has unpacked to so much."""
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 24)) for _part in range(30)) + packer.flush()
    with pytest.raises(BadFile, match="unpacks to far more"):
        check_pdf(pdf(b"", b"<< /Filter /FlateDecode >>\nstream\n" + bomb + b"\nendstream"))


@pytest.mark.parametrize(
    "part",
    [
        b"1 0 obj<</Filter/FlateDecode>>stream\n\x78\x9c\x00\x00\x00\xff\xff",
        b"1 0 obj(",
        b"1 0 obj%",
        b"1 0 obj<<>>%",
        b"1 0 obj<</OpenAction 1 0 R>>\n",
    ],
    ids=name_parameter,
)
def test_a_document_that_is_to_be_read_over_and_over_is_refused(part: bytes) -> None:
    """Parts that each reach to the end of the file cost no more than a bounded reading."""
    with pytest.raises(BadFile):
        check_pdf(b"%PDF-1.7\n" + part * 40_000 + b"\nstartxref\n0\n%%EOF\n")


@pytest.mark.skipif(not SHARED.exists(), reason="that document is not installed")
def test_a_real_document_with_object_streams_is_taken() -> None:
    """A document of many pages, outlines and links, as a typesetting program makes it, is taken."""
    check_pdf(SHARED.read_bytes())
