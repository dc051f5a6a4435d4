"""A letter as a PDF: A4, tagged, the same bytes for the same letter wherever the fonts of the package show all of it.

What a letter says goes in as data beside a fixed template, which reads no file and no address of a network.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from goodstanding.errors import NotFound
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.letters import Letter, render_letter_text

TEMPLATE, FONTS = "letter.typ", "fonts"
ACCESSIBLE = "ua-1"  # PDF/UA-1 (ISO 14289-1): tagged, titled, every letter of it legible
_UNBROKEN = re.compile(r"[^\s\u200b\u2e80-\U0003ffff]{24,}")
_LONGEST = {"code": 72, "checkpoint": 110, "subject_identifier": 50}  # of what is copied, so many stand in one line
_SIMPLE = re.compile("[\u0000-\u052f\u1e00-\u20cf\u2100-\u22ff]*")  # what the fonts of typst show, seen at once
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
    """The letter as an accessible PDF; where no font shows all of it, as a plain one, with what cannot be read."""
    for font_set in (_load_package_fonts(), _load_all_fonts()):
        try:
            return PrintedLetter(_compile_letter(letter, "pdf", font_set, [ACCESSIBLE]))
        except typst.TypstError as refused:
            match = _MISSING.search(refused.message)
    return PrintedLetter(_compile_letter(letter, "pdf", _load_all_fonts()), match[1] if match else "")


def find_illegible_text(letter: Letter) -> str:
    """The first text of a letter that cannot be printed here, for want of a font; empty where all of it can."""
    return "" if _SIMPLE.fullmatch(render_letter_text(letter)) else print_letter(letter).illegible


def render_page_images(letter: Letter, pixels_per_inch: int = 96) -> list[bytes]:
    """The pages of the letter as PNG pictures."""
    font_set = _load_all_fonts() if find_illegible_text(letter) else _load_package_fonts()
    images = _compile_letter(letter, "png", font_set, pixels_per_inch=pixels_per_inch)
    return images if isinstance(images, list) else [images]


def _compile_letter(
    letter: Letter, form: str, font_set: typst.Fonts, standards: Sequence[Any] = (), pixels_per_inch: int | None = None
) -> Any:
    compiled, _warnings = typst.compile_with_warnings(
        _read_template(),
        root=str(files(__package__)),
        sys_inputs={"letter": json.dumps(_build_template_data(letter))},
        font_paths=font_set,
        format=form,  # type: ignore[call-overload]
        ppi=pixels_per_inch,
        pdf_standards=list(standards),
        timestamp=datetime.fromisoformat(letter.written).replace(tzinfo=UTC),
    )
    return compiled


@cache
def _read_template() -> bytes:
    return (files(__package__) / TEMPLATE).read_bytes()


@cache
def _load_package_fonts() -> typst.Fonts:
    """The fonts that this package and typst bring: the same on every server."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files(__package__) / FONTS)])


@cache
def _load_all_fonts() -> typst.Fonts:
    """These and the fonts of this server; looked for once, which takes a fifth of a second."""
    return typst.Fonts(font_paths=[str(files(__package__) / FONTS)])


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
