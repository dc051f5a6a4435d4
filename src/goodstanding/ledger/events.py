"""An event's body as bytes: canonical JSON (RFC 8785) without floats, and the salted commitment published for it.

Permitted are ASCII keys, strings, integers of at most 2^53-1 either side of zero, booleans, null, lists and objects.
Sorting such keys by code point or by UTF-16 unit is the same, so msgspec's sorted encoding is the canonical form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Annotated, Any, Literal
from zlib import crc32

import msgspec

from goodstanding.errors import BadEvent
from goodstanding.messages import LedgerMessage, Message

LARGEST = 2**53 - 1  # the largest integer that every JSON reader keeps exactly (RFC 8785, 3.2.2.3)
RANDOM_SIZE, TIE_SIZE = 28, 16  # bytes of a salt
OLD_SALT_SIZE = 32  # of events that were filed with a CRC-32
NO_DIGEST = bytes(32)  # stands there for a digest that is not
BATCH_BODIES = (
    64  # bodies handled together: more of them fall out of the processor's cache, and into the garbage collector
)

TIE_KEY = b"goodstanding: an event's digest and key"  # says what the MAC is for; what is secret is the salt
_INNER, _OUTER = (
    hashlib.sha256(bytes(byte ^ pad for byte in TIE_KEY.ljust(64, b"\0"))) for pad in (0x36, 0x5C)
)  # HMAC (RFC 2104)
_PLAIN = frozenset({str, bool, type(None)})
_Integer = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
_Flat = _Integer | str | bool | None
_Deep = _Flat | list[_Flat] | dict[str, _Flat]
_Deeper = _Flat | list[_Deep] | dict[str, _Deep]


def _refuse_float(text: str) -> None:
    raise BadEvent(Message(LedgerMessage.NUMBER_NO_INTEGER, {"number": text}))


class _SubjectPart(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    identifiers: list[str]
    kind: str
    name: str
    names: list[str]
    region: str | None
    sector: str | None


class _RecordBody(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """By far the commonest body, that of a record, with its keys in order: read in half the time of any other."""

    about: str | None
    catalogue: str
    feed: str
    fields: dict[str, _Flat]
    kind: str
    occurred: str
    published: str | None
    record: str
    reference: str
    row: _Integer | None
    source: str
    stated: str
    subject: _SubjectPart
    version: _Integer


_RECORDS = msgspec.json.Decoder(_RecordBody)
_IN_ORDER = msgspec.json.Encoder(order="deterministic")  # a structure's keys as they are declared, a mapping's sorted
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(float_hook=_refuse_float)
_USUAL = msgspec.json.Decoder(dict[str, _Deeper])  # permitted bodies of usual depth, told while they are read


def encode_body(body: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a body; `BadEvent` names what in it is not permitted."""
    return next(encode_bodies([body]))


def encode_bodies(bodies: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The canonical bytes of many bodies, in order; `BadEvent` names what in any of them is not permitted."""
    remaining = iter(bodies)
    while batch := list(islice(remaining, BATCH_BODIES)):
        check_bodies(batch)
        yield from _encode_batch(batch)


def _encode_batch(bodies: list[Mapping[str, Any]]) -> list[bytes]:
    try:
        return [_ENCODER.encode(body) for body in bodies]
    except UnicodeEncodeError as wrong:
        raise BadEvent(Message(LedgerMessage.SURROGATE_ALONE), where=repr(wrong.object)) from wrong
    except RecursionError as wrong:
        raise BadEvent(Message(LedgerMessage.BODY_TOO_DEEP)) from wrong


def check_bodies(bodies: Sequence[Mapping[str, Any]]) -> None:
    """Nothing, or `BadEvent` naming something in the bodies that is not permitted."""
    objects: Sequence[Mapping[str, Any]] = bodies
    lists: list[list[Any]] = []
    while objects or lists:  # a level of nesting at a time, of all bodies at once
        _check_keys(set().union(*objects))
        values = chain(chain.from_iterable([mapping.values() for mapping in objects]), chain.from_iterable(lists))
        compound = [value for value in values if type(value) not in _PLAIN]
        integers = [value for value in compound if type(value) is int]
        objects = [value for value in compound if type(value) is dict]
        lists = [value for value in compound if type(value) is list]
        _check_integers(integers)
        if len(integers) + len(objects) + len(lists) != len(compound):
            _refuse_type(next(value for value in compound if type(value) not in (int, dict, list)))


def _check_keys(keys: set[Any]) -> None:
    for key in keys:
        if not isinstance(key, str) or not key.isascii():
            raise BadEvent(Message(LedgerMessage.BODY_KEY_NOT_ASCII), where=repr(key))


def _check_integers(values: list[int]) -> None:
    for value in (min(values, default=0), max(values, default=0)):
        if not -LARGEST <= value <= LARGEST:
            raise BadEvent(Message(LedgerMessage.INTEGER_TOO_LARGE, {"number": str(value)}))


def _refuse_type(value: Any) -> None:
    raise BadEvent(Message(LedgerMessage.BODY_VALUE_NOT_PERMITTED, {"value": repr(value)}))


def make_salts(random: Sequence[bytes], digests: Sequence[bytes | None], keys: Sequence[bytes | None]) -> list[bytes]:
    """A salt for each event: 28 random bytes, then a MAC of them with the digest and key under which it is filed.

    So the commitment holds the whole row, and not only the body: another key or digest for an event is found too. The
    MAC is HMAC-SHA-256, cut to 16 bytes; from its two halves, begun once, because `hmac` takes thrice as long.
    """
    copy_inner, copy_outer, salts = _INNER.copy, _OUTER.copy, list[bytes]()
    for start, filed in zip(random, _join_filings(random, digests, keys), strict=True):
        inner, outer = copy_inner(), copy_outer()
        inner.update(filed)
        outer.update(inner.digest())
        salts.append(start + outer.digest()[:TIE_SIZE])
    return salts


def _join_filings(*filings: Sequence[bytes | None]) -> list[bytes]:
    """Random bytes, digest and key of each event in one: before the latter two a byte 1, or in their place a byte 0."""
    try:
        return list(map(b"\1".join, zip(*filings, strict=True)))
    except TypeError:  # an event without a digest or a key
        return [
            start + b"".join(b"\0" if part is None else b"\1" + part for part in parts)
            for start, *parts in zip(*filings, strict=True)
        ]


def remake_salts(salts: Sequence[bytes], digests: Sequence[bytes | None], keys: Sequence[bytes | None]) -> list[bytes]:
    """The salts of events, made again for digests and keys under which they are filed: the same, or they were others.

    Events of earlier versions have salts of 32 bytes, whose last four are a CRC-32.
    """
    digest_sizes = {len(digest) for digest in digests if digest is not None}
    if OLD_SALT_SIZE not in set(map(len, salts)) and digest_sizes <= {len(NO_DIGEST)}:
        return make_salts([salt[:RANDOM_SIZE] for salt in salts], digests, keys)
    return [_remake_salt(*filed) for filed in zip(salts, digests, keys, strict=True)]


def _remake_salt(salt: bytes, digest: bytes | None, key: bytes | None) -> bytes:
    start = salt[:RANDOM_SIZE]
    if digest is not None and len(digest) != len(NO_DIGEST):
        return b""  # no event is filed so
    if len(salt) == OLD_SALT_SIZE:
        return start + crc32((digest or NO_DIGEST) + (key or b"") + start).to_bytes(4, "little")
    return make_salts([start], [digest], [key])[0]


def compute_commitments(salts: Iterable[bytes], bodies: Iterable[bytes]) -> list[bytes]:
    """The 32 bytes published for each body: SHA-256 of salt and body. Without the salt nobody can try bodies out."""
    sha256 = hashlib.sha256
    return [sha256(salt + body).digest() for salt, body in zip(salts, bodies, strict=True)]


def decode_body(body: bytes) -> dict[str, Any]:
    """The body that canonical bytes hold; `BadEvent` where they are not the canonical form of a permitted body."""
    value = _parse_json(body)
    if not isinstance(value, dict):
        raise BadEvent(Message(LedgerMessage.BODY_NO_OBJECT))
    if encode_body(value) != body:
        raise BadEvent(Message(LedgerMessage.BODY_NOT_CANONICAL))
    return value


def _parse_json(text: bytes) -> Any:
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise BadEvent(Message(LedgerMessage.BODY_NOT_JSON, {"problem": str(wrong)})) from wrong


def read_kinds_and_versions(bodies: Sequence[bytes]) -> tuple[list[Any], list[Any]]:
    """The kind and the version that each of many bodies says, None where it says none; BadEvent as `decode_bodies`."""
    kinds, versions = list[Any](), list[Any]()
    for start in range(0, len(bodies), BATCH_BODIES):
        batch = bodies[start : start + BATCH_BODIES]
        if records := _decode_records(batch):
            kinds += [record.kind for record in records]
            versions += [record.version for record in records]
        else:
            values = _decode_batch(batch)
            kinds += [value.get("kind") for value in values]
            versions += [value.get("version") for value in values]
    return kinds, versions


def are_first_records(bodies: Sequence[bytes], kind: str) -> bool:
    """Whether all bodies are canonical, of records, and say this kind and version 1: told without a list of each.

    Most records of a feed have the same fields: once some are read, the others are read with these in half the time.
    """
    names: set[str] = set()
    for start in range(0, len(bodies), BATCH_BODIES):
        batch = bodies[start : start + BATCH_BODIES]
        if names and _decode_records(batch, _build_decoder(kind, tuple(sorted(names)))):
            continue
        records = _decode_records(batch, _build_decoder(kind))
        if not records:
            return False
        names.update(*(record.fields for record in records))
    return True


@lru_cache(maxsize=16)
def _build_decoder(kind: str, names: tuple[str, ...] = ()) -> msgspec.json.Decoder[Any]:
    """Reads records of one kind, in their first version, and nothing else; given names, with no other fields."""
    types = {field.name: field.type for field in msgspec.structs.fields(_RecordBody)}
    types |= {"kind": Literal.__getitem__(kind), "version": Literal[1]}
    if names:
        types["fields"] = _define_fields(names)
    body = msgspec.defstruct("_FiledBody", types.items(), frozen=True, gc=False, forbid_unknown_fields=True)
    return msgspec.json.Decoder(body)


def _define_fields(names: tuple[str, ...]) -> type[msgspec.Struct]:
    """Fields of these names, any of which may be absent: in their order, as they are in canonical JSON."""
    by_attribute = {f"field_{number}": name for number, name in enumerate(names)}
    attributes = [(attribute, _Flat | msgspec.UnsetType, msgspec.UNSET) for attribute in by_attribute]
    return msgspec.defstruct(
        "_Fields", attributes, rename=by_attribute, frozen=True, gc=False, forbid_unknown_fields=True
    )


def refuse_if_not_canonical(bodies: Iterable[bytes]) -> None:
    """Nothing, or BadEvent where `decode_bodies` would raise it."""
    remaining = iter(bodies)
    while batch := list(islice(remaining, BATCH_BODIES)):
        if not _decode_records(batch):
            _decode_batch(batch)


def _decode_records(
    bodies: Sequence[bytes], decoder: msgspec.json.Decoder[_RecordBody] = _RECORDS
) -> list[_RecordBody]:
    """Canonical bodies that are all of records; nothing where any is another, or not canonical."""
    lines = b"\n".join([*bodies, b""])
    try:
        records = decoder.decode_lines(lines)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    if len(records) != len(bodies) or _IN_ORDER.encode_lines(records) != lines:
        return []
    if not lines.isascii() and not all(_has_ascii_names(record.fields) for record in records):
        return []
    return records


def _has_ascii_names(fields: dict[str, Any] | msgspec.Struct) -> bool:
    return isinstance(fields, msgspec.Struct) or "".join(fields).isascii()  # a structure's are from such a mapping


def decode_bodies(bodies: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What `decode` gives for each of many bodies, several times faster; `BadEvent` where it would refuse any."""
    remaining = iter(bodies)
    while batch := list(islice(remaining, BATCH_BODIES)):
        yield from _decode_batch(batch)


def _decode_batch(bodies: Sequence[bytes]) -> list[dict[str, Any]]:
    lines = b"\n".join(bodies) + b"\n"  # canonical JSON holds no line break, so lines that match are bodies that match
    try:
        values = _USUAL.decode_lines(lines)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [decode_body(body) for body in bodies]
    if len(values) != len(bodies) or _ENCODER.encode_lines(values) != lines:
        return [decode_body(body) for body in bodies]
    if not lines.isascii():  # a key may be other than ASCII
        check_bodies([value for value, body in zip(values, bodies, strict=True) if not body.isascii()])
    return values
