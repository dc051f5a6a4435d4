"""Whether a declared pattern takes numbers of natural persons: tried both ways on values that are made here.

Where no form of a pattern can have the form of a person's number, there is nothing to try. Elsewhere numbers of persons
are written into the form, and values of the form are made into numbers of persons as far as it lets them: one that both
take is enough. What is made depends on nothing but the pattern, so that the answer is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from random import Random

from goodstanding.subjects.check_rules import JOINTS
from goodstanding.subjects.person_numbers import PERSON_SCHEMES, PersonScheme
from goodstanding.subjects.value_patterns import Form, ValuePattern, parse_pattern

TRIALS = 300  # for each form that a pattern and a person's number have in common


@lru_cache(maxsize=512)
def find_person_overlap(pattern: ValuePattern) -> PersonScheme | None:
    """The scheme of persons' numbers of which a pattern takes values, if there is one."""
    random = Random(pattern.text)
    for person_scheme in PERSON_SCHEMES:
        for shared in _list_shared_forms(pattern, person_scheme):
            for _trial in range(TRIALS):
                if any(map(person_scheme.is_likely, _try_numbers(shared, person_scheme.name, random))):
                    return person_scheme
    return None


def _list_shared_forms(pattern: ValuePattern, person_scheme: PersonScheme) -> Iterable[Form]:
    """The forms that a number of the scheme and a part of a value have in common, each once; none where they differ."""
    shared_forms = (
        tuple(map(frozenset.intersection, window, person_form))
        for form in pattern.forms
        for person_form in parse_pattern(person_scheme.pattern).forms
        for window in _list_windows(form, person_form)
    )
    return dict.fromkeys(shared for shared in shared_forms if all(shared))


def _list_windows(form: Form, person_form: Form) -> Iterator[Form]:
    """Where a number can stand in a form, joints left out: nothing beside it can be taken for a part of it.

    A sign that is always the same says nothing, so what remains without it is the number.
    """
    places = [place for place, characters in enumerate(form) if not characters <= JOINTS]
    for start in range(len(places) - len(person_form) + 1):
        window = places[start : start + len(person_form)]
        if _is_border(form, window[0] - 1, person_form[0]) and _is_border(form, window[-1] + 1, person_form[-1]):
            yield tuple(form[place] for place in window)


def _is_border(form: Form, place: int, characters: frozenset[str]) -> bool:
    """Whether a number ends at a place: it is no part of the form, or has a joint, another sign, or always the same."""
    if not 0 <= place < len(form) or len(form[place]) == 1:
        return True
    return form[place].isdisjoint(characters) or not form[place].isdisjoint(JOINTS)


def _try_numbers(shared: Form, name: str, random: Random) -> Iterator[str]:
    """A number of the scheme, changed where the form asks for it; and the same with its day and its check mended."""
    wish = _WISHES[name](random) if name in _WISHES else " " * len(shared)
    number = "".join(
        letter if letter in characters else random.choice(sorted(characters))
        for letter, characters in zip(wish, shared, strict=True)
    )
    yield number
    mended = _MENDINGS[name](number) if name in _MENDINGS else number
    if all(letter in characters for letter, characters in zip(mended, shared, strict=True)):
        yield mended


def _wish_identity_number(random: Random) -> str:
    day = f"{random.randint(1930, 2025)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    return _mend_identity_number(f"{random.choice(_list_regions())}{day}{random.randint(0, 999):03}0")


def _mend_identity_number(number: str) -> str:
    """The number with a day that there is, and its check digit."""
    from stdnum.cn import ric

    body = number[:17] if _is_day(number[6:14]) else f"{number[:10]}{_find_near_day(number[10:14])}{number[14:17]}"
    return body + str(ric.calc_check_digit(f"{body}0"))


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _find_near_day(digits: str) -> str:
    """A month and a day of which every year has one."""
    return f"{(int(digits[:2]) - 1) % 12 + 1:02}{(int(digits[2:]) - 1) % 28 + 1:02}"


@cache
def _list_regions() -> tuple[str, ...]:
    """The six digits of every county, as the library of numbers has them."""
    from stdnum import numdb

    provinces = numdb.get("cn/loc").prefixes
    return tuple(province[1] + county[1] for province in provinces for county in province[4] if len(county[1]) == 4)


_WISHES: Mapping[str, Callable[[Random], str]] = {"cn-ric": _wish_identity_number}
_MENDINGS: Mapping[str, Callable[[str], str]] = {"cn-ric": _mend_identity_number}
