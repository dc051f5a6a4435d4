"""How much the reasons of a decision say: their different words count, so that a word repeated counts once."""

from __future__ import annotations

import re

USEFUL_LENGTH = 40
SIGN_LENGTH = 3  # letters that a sign of a script without spaces between words stands for
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
_SIGN = re.compile(rf"[{_SIGNS}]")


def measure_reasons(text: str) -> int:
    """How many letters the different words of a text have, each letter of a word once."""
    words = set(_WORD.findall(text.casefold()))
    return sum(SIGN_LENGTH if _SIGN.match(word) else len(set(word)) for word in words)


def is_thin_reason(text: str) -> bool:
    """Whether a text says too little to be read as the reasons of a decision."""
    return measure_reasons(text) < USEFUL_LENGTH
