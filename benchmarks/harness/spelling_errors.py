"""Names with one wrong letter: one replaced, one left out, one put in, or two neighbours exchanged."""

from __future__ import annotations

import random
import string


def misspell(name: str, draw: random.Random) -> str:
    """The name with one error at a letter drawn at random; each of the four kinds is as likely."""
    letters = [place for place, letter in enumerate(name) if letter.isalpha()] or [0]
    place, other = draw.choice(letters), draw.choice(string.ascii_lowercase)
    start, letter, end = name[:place], name[place], name[place + 1 :]
    kinds = {
        "substitution": start + other + end,
        "deletion": start + end,
        "insertion": start + other + letter + end,
        "transposition": _exchange_letters(name, letters, place),
    }
    return kinds[draw.choice(sorted(kinds))]


def _exchange_letters(name: str, letters: list[int], place: int) -> str:
    """The letter changes places with a neighbour of another kind, if it has one."""
    for at, next_to in ((place, place + 1), (place - 1, place)):
        if at in letters and next_to in letters and name[at].lower() != name[next_to].lower():
            return name[:at] + name[next_to] + name[at] + name[next_to + 1 :]
    return name[:place] + name[place + 1 :]
