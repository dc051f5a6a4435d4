"""A refusal teaches: it says what would be right, in words that name the same things as what is wrong."""

from __future__ import annotations

import re

import pytest

from goodstanding.messages import EntryMessage

PARAMETER = re.compile(r"%\((\w+)\)s")
EXPLAINS_ANOTHER = {EntryMessage.WORD_UNEXPLAINED}  # stands within the message of a missing word


@pytest.mark.parametrize("code", [code for code in EntryMessage if code not in EXPLAINS_ANOTHER])
def test_what_may_not_be_held_comes_with_what_may(code: EntryMessage) -> None:
    """Every reason of articles 1 to 5 has a remedy that is another sentence."""
    assert code.remedy
    assert PARAMETER.sub("", code.remedy) != PARAMETER.sub("", code.text)
