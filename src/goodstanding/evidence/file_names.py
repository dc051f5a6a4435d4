"""The name of a file as people may safely see and save it."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
UNNAMED = "unnamed"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_IN_NAMES = re.compile(r'[<>:"|?*/\\]')


def clean_file_name(name: str) -> str:
    """A name without folders, unseen characters, marks that reorder it and what file systems refuse.

    At most 120 characters, of which the ending is kept; `unnamed` where nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(
        " " if character.isspace() else character for character in last if character.isspace() or _is_visible(character)
    )
    joined = unicodedata.normalize("NFC", visible)  # what stood between a letter and its accent is gone
    whole = " ".join(_NOT_IN_NAMES.sub("_", joined).split()).strip(". ")
    if not whole:
        return UNNAMED
    stem, dot, ending = whole.rpartition(".")
    if not dot or len(ending) > 10 or not stem:
        return whole[:LONGEST].strip(". ")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip('. ')}.{ending}"


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN
