"""A letter as plain values: what every form of it says, be it on paper, on a page or in an e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodstanding import plain_text

_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One entry of a list: what it is, what else is said of it, a caution, and a text for machines."""

    text: str
    note: str = ""
    caution: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences, and what they lead up to: points, pairs of title and value, entries, or somebody's own words."""

    text: str = ""
    points: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[LetterLine, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One question and its answer."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language; every text is plain, and nothing in it is markup.

    `labels` are titles that the frame of a form needs: to, reference, date, page (with {page} and {pages}).
    `written` is the day in ISO 8601, for machines; `caution` stands above everything in a demonstration.
    """

    language: str
    title: str
    deadline: str
    office_name: str
    subject_name: str
    subject_identifier: str
    reference: str
    day: str
    written: str
    parts: tuple[LetterPart, ...]
    signed_by: str
    proof: Paragraph
    checkpoint: tuple[str, ...]
    labels: dict[str, str]
    caution: str = ""


def clean_line(text: str) -> str:
    """A text as one line, without what cannot be seen, or what would show it in another order."""
    return " ".join(_remove_unseen(text).split())


def split_paragraphs(text: str) -> tuple[str, ...]:
    """A text as its paragraphs, each one line, without what cannot be seen; none for an empty text."""
    return tuple(filter(None, (clean_line(line) for line in _BREAK.split(_remove_unseen(text)))))


def _remove_unseen(text: str) -> str:
    shown = _SURROGATES.sub("\ufffd", plain_text.unify_line_breaks(text))
    return plain_text.remove_forbidden_characters(shown)


def render_letter_text(letter: Letter) -> str:
    """The whole letter as plain text, paragraphs apart by an empty line, for an e-mail."""
    labels = letter.labels
    named = f"{labels['to']}: {letter.subject_name}" + f" ({letter.subject_identifier})" * bool(
        letter.subject_identifier
    )
    head = [letter.office_name, f"{named}\n{labels['reference']}: {letter.reference}\n{labels['date']}: {letter.day}"]
    body = [text for part in letter.parts for text in _render_part(part)]
    signature = "\n".join(dict.fromkeys((letter.signed_by, letter.office_name)))  # an office that signs is named once
    tail = [signature, letter.proof.text, "\n".join(letter.checkpoint)]
    whole = [letter.caution, *head, letter.title, letter.deadline, *body, *tail]
    return "\n\n".join(filter(None, whole)) + "\n"


def _render_part(part: LetterPart) -> list[str]:
    return [part.heading.upper(), *(_render_paragraph(paragraph) for paragraph in part.paragraphs)]


def _render_paragraph(paragraph: Paragraph) -> str:
    rows = [
        paragraph.text,
        *(f"- {point}" for point in paragraph.points),
        *(f"- {title}: {value}" for title, value in paragraph.pairs),
    ]
    rows += [f"- {_render_line(line)}" for line in paragraph.lines]
    return "\n".join(filter(None, [*rows, *(f"> {quoted}" for quoted in paragraph.quoted)]))


def _render_line(line: LetterLine) -> str:
    text = "\n  ".join(filter(None, [line.text, line.note, line.code]))
    return f"{text} ({line.caution})" if line.caution else text
