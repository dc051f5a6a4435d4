"""A set of whole numbers as bits: put in in any order and taken out in theirs, without a sort."""

from __future__ import annotations

from typing import Any

from numba import njit, types, uint64
from numba.extending import intrinsic

from goodstanding.lab.kernel_compilation import PLAIN

WORD_BITS = 6  # a word has two to the power of so many bits


def _count_zeros(_typing: Any, _word: Any) -> Any:
    """The instruction of the processor; a word of 0 has no lowest bit."""

    def build_code(context: Any, builder: Any, _signature: Any, words: Any) -> Any:
        return builder.cttz(words[0], context.get_constant(types.boolean, True))

    return types.int64(types.uint64), build_code


find_lowest_bit: Any = intrinsic(_count_zeros)


@njit(**PLAIN)
def mark_number(words, number, is_in):  # type: ignore[no-untyped-def]
    """Puts a number in, or not, without a branch."""
    words[number >> WORD_BITS] |= uint64(is_in) << uint64(number & ((1 << WORD_BITS) - 1))


@njit(**PLAIN)
def find_later_bits(word, number):  # type: ignore[no-untyped-def]
    """The bits of a word that stand for numbers above one of its own."""
    return word & ~(((uint64(1) << uint64(number & ((1 << WORD_BITS) - 1))) << uint64(1)) - uint64(1))
