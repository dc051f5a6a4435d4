"""Any permitted body has one form in bytes, the one that another implementation of RFC 8785 gives."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.errors import BadEvent
from goodstanding.ledger import events

names = st.text(alphabet=st.characters(max_codepoint=127), max_size=12)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
integers = st.integers(-events.LARGEST, events.LARGEST)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
bodies = st.dictionaries(names, values, max_size=6)


@given(bodies)
def test_the_encoding_is_that_of_rfc_8785(body: dict[str, Any]) -> None:
    """Another implementation writes the same bytes, and they read back as the same body."""
    encoded = events.encode_body(body)
    assert encoded == rfc8785.dumps(body)
    assert events.decode_body(encoded) == body


@given(st.lists(bodies, max_size=80))
def test_many_bodies_are_written_and_read_as_each_alone(several: list[dict[str, Any]]) -> None:
    """Handling bodies together changes nothing about any of them."""
    encoded = list(events.encode_bodies(several))
    assert encoded == [events.encode_body(body) for body in several]
    assert list(events.decode_bodies(encoded)) == several


@given(bodies, st.integers(0, 10**6))
def test_a_changed_byte_is_another_body_or_none(body: dict[str, Any], at: int) -> None:
    """Bytes that differ never read as the same body."""
    encoded = events.encode_body(body)
    place, bit = at // 8 % len(encoded), at % 8
    changed = bytes(byte ^ (1 << bit) if index == place else byte for index, byte in enumerate(encoded))
    try:
        assert events.decode_body(changed) != body
    except BadEvent:
        with pytest.raises(BadEvent):
            list(events.decode_bodies([encoded, changed, encoded]))


@given(bodies, st.floats() | st.integers(min_value=events.LARGEST + 1) | st.binary() | st.just("\udfff"))
def test_what_is_not_permitted_is_refused_wherever_it_stands(body: dict[str, Any], wrong: Any) -> None:
    """No float, no large integer, no bytes and no half of a pair enters beside anything else."""
    with pytest.raises(BadEvent):
        events.encode_body({**body, "rows": [{"value": [wrong]}]})
