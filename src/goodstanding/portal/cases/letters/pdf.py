"""A letter as a PDF: A4, tagged, the same bytes for the same letter on a machine with the same fonts.

What a letter says goes in as data beside a fixed template, which reads no file and no address of a network.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from goodstanding.errors import NotFound
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.letters import Letter, render_letter_text

TEMPLATE = "letter.typ"
ACCESSIBLE = "ua-1"  # PDF/UA-1 (ISO 14289-1): tagged, titled, every letter of it legible
_UNBROKEN = re.compile(r"[^\s\u200b\u2e80-\U0003ffff]{24,}")
_LONGEST = {"code": 72, "checkpoint": 110, "subject_identifier": 50}  # of what is copied, so many stand in one line
_SIMPLE = re.compile("[\u0000-\u052f\u1e00-\u20cf\u2100-\u22ff]*")  # what the fonts that typst brings can show
_STRETCH = re.compile(r".{12}(?=.)")
_MISSING = re.compile(r"the text `\"(.*)\"` could not be displayed")


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A PDF, and the first text of it that no font of this machine can show; nothing where all of it is legible."""

    content: bytes
    illegible: str = ""


def render_pdf(letter: Letter) -> bytes:
    """The letter as a PDF; raises NotFound where some of it would be empty boxes: that is no letter."""
    printed = print_letter(letter)
    if printed.illegible:
        raise NotFound(
            Message(CaseMessage.LETTER_NOT_PRINTABLE, {"text": printed.illegible[:80]}), where=letter.reference
        )
    return printed.content


def print_letter(letter: Letter) -> PrintedLetter:
    """The letter as an accessible PDF; where a font is missing as a plain one, with what cannot be read."""
    try:
        return PrintedLetter(_compile_letter(letter, "pdf", [ACCESSIBLE]))
    except typst.TypstError as refused:
        match = _MISSING.search(refused.message)
        return PrintedLetter(_compile_letter(letter, "pdf", []), match[1] if match else "")


def find_illegible_text(letter: Letter) -> str:
    """The first text of a letter that cannot be printed here, for want of a font; empty where all of it can."""
    return "" if _SIMPLE.fullmatch(render_letter_text(letter)) else print_letter(letter).illegible


def render_page_images(letter: Letter, pixels_per_inch: int = 96) -> list[bytes]:
    """The pages of the letter as PNG pictures."""
    images = _compile_letter(letter, "png", [], pixels_per_inch)
    return images if isinstance(images, list) else [images]


def _compile_letter(letter: Letter, form: str, standards: list[Any], pixels_per_inch: int | None = None) -> Any:
    compiled, _warnings = typst.compile_with_warnings(
        _read_template(),
        root=str(files(__package__)),
        sys_inputs={"letter": json.dumps(_build_template_data(letter))},
        font_paths=_load_fonts(),
        format=form,  # type: ignore[call-overload]
        ppi=pixels_per_inch,
        pdf_standards=standards,
        timestamp=datetime.fromisoformat(letter.written).replace(tzinfo=UTC),
    )
    return compiled


@cache
def _read_template() -> bytes:
    return (files(__package__) / TEMPLATE).read_bytes()


@cache
def _load_fonts() -> typst.Fonts:
    """The fonts of this machine and those that typst brings; looked for once, which takes a fifth of a second."""
    return typst.Fonts()


def _build_template_data(letter: Letter) -> dict[str, Any]:
    day = datetime.fromisoformat(letter.written)
    letter_data: dict[str, Any] = _make_breakable(dataclasses.asdict(letter))
    return letter_data | {"date": {"year": day.year, "month": day.month, "day": day.day}}


def _make_breakable(value: Any, longest: int = 0) -> Any:
    """The same texts, with places to break a line in words longer than `longest`, and than any that people use."""
    if isinstance(value, str):
        return _UNBROKEN.sub(lambda word: _break_word(word[0]) if len(word[0]) > longest else word[0], value)
    if isinstance(value, dict):
        return {name: _make_breakable(inner, _LONGEST.get(name, 0)) for name, inner in value.items()}
    return [_make_breakable(inner, longest) for inner in value] if isinstance(value, list | tuple) else value


def _break_word(word: str) -> str:
    return _STRETCH.sub(lambda stretch: stretch[0] + "\u200b", word)
