"""The keys that sources sign with: admitted, changed, revoked by events; read in the forms that people have them in."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.program import encode_public_key
from tests.registers import NOW

from goodstanding import config
from goodstanding.access import ANYBODY, OPERATOR, Actor, Role
from goodstanding.errors import BadInput, NotAllowed, NotFound

SOURCE, OTHER = "uk-fhrs-la:102", "uk-fhrs-la:103"
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def source_keys(register_folder: config.RegisterSettings) -> Any:
    """The module, which needs a register to be imported."""
    from goodstanding.intake.submissions import source_keys

    return source_keys


def test_the_id_of_a_key_is_that_of_the_rfc(source_keys: Any) -> None:
    """RFC 8037, appendix A.3: the thumbprint of the RFC's own key."""
    raw = base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
    assert (
        source_keys.compute_thumbprint(Ed25519PublicKey.from_public_bytes(raw))
        == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


def test_a_key_is_read_in_each_of_its_forms(source_keys: Any) -> None:
    """PEM, an OpenSSH line and the bare 32 bytes in base64 name the same key."""
    key = Ed25519PrivateKey.generate().public_key()
    forms = [
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode() + " clerk@example",
        base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode() + "\n",
    ]
    assert {source_keys.compute_thumbprint(source_keys.parse_public_key(text)) for text in forms} == {
        source_keys.compute_thumbprint(key)
    }


@ANY
@given(text=st.one_of(st.text(max_size=80), st.binary(max_size=60).map(lambda raw: base64.b64encode(raw).decode())))
def test_what_is_no_key_is_refused(source_keys: Any, text: str) -> None:
    """Anything but an Ed25519 public key is BadInput; 32 bytes in base64 are one."""
    try:
        source_keys.parse_public_key(text)
    except BadInput as error:
        assert error.remedy


def test_a_key_of_another_kind_is_refused(source_keys: Any) -> None:
    """A key for another algorithm is no key here."""
    other = generate_private_key(SECP256R1()).public_key()
    with pytest.raises(BadInput, match="another kind"):
        source_keys.parse_public_key(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_a_keys_life_is_three_events(source_keys: Any, assert_register_holds: Callable[[], None]) -> None:
    """Added, it signs; rotated, its successor does; revoked, nobody does; each is in the ledger, with the reason."""
    from goodstanding.ledger import store

    first, second = encode_public_key(Ed25519PrivateKey.generate()), encode_public_key(Ed25519PrivateKey.generate())
    key = source_keys.add_source_key(SOURCE, first, OPERATOR, NOW)
    assert source_keys.find_usable_key(SOURCE, key.key)
    assert source_keys.find_usable_key(OTHER, key.key) is None
    two = source_keys.add_source_key(SOURCE, second, OPERATOR, NOW, key.key)
    assert (source_keys.find_usable_key(SOURCE, key.key), bool(source_keys.find_usable_key(SOURCE, two.key))) == (
        None,
        True,
    )
    source_keys.revoke_source_key(SOURCE, two.key, "lost on 3 March", OPERATOR, NOW)
    assert source_keys.find_usable_key(SOURCE, two.key) is None
    assert [(source_key.in_use, source_key.reason) for source_key in source_keys.list_source_keys(SOURCE)] == [
        (False, f"replaced by {two.key}"), (False, "lost on 3 March"),
    ]  # fmt: skip
    assert [entry.kind for entry in store.read_entries()][-3:] == ["KeyAdded", "KeyRotated", "KeyRevoked"]
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_what_cannot_be_done_with_a_key_says_why(source_keys: Any) -> None:
    """A key is of one source, of a source that is known, in use when it ends, and ends for a reason."""
    text = encode_public_key(Ed25519PrivateKey.generate())
    key = source_keys.add_source_key(SOURCE, text, OPERATOR, NOW)
    another = encode_public_key(Ed25519PrivateKey.generate())
    for wrong in (
        lambda: source_keys.add_source_key(SOURCE, text, OPERATOR, NOW),
        lambda: source_keys.add_source_key(OTHER, text, OPERATOR, NOW),
        lambda: source_keys.revoke_source_key(SOURCE, key.key, " ", OPERATOR, NOW),
    ):
        with pytest.raises(BadInput):
            wrong()
    for missing in (
        lambda: source_keys.add_source_key("uk-fhrs-la:10", another, OPERATOR, NOW),
        lambda: source_keys.add_source_key(SOURCE, another, OPERATOR, NOW, "another"),
        lambda: source_keys.revoke_source_key(OTHER, key.key, "lost", OPERATOR, NOW),
    ):
        with pytest.raises(NotFound):
            missing()
    source_keys.revoke_source_key(SOURCE, key.key, "lost", OPERATOR, NOW)
    with pytest.raises(BadInput, match="was revoked"):
        source_keys.add_source_key(SOURCE, text, OPERATOR, NOW)
    with pytest.raises(BadInput, match="no longer in use"):
        source_keys.revoke_source_key(SOURCE, key.key, "lost", OPERATOR, NOW)


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize("actor", [ANYBODY, Actor(Role.SOURCE, SOURCE, "a clerk"), Actor(Role.OVERSEER)])
def test_only_the_operator_keeps_keys(source_keys: Any, actor: Actor) -> None:
    """Not even a source admits its own key: whoever runs the register looks who brings it."""
    with pytest.raises(NotAllowed):
        source_keys.add_source_key(SOURCE, encode_public_key(Ed25519PrivateKey.generate()), actor, NOW)
    with pytest.raises(NotAllowed):
        source_keys.revoke_source_key(SOURCE, "x", "lost", actor, NOW)


@pytest.mark.each_database
def test_a_nonce_counts_once_for_a_key(source_keys: Any) -> None:
    """Seen again it is refused, of another key not; it is forgotten once a signature with it would be too old."""
    from goodstanding.intake.models import SeenNonce

    source_keys.refuse_if_nonce_seen("key", "nonce", NOW)
    with pytest.raises(NotAllowed):
        source_keys.refuse_if_nonce_seen("key", "nonce", NOW + timedelta(minutes=6))
    source_keys.refuse_if_nonce_seen("other", "nonce", NOW + timedelta(minutes=6))
    source_keys.refuse_if_nonce_seen("other", "later", NOW + timedelta(minutes=11))
    assert SeenNonce.objects.filter(key="key").count() == 0
