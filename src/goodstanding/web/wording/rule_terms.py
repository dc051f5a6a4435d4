"""Words of a catalogue as they stand in a sentence."""

from __future__ import annotations


def speak_word(word: str) -> str:
    """A word of a catalogue as it stands in a sentence: tax authority."""
    return word.replace("-", " ")
