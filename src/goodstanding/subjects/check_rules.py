"""How the characters of an identifier check each other: rules by name, each giving what is doubtful about a value.

Sources: ISO 7064 (pure and hybrid systems), ISO/IEC 7812 (Luhn), GB 11714 (weights modulo 11), GB 32100-2015 (cn-uscc),
the rules on Mexico's RFC (mx-rfc).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from goodstanding.messages import Message, SubjectsMessage

if TYPE_CHECKING:
    from goodstanding.subjects.value_patterns import Form

NO_CHECK, WEIGHTED = "none", "weighted-mod-11"
Check = Callable[[str], tuple[Message, ...]]
_DIGITS, _LETTERS = frozenset("0123456789"), frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
JOINTS = frozenset("-._/")
_JOINT = re.compile(r"[-._/]")


def remove_joints(value: str) -> str:
    """The value without hyphens, points, strokes and underscores."""
    return _JOINT.sub("", value)


class CheckRule(msgspec.Struct, frozen=True):
    """A rule that computes the last `length` characters from those before them.

    Those are of `alphabet`, and `body_length` many where it is given.
    """

    compute: Callable[[str], str]
    alphabet: frozenset[str] = _DIGITS
    length: int = 1
    body_length: int | None = None

    def check(self, value: str) -> tuple[Message, ...]:
        """What to say where the last characters are not those that the others give; joints do not count."""
        plain = remove_joints(value)
        written, right = plain[-self.length :], self.compute(plain[: -self.length])
        if written == right:
            return ()
        is_single = self.length == 1
        code = SubjectsMessage.CHECK_CHARACTER_DIFFERS if is_single else SubjectsMessage.CHECK_CHARACTERS_DIFFER
        return (Message(code, {"written": written, "right": right}),)

    def fits(self, form: Form) -> bool:
        """Whether every value of a form can be checked."""
        places = [characters for characters in form if not characters <= JOINTS]
        body = places[: -self.length]
        is_of_length = self.body_length in (None, len(body))
        return bool(body) and is_of_length and all(characters <= self.alphabet for characters in body)


def _compute_weighted(weights: tuple[int, ...], body: str) -> str:
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, weights, strict=True))
    return "0123456789X0"[11 - total % 11]


def _compute_by_library(module: str, function: str, body: str) -> str:
    """By a module of python-stdnum, which is loaded when somebody asks: most programs check nothing."""
    return str(getattr(import_module(f"stdnum.{module}"), function)(body))


def _build_library_rule(
    module: str, alphabet: frozenset[str] = _DIGITS, length: int = 1, function: str = "calc_check_digit"
) -> CheckRule:  # fmt: skip
    return CheckRule(partial(_compute_by_library, module, function), alphabet, length)


CHECK_RULES: Mapping[str, CheckRule] = MappingProxyType(
    {
        "luhn": _build_library_rule("luhn"),
        "mod-11-2": _build_library_rule("iso7064.mod_11_2"),
        "mod-11-10": _build_library_rule("iso7064.mod_11_10"),
        "mod-37-36": _build_library_rule("iso7064.mod_37_36", _LETTERS),
        "mod-97-10": _build_library_rule("iso7064.mod_97_10", _LETTERS, 2, "calc_check_digits"),
        "cn-uscc": _build_library_rule("cn.uscc", _LETTERS),
        "mx-rfc": _build_library_rule("mx.rfc", _LETTERS | {"Ñ", "&"}),
    }
)
"""The rules that need nothing beside their name."""


def build_check_rule(name: str, weights: tuple[int, ...] = ()) -> CheckRule | None:
    """The rule of that name, None for `none`; raises KeyError for one that there is not."""
    if name == NO_CHECK:
        return None
    if name == WEIGHTED:
        return CheckRule(partial(_compute_weighted, weights), _LETTERS, body_length=len(weights))
    return CHECK_RULES[name]


def build_check(name: str, weights: tuple[int, ...] = ()) -> Check:
    """What finds doubts about a value by the rule of that name."""
    rule = build_check_rule(name, weights)
    if rule is None:
        return find_no_problems
    return partial(_check_tax_number, rule) if name == "mx-rfc" else rule.check


def find_no_problems(_value: str) -> tuple[Message, ...]:
    """That nothing is doubtful: the check of a scheme whose characters say nothing about each other."""
    return ()


def _check_tax_number(rule: CheckRule, value: str) -> tuple[Message, ...]:
    from stdnum.mx import rfc

    problems = rule.check(value)
    if rfc.is_valid(value):
        return problems
    return (Message(SubjectsMessage.TAX_NUMBER_WITHOUT_DATE, {"digits": value[3:9]}), *problems)
