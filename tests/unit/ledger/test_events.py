"""Bodies: what is permitted, the one form in bytes, and the commitment."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from decimal import Decimal
from zlib import crc32

import pytest

from goodstanding.errors import BadEvent
from goodstanding.ledger import events

BODY = {
    "version": 1,
    "kind": "RecordIssued",
    "fields": {"b": [True, None, -3], "a": "17 Wilmington Square"},
    "about": None,
}


def test_keys_are_sorted_at_every_depth_and_no_space_is_left() -> None:
    """A body has one form in bytes, whatever order its keys came in."""
    assert events.encode_body(BODY) == (
        b'{"about":null,"fields":{"a":"17 Wilmington Square","b":[true,null,-3]},"kind":"RecordIssued","version":1}'
    )


def test_text_is_escaped_as_rfc_8785_says() -> None:
    """Control characters, quotes and backslashes have one escape; everything else stands as UTF-8."""
    assert events.encode_body({"text": 'é\u20ac𝄞/"\\\b\f\n\r\t\u0000\u001f\u007f'}) == (
        '{"text":"é€𝄞/\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f"}'.encode()
    )


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), float("inf"), 2**53, -(2**53), b"bytes", date(2026, 1, 1), Decimal("1"), (1,), {1}, "\ud800"],
    ids=repr,
)
@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [[value]], lambda value: {"deep": {"er": value}}])
def test_what_some_reader_would_change_is_refused_at_any_depth(value: object, wrap: object) -> None:
    """Floats, integers beyond 2^53-1, half a surrogate pair and Python's own types never enter a body."""
    with pytest.raises(BadEvent):
        events.encode_body({"kind": "Tried", "value": wrap(value)})  # type: ignore[operator]


@pytest.mark.parametrize("body", [{"größe": 1}, {"fields": {"名": 1}}, {1: "one"}, {"rows": [{None: 1}]}])
def test_a_key_that_is_not_ascii_text_is_refused(body: dict) -> None:
    """Only ASCII keys sort alike everywhere."""
    with pytest.raises(BadEvent):
        events.encode_body(body)


def test_the_largest_integers_are_kept() -> None:
    """2^53-1 and its negative are within bounds."""
    body = {"least": -events.LARGEST, "most": events.LARGEST}
    assert events.decode_body(events.encode_body(body)) == body


def test_a_body_nested_without_end_is_refused() -> None:
    """A body too deep to be written is an error with a message, not a crash."""
    body: dict = {}
    for _ in range(100_000):
        body = {"in": body}
    with pytest.raises(BadEvent):
        events.encode_body(body)


@pytest.mark.parametrize(
    "text",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":9007199254740992}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u001F"}',
        b'{"\xc3\xa9":1}',
        b'{"a":"\xff"}',
        b"[1]",
        b"null",
        b'{"a":1',
        b"",
    ],
)
def test_bytes_that_are_not_canonical_are_refused_alone_and_among_others(text: bytes) -> None:
    """Another spelling of the same body is not that body."""
    good = [events.encode_body({"kind": "Kept", "number": number}) for number in range(100)]
    with pytest.raises(BadEvent):
        events.decode_body(text)
    with pytest.raises(BadEvent):
        list(events.decode_bodies([*good[:50], text, *good[50:]]))


def test_bodies_that_only_match_when_joined_are_refused() -> None:
    """A line break or a split body cannot slip through because many are read together."""
    for parts in ([b'{"a":[{},', b"{}]}"], [b"{}\n{}"], [b'{"a":1}', b""], [b"{}\n{}", b'{"a":\n1}']):
        with pytest.raises(BadEvent):
            list(events.decode_bodies(parts))


def test_many_bodies_are_read_as_each_alone() -> None:
    """Reading together gives what reading one by one gives, whatever script the text is in."""
    bodies = [{"kind": "Kept", "name": name * number, "n": number} for number in range(70) for name in ("a", "é", "名")]
    texts = list(events.encode_bodies(bodies))
    assert list(events.decode_bodies(texts)) == bodies == [events.decode_body(text) for text in texts]


def test_a_commitment_hides_the_body_and_holds_the_row() -> None:
    """The commitment is the hash of salt and body; the salt ends in an HMAC of the row's digest and key."""
    random, digest = bytes(range(events.RANDOM_SIZE)), b"d" * 32
    (salt,) = events.make_salts([random], [digest], [b"uk 1"])
    assert salt == random + hmac.digest(events.TIE_KEY, random + b"\1" + digest + b"\1uk 1", "sha256")[:16]
    assert events.remake_salts([salt], [digest], [b"uk 1"]) == [salt]
    others = [(digest, b"uk 2"), (b"e" * 32, b"uk 1"), (None, b"uk 1"), (digest, None), (bytes(32), None)]
    others += [(digest + b"\1", b"uk 1"), (digest + b"\1uk", b" 1"), (b"", digest + b"\1uk 1")]  # the same bytes joined
    for other_digest, other_key in others:
        assert events.remake_salts([salt], [other_digest], [other_key]) != [salt]
    for nothing in ((None, b"uk 1"), (digest, None), (None, None)):
        (bare,) = events.make_salts([random], *([value] for value in nothing))
        assert [events.remake_salts([bare], [a], [b]) == [bare] for a in (None, bytes(32)) for b in (None, b"")] == [
            (a, b) == nothing for a in (None, bytes(32)) for b in (None, b"")
        ]
    assert events.compute_commitments([salt], [b"{}"]) == [hashlib.sha256(salt + b"{}").digest()]


def test_another_key_with_the_same_checksum_is_another_key() -> None:
    """A forger who finds a key of the same CRC-32, which is done at once, deceives events of earlier versions alone."""
    random, digest = bytes(range(events.RANDOM_SIZE)), b"d" * 32
    old = random + crc32(digest + b"uk 1" + random).to_bytes(4, "little")
    new = events.make_salts([random], [digest], [b"uk 1"])[0]
    forged = _find_key_of_same_checksum(digest, b"uk 1")
    assert events.remake_salts([old, new], [digest] * 2, [b"uk 1"] * 2) == [old, new]
    assert events.remake_salts([old, new], [digest] * 2, [forged] * 2)[0] == old
    assert events.remake_salts([old, new], [digest] * 2, [forged] * 2)[1] != new


def _find_key_of_same_checksum(digest: bytes, key: bytes) -> bytes:
    """Another key, with four bytes at its end that bring the checksum over digest and key back to what it was."""
    return _append_to_checksum(digest + b"uk 2", crc32(digest + key)).removeprefix(digest)


def _append_to_checksum(text: bytes, sought: int) -> bytes:
    """The text with four bytes behind it, so that its CRC-32 is the one sought: sums of single bits, combined."""
    base = crc32(text + bytes(4))
    basis: dict[int, tuple[int, int]] = {}  # by highest bit: a difference of checksums, and the bits that make it
    for bit in range(32):
        difference, bits = crc32(text + (1 << bit).to_bytes(4, "little")) ^ base, 1 << bit
        while difference and (high := difference.bit_length()) in basis:
            difference, bits = difference ^ basis[high][0], bits ^ basis[high][1]
        basis[difference.bit_length()] = difference, bits
    remaining, chosen = sought ^ base, 0
    while remaining:
        difference, bits = basis[remaining.bit_length()]
        remaining, chosen = remaining ^ difference, chosen ^ bits
    return text + chosen.to_bytes(4, "little")


RECORD = {
    "about": None, "catalogue": "c", "feed": "f", "fields": {"a": 1, "b": "ü"}, "kind": "RecordIssued",
    "occurred": "2027-01-01", "published": "2", "record": "r", "reference": "1", "row": 6, "source": "s",
    "stated": "2027-01-02", "subject": {"identifiers": ["x:1"], "kind": "company", "name": "N", "names": [],
    "region": None, "sector": None}, "version": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"row": None}, {"fields": {}}, {"other": 1}, {"row": True}, {"row": "6"}, {"fields": {"a": [1]}},
        {"version": 2**53 - 1},
    ],
    ids=str,
)  # fmt: skip
def test_a_record_is_read_as_any_other_body(changed: dict[str, object]) -> None:
    """The quick way says of a record, and of what nearly is one, what the slow way says."""
    bodies = [events.encode_body(RECORD | change) for change in ({}, changed, {"kind": "Ä\n", "version": 2})]
    slow = list(events.decode_bodies(bodies))
    kinds, versions = events.read_kinds_and_versions(bodies)
    assert list(zip(kinds, versions, strict=True)) == [(body["kind"], body["version"]) for body in slow]
    events.refuse_if_not_canonical(bodies)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'{"a":1,"b":"\xc3\xbc"}', b'{"b":"\xc3\xbc","a":1}'), (b'{"a":1,', b'{"a":1,"a":1,'),
        (b'"row":6', b'"row":6.0'),
        (b'"row":6', b'"row": 6'), (b'"row":6', b'"row":9007199254740992'), (b'"a":1', b'"\xc3\xa4":1'),
        (b'"about":null,', b'"about":null,"about":null,'), (b'"N"', b'"\\u004e"'),
        (b'"names":[]', b'"names":[1.5]'), (b'"version":1}', b'"version":1}\n{}'),
    ],
    ids=str,
)  # fmt: skip
def test_a_record_that_is_not_canonical_is_refused(right: bytes, wrong: bytes) -> None:
    """Alone, among others and after many others, keys of its fields in another order too."""
    body = events.encode_body(RECORD)
    assert body.count(right) == 1
    changed = body.replace(right, wrong)
    for bodies in ([changed], [body, changed, body], [*[body] * 150, changed, body]):
        assert not events.are_first_records(bodies, "RecordIssued")
        with pytest.raises(BadEvent):
            events.refuse_if_not_canonical(bodies)


@pytest.mark.parametrize("changed", [{"kind": "RecordCorrected"}, {"version": 2}, {"other": 1}], ids=str)
def test_first_records_are_told_from_others(changed: dict[str, object]) -> None:
    """Among two hundred first versions of records of one kind, another body is noticed wherever it stands."""
    bodies = [events.encode_body(RECORD)] * 200
    assert events.are_first_records(bodies, "RecordIssued")
    for place in (0, 100, 199):
        bodies_with_other = [*bodies[:place], events.encode_body(RECORD | changed), *bodies[place + 1 :]]
        assert not events.are_first_records(bodies_with_other, "RecordIssued")


@pytest.mark.parametrize("fields", [{}, {"a": None}, {"b": 1, "a": "Ü"}, {"z": -5, "class": True, "a b": ""}], ids=str)
def test_first_records_may_have_different_fields(fields: dict[str, object]) -> None:
    """A record with fewer or other fields than many before it is a record all the same, and so are those after it."""
    bodies = [events.encode_body(RECORD)] * 200
    for place in (0, 100, 199):
        bodies[place] = events.encode_body(RECORD | {"fields": fields})
        assert events.are_first_records(bodies, "RecordIssued")
