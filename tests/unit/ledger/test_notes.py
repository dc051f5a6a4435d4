"""Signed notes, checkpoints and keys against the published examples of golang.org/x/mod/sumdb/note."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodstanding.errors import BadNote
from goodstanding.ledger import notes
from goodstanding.ledger.notes import CheckpointBody, Note, NoteSignature, Signer, Verifier

PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
NOTE = TEXT + "\n" + LINE
VERIFIER, SIGNER = Verifier.parse(PUBLIC), Signer.parse(PRIVATE)
AT = datetime(2026, 3, 3, 12, 0, 5, 999_999, tzinfo=UTC)


def test_the_published_note_verifies_and_is_signed_byte_for_byte() -> None:
    """The example's key verifies its note, and signing its text again gives the same line."""
    notes.verify_note(notes.parse_note(NOTE), VERIFIER)
    assert notes.sign_text(TEXT, SIGNER).line() == LINE
    assert Note(TEXT, (notes.sign_text(TEXT, SIGNER),)).encode() == NOTE == notes.parse_note(NOTE.encode()).encode()


def test_keys_are_written_as_published() -> None:
    """Both halves of the example's key read and write to the same text."""
    assert (VERIFIER.encode(), SIGNER.encode(), SIGNER.verifier) == (PUBLIC, PRIVATE, VERIFIER)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+!!!!",
        "",
    ],
)
def test_a_malformed_public_key_is_refused(text: str) -> None:
    """A wrong id, length, kind, name or encoding makes no key."""
    with pytest.raises(BadNote):
        Verifier.parse(text)


def test_a_malformed_private_key_is_refused_without_being_repeated() -> None:
    """An error about a private key never shows it."""
    for wrong in (PRIVATE[:-1], PRIVATE.replace("c74f", "c74e"), PRIVATE.replace("YEKF", "YEKG")):
        with pytest.raises(BadNote) as caught:
            Signer.parse(wrong)
        assert "KFALVFGyNhPJ" not in caught.value.diagnostics()


@pytest.mark.parametrize(
    "message",
    [
        TEXT,
        TEXT + LINE,
        TEXT + "\n",
        TEXT + "\n" + LINE[:-1],
        NOTE.replace("—", "-"),
        NOTE.replace("— PeterNeumann", "—  PeterNeumann"),
        NOTE.replace("PeterNeumann x08", "Peter+Neumann x08"),
        NOTE.replace("JnAM=", "JnAM"),
        NOTE.replace("JnAM=", "JnAN="),
        TEXT + "\n— PeterNeumann x08goA==\n",
        NOTE.replace("think", "thi\tnk"),
        NOTE.replace("think", "thi\x00nk"),
        NOTE.encode().replace(b"think", b"thi\xffnk"),
        NOTE + LINE * 100,
        "",
    ],
)
def test_a_malformed_note_is_refused(message: str | bytes) -> None:
    """Text, an empty line and well-formed signature lines make a note; nothing else does."""
    with pytest.raises(BadNote):
        notes.parse_note(message)


def test_a_changed_text_does_not_verify() -> None:
    """One letter changed in the text ends the signature."""
    with pytest.raises(BadNote):
        notes.verify_note(notes.parse_note(NOTE.replace("think", "thinK")), VERIFIER)


def test_unknown_signatures_are_ignored_and_a_known_one_is_needed() -> None:
    """Another's line is neither trusted nor in the way."""
    other = Signer.generate("EnochRoot")
    both = notes.parse_note(NOTE).with_signatures(notes.sign_text(TEXT, other))
    notes.verify_note(both, VERIFIER)
    notes.verify_note(both, other.verifier)
    with pytest.raises(BadNote):
        notes.verify_note(notes.parse_note(NOTE), other.verifier)
    same_name = Signer.generate("PeterNeumann")
    with pytest.raises(BadNote):
        notes.verify_note(notes.parse_note(NOTE), same_name.verifier)


def test_a_false_signature_beside_a_true_one_of_the_same_key_is_refused() -> None:
    """Every signature that claims to be a known key's must hold."""
    forged = NoteSignature(VERIFIER.name, VERIFIER.key_id, bytes(64))
    with pytest.raises(BadNote):
        notes.verify_note(notes.parse_note(NOTE).with_signatures(forged), VERIFIER)


def test_a_text_without_a_last_line_break_is_not_signed() -> None:
    """What could not be a note's text is refused before it is signed."""
    for text in ("no line break", "a tab\t\n"):
        with pytest.raises(BadNote):
            notes.sign_text(text, SIGNER)


def test_a_checkpoint_is_signed_plainly_and_with_its_time() -> None:
    """A register's checkpoint carries two signatures of one key; the second also signs whole seconds."""
    text = notes.sign_checkpoint(7, bytes(32), SIGNER, AT)
    opened = notes.open_checkpoint(text, VERIFIER)
    assert (opened.origin, opened.size, opened.root, opened.extensions) == ("PeterNeumann", 7, bytes(32), ())
    assert notes.read_signing_time(notes.parse_note(text), VERIFIER) == AT.replace(microsecond=0)
    assert len(notes.parse_note(text).signatures) == 2


def test_a_changed_time_does_not_verify() -> None:
    """Nobody can date a checkpoint otherwise than it was signed."""
    note = notes.parse_note(notes.sign_checkpoint(7, bytes(32), SIGNER, AT))
    timed = note.signatures[1]
    later = NoteSignature(
        timed.name, timed.key_id, (int.from_bytes(timed.blob[:8], "big") + 1).to_bytes(8, "big") + timed.blob[8:]
    )
    with pytest.raises(BadNote):
        notes.read_signing_time(Note(note.text, (note.signatures[0], later)), VERIFIER)
    with pytest.raises(BadNote):
        notes.read_signing_time(Note(note.text, note.signatures[:1]), VERIFIER)


def test_extension_lines_are_signed_and_kept() -> None:
    """A demonstration's checkpoint says that it is one, under the signature."""
    signer = Signer.parse(PRIVATE, ("demonstration, not for use",))
    text = notes.sign_checkpoint(7, bytes(32), signer, AT)
    assert text.split("\n")[3] == "demonstration, not for use"
    assert notes.open_checkpoint(text, VERIFIER).extensions == ("demonstration, not for use",)
    with pytest.raises(BadNote):
        notes.open_checkpoint(text.replace("not for", "fit for"), VERIFIER)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n7\n" + "A" * 43 + "=",
        "origin\n07\n" + "A" * 43 + "=\n",
        "origin\n-7\n" + "A" * 43 + "=\n",
        "origin\n٧\n" + "A" * 43 + "=\n",
        "origin\n7\n" + "A" * 43 + "\n",
        "origin\n7\n" + "A" * 42 + "B=\n",
        "origin\n7\nAAAA\n",
        "\n7\n" + "A" * 43 + "=\n",
        "origin\n7\n" + "A" * 43 + "=\n\n",
        "origin\n7\n",
        "",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    """Origin, size and root have one spelling each, and no line is empty."""
    with pytest.raises(BadNote):
        CheckpointBody.parse(text)


def test_another_logs_checkpoint_is_refused() -> None:
    """A key vouches for the log of its own name only."""
    text = CheckpointBody("other.example/log", 7, bytes(32)).encode()
    with pytest.raises(BadNote):
        notes.open_checkpoint(Note(text, (notes.sign_text(text, SIGNER),)).encode(), VERIFIER)
