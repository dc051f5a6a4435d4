"""A letter on paper, on a page and in an e-mail."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from smtplib import SMTPServerDisconnected
from typing import Any

import pypdf
import pytest
from tests.notices import exhibit, notice

from goodstanding import config
from goodstanding.errors import BadInput, NotDelivered, NotFound
from goodstanding.evidence.pdf import check_pdf
from goodstanding.portal.cases.letters import pdf
from goodstanding.portal.cases.letters.pdf import find_illegible_text, print_letter, render_page_images, render_pdf
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import NoticeKind, write_letter

HOSTILE = (
    '#panic("x") #read("/etc/passwd") $x$ *b* _i_ `r` @ref <l> \\u{41} // no /* no */ #import "@preview/a:0.1.0": b'
)
THAI = "ตัวอย่าง"
CHINESE = "示例青山食品有限责任公司福州第一分公司"


@pytest.fixture
def django_ready(tmp_path: Path) -> None:
    """A process that has Django set up, with the mail back end of tests."""
    config.activate_register(config.RegisterSettings(tmp_path))
    from django.conf import settings
    from django.core import mail

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def read_pdf(content: bytes) -> pypdf.PdfReader:
    """A PDF as another program reads it."""
    return pypdf.PdfReader(io.BytesIO(content))


def read_words(content: bytes) -> str:
    """The text of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read_pdf(content).pages).replace("\u200b", "").split())


def test_a_letter_on_paper_says_what_the_letter_says() -> None:
    """Every heading, the reasons, the files, the deadline and the signature are on it."""
    letter = write_letter(notice())
    text = read_words(render_pdf(letter))
    expected = [part.heading for part in letter.parts] + [
        "GS-1204", letter.deadline, "Ana Torres", "Food was sold after its safe date.", "Page 1 of 2",
    ]  # fmt: skip
    assert [word for word in expected if word not in text] == []


def test_what_is_to_be_copied_is_printed_as_it_is() -> None:
    """But for line ends nothing is put into identifier, digests and checkpoint: they can be copied and checked."""
    letter = write_letter(notice())
    text = "".join(page.extract_text() for page in read_pdf(render_pdf(letter)).pages).replace("\n", "")
    assert [
        word for word in (letter.subject_identifier, exhibit(1).digest, *letter.checkpoint) if word not in text
    ] == []


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_every_kind_of_letter_can_be_printed(kind: NoticeKind, language: str) -> None:
    """A letter of each kind in each language is a PDF on A4 with its language and title."""
    document = read_pdf(render_pdf(write_letter(notice(kind, language=language, subject_name=CHINESE))))
    box = document.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert str(document.root_object["/Lang"]).startswith(language)
    assert document.metadata is not None
    assert str(document.metadata.title).startswith("GS-1204")


def test_the_same_letter_is_the_same_bytes() -> None:
    """Its date is the letter's own, so that its digest can stand in the ledger; another letter is another file."""
    letter = write_letter(notice())
    assert render_pdf(letter) == render_pdf(write_letter(notice()))
    assert render_pdf(letter) != render_pdf(write_letter(notice(reference="GS-1205")))
    metadata = read_pdf(render_pdf(letter)).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_letter_is_legible_to_machines_that_read_aloud() -> None:
    """Where all its letters can be shown, it is tagged as PDF/UA-1 asks."""
    printed = print_letter(write_letter(notice()))
    assert printed.illegible == ""
    assert read_pdf(printed.content).root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_a_letter_passes_where_evidence_is_looked_at() -> None:
    """A letter can itself be handed in as evidence: nothing in it acts."""
    check_pdf(render_pdf(write_letter(notice(how_to_answer="Answer at https://register.example/cases/1204."))))


def test_no_word_of_a_letter_is_a_command() -> None:
    """Text that is code in the typesetting program stands on the paper as it was written."""
    texts: dict[str, Any] = dict.fromkeys(
        ("subject_name", "office_name", "matter", "reasons", "how_to_answer"), HOSTILE
    )
    text = read_words(render_pdf(write_letter(notice(**texts, follows=(HOSTILE,), facts=((HOSTILE, HOSTILE),)))))
    assert text.count('#read("/etc/passwd")') >= 6
    assert "root:" not in text


@pytest.mark.parametrize(
    "changes",
    [
        {"subject_name": "Name" * 100, "reference": "9" * 200, "office_name": "O" * 300},
        {"reasons": "A very long reason. " * 2_000},
        {"evidence": tuple(exhibit(number, f"{number} " + "long " * 30 + ".pdf") for number in range(120))},
        {"subject_name": "שלום עולם السلام عليكم", "matter": "👩‍🚀 \ue000 \U0010fffd \u0301"},
        {"facts": (("T" * 500, "v" * 500),)},
        {"reference": "", "subject_identifier": "", "office_name": "", "checkpoint": ""},
    ],
)
def test_long_odd_and_empty_texts_are_printed(changes: dict[str, Any]) -> None:
    """Names without a space, reasons of many pages, a hundred files and letters of no font do not break a letter."""
    assert len(read_pdf(print_letter(write_letter(notice(**changes))).content).pages) >= 1


def test_no_word_is_longer_than_its_line() -> None:
    """Whatever has no space in it can be broken somewhere, be it a name, a reference or a digest."""
    long = "x" * 400
    changes = {"subject_name": long, "subject_identifier": long, "reference": long, "matter": long, "checkpoint": long}
    data = json.dumps(
        pdf._build_template_data(write_letter(notice(**changes, evidence=(exhibit(1, long),), facts=((long, long),))))
    )
    assert "x" * 13 not in data


@pytest.fixture
def few_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with no fonts of its own."""
    monkeypatch.setattr(pdf, "_load_all_fonts", pdf._load_package_fonts)


def count_boxes(content: bytes) -> int:
    """How many signs of a PDF are the empty box, which is glyph 0 of every font; typst writes two bytes for a sign."""
    pages = [page.get_contents() for page in read_pdf(content).pages]
    operands = [operand for page in pages if page is not None for operand, _name in page.operations]
    shown_texts = [text for operand in operands for text in list_shown_texts(operand)]
    assert shown_texts
    return sum(text[place : place + 2] == b"\0\0" for text in shown_texts for place in range(0, len(text), 2))


def list_shown_texts(operand: Any) -> list[bytes]:
    """The strings among what an operator is given, also those in an array with distances between them."""
    if isinstance(operand, list):
        return [text for inner in operand for text in list_shown_texts(inner)]
    return [operand.original_bytes] if hasattr(operand, "original_bytes") else []


@pytest.mark.usefixtures("few_fonts")
@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize(
    "name", [CHINESE, "喆堃餐饮（上海）有限公司", "臺灣壽司ラーメン", "Łódź Ελλάς Україна €5 – “x”"]
)
def test_a_server_without_fonts_prints_the_languages_of_letters(language: str, name: str) -> None:
    """What the package brings shows Europe's letters and Chinese of both scripts: as text, and with no empty box."""
    letter = write_letter(notice(language=language, subject_name=name, reasons=name))
    content = render_pdf(letter)
    assert find_illegible_text(letter) == ""
    assert name in read_words(content)
    assert count_boxes(content) == 0


@pytest.mark.usefixtures("few_fonts")
def test_an_empty_box_is_counted() -> None:
    """The count of boxes finds those of a letter that no font shows."""
    assert count_boxes(print_letter(write_letter(notice(subject_name=THAI))).content) >= 3


@pytest.mark.usefixtures("few_fonts", "django_ready")
def test_a_letter_of_empty_boxes_is_not_handed_out() -> None:
    """Without a font for it there is no PDF, the letter's page says why, and the e-mail has the words as a file."""
    from goodstanding.portal.cases.letters.email import build_letter_email

    letter = write_letter(notice(subject_name=THAI))
    assert set(find_illegible_text(letter)) <= set(THAI)
    with pytest.raises(NotFound, match="no font on the server shows"):
        render_pdf(letter)
    name, content, _type = build_letter_email(letter, "ana@example.org").attachments[0]
    assert (name, THAI in content.decode()) == ("GS-1204.txt", True)


@pytest.mark.usefixtures("few_fonts")
def test_without_a_font_what_cannot_be_read_is_said() -> None:
    """On a server without a font for Thai the print says which text it is."""
    printed = print_letter(write_letter(notice(subject_name=THAI)))
    assert printed.content.startswith(b"%PDF")
    assert printed.illegible
    assert set(printed.illegible) <= set(THAI)


def test_pages_can_be_seen_as_pictures() -> None:
    """A letter's pages come as PNG pictures, one a page."""
    assert [image[:4] for image in render_page_images(write_letter(notice()), 40)] == [b"\x89PNG"] * 2


class TextParser(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.texts.append(data)


def render_on_page(letter: Letter) -> str:
    """The letter as a part of a page."""
    from django.template.loader import render_to_string

    return render_to_string("portal/cases/letter_text.html", {"letter": letter})


def test_a_letter_on_a_page_says_the_same_in_its_language(django_ready: None) -> None:
    """The page has every heading, marks its language, and reads markup in a text as text."""
    letter = write_letter(notice(language="es", matter="<script>alert(1)</script> & {{ x }} {% x %}"))
    page = render_on_page(letter)
    seen = TextParser(page)
    assert '<article class="letter" lang="es">' in page
    assert all(part.heading in "".join(seen.texts) for part in letter.parts)
    assert "script" not in seen.tags
    assert "<script>alert(1)</script> & {{ x }} {% x %}" in "".join(seen.texts)
    assert '<time datetime="2026-03-02">2 de marzo de 2026</time>' in page


def test_an_e_mail_carries_words_page_and_paper(django_ready: None) -> None:
    """It is plain text first, then a page, with the PDF attached, and no robot answers it."""
    from django.core import mail

    from goodstanding.portal.cases.letters.email import send_letter

    letter = write_letter(notice())
    sent = send_letter(letter, "ana@example.org")
    (message,) = mail.outbox
    assert message.subject == f"GS-1204: {letter.title}"
    assert (message.to, message.from_email) == (["ana@example.org"], "register@goodstanding.example")
    assert "WHAT IS PROPOSED?" in message.body
    assert message.alternatives[0][1] == "text/html"
    name, content, kind = message.attachments[0]
    assert (name, kind, content) == ("GS-1204.pdf", "application/pdf", render_pdf(letter))
    assert sent.digest == hashlib.sha256(content).hexdigest()
    headers = message.message()
    assert (headers["Auto-Submitted"], headers["Message-ID"]) == ("auto-generated", sent.message)


def test_a_text_cannot_add_headers_to_an_e_mail(django_ready: None) -> None:
    """Line ends in a reference, or quotation marks, stay in the subject and out of the file's name."""
    from goodstanding.portal.cases.letters.email import build_letter_email, build_letter_file_name

    letter = write_letter(notice(reference='GS-1\r\nBcc: x@example.org\n"; ../a'))
    headers = build_letter_email(letter, "ana@example.org").message()
    assert headers["Bcc"] is None
    assert "Bcc" in str(headers["Subject"])
    assert re.fullmatch(r"[\w.-]+\.pdf", build_letter_file_name(letter))
    assert build_letter_file_name(replace(letter, reference="案")) == "letter.pdf"


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b", "a@example.org\nBcc: c@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_refused(django_ready: None, to: str) -> None:
    """Only one whole address is one."""
    from goodstanding.portal.cases.letters.email import build_letter_email

    with pytest.raises(BadInput, match="address"):
        build_letter_email(write_letter(notice()), to)


def test_a_letter_that_is_not_taken_was_not_served(django_ready: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the mail server refuses or is not there, that is said, with the case."""
    from django.core.mail import EmailMultiAlternatives

    from goodstanding.portal.cases.letters.email import send_letter

    for fault in (SMTPServerDisconnected("gone"), ConnectionRefusedError()):

        def fails(message: Any, fault: Exception = fault) -> int:
            raise fault

        monkeypatch.setattr(EmailMultiAlternatives, "send", fails)
        with pytest.raises(NotDelivered) as refusal:
            send_letter(write_letter(notice()), "ana@example.org")
        assert refusal.value.where == "GS-1204"


def test_a_day_before_computers_can_be_printed() -> None:
    """A letter of any day has its day, however old."""
    old = notice(NoticeKind.WITHDRAWAL, day=date(1931, 5, 4), reply_until=None, appeal_until=None)
    assert render_pdf(write_letter(old)).startswith(b"%PDF")
