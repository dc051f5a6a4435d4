"""Random numbers by counter: each is a function of seed, agent, kind of act, purpose and month, never of an order.

A stream is one agent's words for one purpose. Its start is a chain of SplitMix64's finaliser over its key, and its
words are those of SplitMix64 from there (Steele, Lea & Flood 2014, OOPSLA, figure 16, public-domain code by Vigna).
All of it is 64-bit integer arithmetic, so it gives the same bits on every processor.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numba import njit, uint64

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)


@cache
def derive_key(name: str) -> np.uint64:
    """The key of a kind of act or a purpose: of its name alone, so that another one beside it changes nothing."""
    return np.uint64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little"))


@njit(uint64(uint64), cache=True, inline="always")
def mix_bits(word: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: every bit of the word changes half of the others."""
    word = (word ^ (word >> _30)) * _FIRST
    word = (word ^ (word >> _27)) * _SECOND
    return word ^ (word >> _31)


@njit(uint64(uint64, uint64), cache=True, inline="always")
def open_stream(stream: np.uint64, key: np.uint64) -> np.uint64:
    """The stream within a stream that belongs to a key: seed to agent, agent to act, act to purpose."""
    return mix_bits(stream + _GOLDEN * (key + uint64(1))) ^ key


@njit(uint64(uint64, uint64), cache=True, inline="always")
def draw_word(stream: np.uint64, counter: np.uint64) -> np.uint64:
    """The stream's word at a counter, such as a month: 64 random bits."""
    return mix_bits(stream + _GOLDEN * (counter + uint64(1)))
