"""HTTP Message Signatures: the RFC's own example, and whatever else may come in their place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import example, given
from hypothesis import strategies as st

from goodstanding.errors import BadInput, NotAllowed
from goodstanding.portal.submissions.api.message_signatures import (
    RequestMessage,
    build_content_digest,
    build_signature_base,
    refuse_if_digest_differs,
    sign_message,
    verify_signature,
)
from goodstanding.portal.submissions.api.structured_fields import InnerList, Item, parse_dictionary, serialize_member

# RFC 9421, appendix B.1.4 and B.2: the key, the request, its signature base and its signature
_PEM = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
"""
BODY = b'{"hello": "world"}'
DIGEST = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
FIELDS = {
    "host": "example.com", "date": "Tue, 20 Apr 2021 02:07:55 GMT", "content-type": "application/json",
    "content-digest": DIGEST, "content-length": "18",
}  # fmt: skip
COVERS = ("date", "@method", "@path", "@authority", "content-type", "content-length")
INPUT = (
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473'
    ';keyid="test-key-ed25519"'
)
SIGNATURE = "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
BASE = """"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
;created=1618884473;keyid="test-key-ed25519\""""
AT = datetime.fromtimestamp(1_618_884_473, UTC)


def rfc_key() -> Ed25519PrivateKey:
    """The RFC's test key."""
    key = load_pem_private_key(_PEM, None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def message(**fields: str) -> RequestMessage:
    """The RFC's test request, with more fields."""
    signed_fields = FIELDS | {name.replace("_", "-"): value for name, value in fields.items()}
    return RequestMessage("POST", "https", "example.com", "/foo", "?param=Value&Pet=dog", signed_fields)


def test_the_example_of_the_rfc_is_signed_to_the_letter() -> None:
    """RFC 9421, B.2.6: same key, same request, same base, same fields, byte for byte."""
    covered = parse_dictionary(INPUT, "Signature-Input")["sig-b26"]
    assert isinstance(covered, InnerList)
    assert build_signature_base(message(), covered) == BASE
    signed = sign_message(message(), COVERS, {"created": 1618884473, "keyid": "test-key-ed25519"}, rfc_key(), "sig-b26")
    assert signed == {"Signature-Input": INPUT, "Signature": SIGNATURE}


def test_the_example_of_the_rfc_verifies_but_for_its_nonce() -> None:
    """Its signature holds, so that what is refused is only that it has no nonce; changed, the signature is refused."""
    keys = {"test-key-ed25519": rfc_key().public_key()}
    with pytest.raises(NotAllowed, match="no nonce"):
        verify_signature(message(signature_input=INPUT, signature=SIGNATURE), keys.get, AT)
    with pytest.raises(NotAllowed, match="does not hold"):
        verify_signature(message(signature_input=INPUT, signature=SIGNATURE, content_length="19"), keys.get, AT)


def test_the_digest_of_the_rfc_is_that_of_its_body() -> None:
    """RFC 9530: SHA-512 and SHA-256 of a body, and nothing else, are taken for its digest."""
    assert build_content_digest(BODY, "sha-512") == DIGEST
    refuse_if_digest_differs(DIGEST, BODY)
    refuse_if_digest_differs(f"{build_content_digest(BODY)}, unixsum=:AAA=:", BODY)
    for wrong in (
        DIGEST,
        build_content_digest(BODY),
        "sha-256=1",
        "sha-256",
        "sha-256=(1)",
        "md5=:AAA=:",
        "",
        None,
        ":",
    ):
        with pytest.raises(BadInput):
            refuse_if_digest_differs(wrong, BODY + b" ")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"nonce": "12345678"}, "does not say when"), ({"created": 1618884173, "nonce": "12345678"}, None),
        ({"created": 1618884172, "nonce": "12345678"}, "too old"), ({"created": 1618884533, "nonce": "12345678"}, None),
        ({"created": 1618884534, "nonce": "12345678"}, "from the future"),
        ({"created": 1618884473, "nonce": "1234567"}, "no nonce"), ({"created": 1618884473}, "no nonce"),
        ({"created": 1618884473, "nonce": "12345678", "expires": 1618884472}, "expired"),
        ({"created": 1618884473, "nonce": "12345678", "alg": "ed25519"}, None),
        ({"created": 1618884473, "nonce": "12345678", "alg": "hmac-sha256"}, "another algorithm"),
        ({"created": 1618884473, "nonce": "12345678", "keyid": "other"}, "No key"),
    ],
)  # fmt: skip
def test_a_signature_is_fresh_and_of_a_known_key(parameters: dict[str, object], reason: str | None) -> None:
    """At most five minutes old, a minute ahead, with a nonce, by Ed25519 and by a key of the source."""
    signed_message = sign_message(message(), COVERS, {"keyid": "known"} | parameters, rfc_key())
    signed = message(signature_input=signed_message["Signature-Input"], signature=signed_message["Signature"])
    keys = {"known": rfc_key().public_key()}
    if reason is None:
        assert verify_signature(signed, keys.get, AT).nonce == "12345678"
        return
    with pytest.raises(NotAllowed, match=reason):
        verify_signature(signed, keys.get, AT)


SEEMING = st.text(alphabet='sig1=("@method" date);created=-?:nonce,.*\\\t\x00é9', max_size=80)


@given(st.one_of(st.text(max_size=60), SEEMING), st.one_of(st.text(max_size=60), SEEMING))
@example(INPUT, "sig-b26=:AAA:")
@example(INPUT, "sig-b26=1")
@example(INPUT, "sig-b26=()")
@example(INPUT, "other=:AAAA:")
@example('sig1=();keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=("@nothing");keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=("date";sf);keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=("date" "date");keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=(date);keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=("Date");keyid="test-key-ed25519"', "sig1=:AAAA:")
@example('sig1=(1);keyid="test-key-ed25519"', "sig1=:AAAA:")
@example("a" * 9_000, "sig1=:AAAA:")
def test_whatever_stands_for_a_signature_is_refused(given_input: str, signature: str) -> None:
    """No text in the two fields does anything but raise BadInput or NotAllowed."""
    keys = {"test-key-ed25519": rfc_key().public_key()}
    with pytest.raises((BadInput, NotAllowed)):
        verify_signature(message(signature_input=given_input, signature=signature), keys.get, AT)


NAMES = st.from_regex(r"[a-z*][a-z0-9_.*-]{0,8}", fullmatch=True)
BARE = st.one_of(
    st.booleans(), st.integers(-(10**15) + 1, 10**15 - 1), st.binary(max_size=20),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
)  # fmt: skip
ITEMS = st.builds(Item, BARE, st.dictionaries(NAMES, BARE, max_size=3))
LISTS = st.builds(InnerList, st.lists(ITEMS, max_size=4).map(tuple), st.dictionaries(NAMES, BARE, max_size=3))


@given(st.dictionaries(NAMES, st.one_of(ITEMS, LISTS), max_size=4))
def test_a_structured_field_is_read_as_it_was_written(members: dict[str, Item | InnerList]) -> None:
    """What is written in canonical form is read back, and written again the same."""
    text = ", ".join(f"{name}={serialize_member(member)}" for name, member in members.items())
    assert parse_dictionary(text, "field") == members
    assert (
        ", ".join(f"{name}={serialize_member(member)}" for name, member in parse_dictionary(text, "field").items())
        == text
    )


@given(st.one_of(st.text(max_size=60), SEEMING))
def test_no_text_brings_the_reader_down(text: str) -> None:
    """Any text is a dictionary or BadInput."""
    try:
        parse_dictionary(text, "field")
    except BadInput as error:
        assert error.where


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a=1,b=2,a=3", "a=3, b=2"),
        ("a;x=1;y;x=2", "a;x=2;y"),
        ("a=?1;b=?0", "a;b=?0"),
        ("a=:aGVsbG8:", "a=:aGVsbG8=:"),
        ("a=1.50, b=@1659578233", "a=1.5, b=@1659578233"),
        ('a=( "b"  c;d );e', 'a=("b" c;d);e'),
    ],
)
def test_other_spellings_of_a_field_have_one_canonical_form(text: str, canonical: str) -> None:
    """RFC 9651, 4.1 and 4.2: of a name that comes twice the last value stands, at the place of the first."""
    members = parse_dictionary(text, "field")
    parts = [
        name + serialize_member(member).removeprefix("?1")
        if serialize_member(member).startswith("?1")
        else f"{name}={serialize_member(member)}"
        for name, member in members.items()
    ]
    assert ", ".join(parts) == canonical
