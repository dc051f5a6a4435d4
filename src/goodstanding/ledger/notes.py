"""Signed notes, checkpoints and times of signing (C2SP signed-note, tlog-checkpoint and tlog-cosignature).

A note is text with signature lines below; a checkpoint is a note whose text gives a log's origin, size and root. The
register signs each checkpoint twice with one Ed25519 key: plainly, and as a cosignature over the time, so that neither
can be changed later. Keys are text as in golang.org/x/mod/sumdb/note. Verification raises or returns what was signed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from goodstanding.errors import BadNote
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.messages import LedgerMessage, Message

PLAIN = 0x01  # Ed25519 over the text
TIMED = 0x04  # Ed25519 over a time and the text: cosignature/v1
MOST_SIGNATURES = 100  # more lines than this are refused unread
_DASH = "\u2014"
_SIZE = re.compile("0|[1-9][0-9]{0,18}")
_PRIVATE = "PRIVATE+KEY+"
_ID_SIZE, _TIME_SIZE = 4, 8  # bytes


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: who signed, the four bytes that tell the key, and the signature itself."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{_DASH} {self.name} {_to_base64(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a line break, and the signatures under it, verified or not."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def encode(self) -> str:
        """The note as it is served."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def with_signatures(self, *further: NoteSignature) -> Note:
        """The same text with further signatures under it, such as witnesses' cosignatures."""
        return Note(self.text, self.signatures + further)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public Ed25519 key with its name and what it signs: `PLAIN` texts or `TIMED` ones."""

    name: str
    public: bytes
    algorithm: int = PLAIN

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the hash over name, algorithm and key: a hint, not a proof."""
        return _compute_key_id(self.name, self.algorithm, self.public)

    def encode(self) -> str:
        """The key as text: name, id and key joined by plus signs."""
        return f"{self.name}+{self.key_id.hex()}+{_to_base64(bytes([self.algorithm]) + self.public)}"

    @staticmethod
    def parse(text: str) -> Verifier:
        """The public key that a text gives; `BadNote` where it is malformed or its id is another key's."""
        name, key_id, key = _split_key(text)
        if key[0] not in (PLAIN, TIMED):
            raise BadNote(Message(LedgerMessage.KEY_KIND, {"kind": key[0]}))
        verifier = Verifier(name, key[1:], key[0])
        if verifier.key_id != key_id:
            raise BadNote(Message(LedgerMessage.KEY_ID), where=text)
        return verifier

    def timed(self) -> Verifier:
        """The same key as it verifies timestamps."""
        return Verifier(self.name, self.public, TIMED)


@dataclass(frozen=True, slots=True)
class Signer:
    """A log's private Ed25519 key, its origin (also the key's name), and the extension lines of its checkpoints."""

    origin: str
    private: Ed25519PrivateKey
    extensions: tuple[str, ...] = ()

    @staticmethod
    def generate(origin: str) -> Signer:
        """A new key."""
        _check_name(origin)
        return Signer(origin, Ed25519PrivateKey.generate())

    @staticmethod
    def parse(text: str, extensions: tuple[str, ...] = ()) -> Signer:
        """The private key that a text gives; the error never repeats the text."""
        if not text.startswith(_PRIVATE):
            raise BadNote(Message(LedgerMessage.NO_PRIVATE_KEY, {"start": _PRIVATE}))
        origin, key_id, key = _split_key(text.removeprefix(_PRIVATE), secret=True)
        signer = Signer(origin, Ed25519PrivateKey.from_private_bytes(key[1:]), extensions)
        if key[0] != PLAIN or signer.verifier.key_id != key_id:
            raise BadNote(Message(LedgerMessage.PRIVATE_KEY_ID))
        return signer

    def encode(self) -> str:
        """The private key as text. Keep it to yourself."""
        seed = self.private.private_bytes_raw()
        return f"{_PRIVATE}{self.origin}+{self.verifier.key_id.hex()}+{_to_base64(bytes([PLAIN]) + seed)}"

    @property
    def verifier(self) -> Verifier:
        """The public half, to be told to everyone."""
        return Verifier(self.origin, self.private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class CheckpointBody:
    """What a log says its tree is: origin, number of leaves, root, and lines of its own."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(line and "\n" not in line for line in lines) or self.size < 0 or len(self.root) != HASH_SIZE:
            raise BadNote(Message(LedgerMessage.CHECKPOINT_LINES))

    def encode(self) -> str:
        """The text that is signed."""
        return "\n".join([self.origin, str(self.size), _to_base64(self.root), *self.extensions, ""])

    @staticmethod
    def parse(text: str) -> CheckpointBody:
        """The checkpoint that a note's text states; `BadNote` for anything but its one spelling."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < 3 or not _SIZE.fullmatch(lines[1]):
            raise BadNote(Message(LedgerMessage.CHECKPOINT_FORM))
        checkpoint = CheckpointBody(lines[0], int(lines[1]), _from_base64(lines[2]), tuple(lines[3:]))
        if checkpoint.encode() != text:
            raise BadNote(Message(LedgerMessage.CHECKPOINT_SPELLING, {"right": checkpoint.encode()}))
        return checkpoint


def parse_note(message: str | bytes) -> Note:
    """The text and signature lines of a signed note, nothing verified yet; `BadNote` where it is malformed."""
    written = _decode_text(message)
    text, blank, lines = written.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or lines.count("\n") > MOST_SIGNATURES:
        raise BadNote(Message(LedgerMessage.NOTE_FORM))
    return Note(text + "\n", tuple(_parse_signature_line(line) for line in lines.removesuffix("\n").split("\n")))


def sign_text(text: str, signer: Signer) -> NoteSignature:
    """The signer's plain signature for a text, to be put under it."""
    _check_text(text)
    return NoteSignature(signer.verifier.name, signer.verifier.key_id, signer.private.sign(text.encode()))


def sign_text_at(text: str, signer: Signer, at: datetime) -> NoteSignature:
    """The signer's cosignature for a text at a moment, of which whole seconds are signed."""
    _check_text(text)
    seconds, verifier = int(at.timestamp()), signer.verifier.timed()
    signature = signer.private.sign(_build_timed_message(text, seconds))
    return NoteSignature(verifier.name, verifier.key_id, seconds.to_bytes(_TIME_SIZE, "big") + signature)


def verify_note(note: Note, verifier: Verifier) -> None:
    """Nothing, or `BadNote`: the key has signed the note, and each of its signatures holds."""
    for signature in _list_signatures_by(note, verifier):
        _verify_signature(note.text, signature, verifier)


def read_signing_time(note: Note, verifier: Verifier) -> datetime:
    """When the key cosigned the note, in UTC; `BadNote` where it did not, or did more than once."""
    timed = verifier.timed()
    verify_note(note, timed)
    (signature, *further) = _list_signatures_by(note, timed)
    if further:
        raise BadNote(Message(LedgerMessage.NOTE_SIGNED_TWICE, {"name": verifier.name}))
    return datetime.fromtimestamp(int.from_bytes(signature.blob[:_TIME_SIZE], "big"), UTC)


def sign_checkpoint(size: int, root: bytes, signer: Signer, at: datetime) -> str:
    """The note that says what the log's tree is, signed plainly and with the time."""
    text = CheckpointBody(signer.origin, size, root, signer.extensions).encode()
    return Note(text, (sign_text(text, signer), sign_text_at(text, signer, at))).encode()


def open_checkpoint(message: str | bytes, verifier: Verifier) -> CheckpointBody:
    """The checkpoint in a note, once the log's key is seen to have signed it."""
    note = parse_note(message)
    verify_note(note, verifier)
    checkpoint = CheckpointBody.parse(note.text)
    if checkpoint.origin != verifier.name:
        raise BadNote(Message(LedgerMessage.CHECKPOINT_OF_ANOTHER_LOG, {"log": verifier.name}), where=checkpoint.origin)
    return checkpoint


def _verify_signature(text: str, signature: NoteSignature, verifier: Verifier) -> None:
    message, blob = text.encode(), signature.blob
    if verifier.algorithm == TIMED:
        message, blob = _build_timed_message(text, int.from_bytes(blob[:_TIME_SIZE], "big")), blob[_TIME_SIZE:]
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(blob, message)
    except (InvalidSignature, ValueError) as wrong:
        raise BadNote(Message(LedgerMessage.SIGNATURE_WRONG, {"name": verifier.name})) from wrong


def _list_signatures_by(note: Note, verifier: Verifier) -> list[NoteSignature]:
    sought = (verifier.name, verifier.key_id)
    if signatures := [signature for signature in note.signatures if (signature.name, signature.key_id) == sought]:
        return signatures
    raise BadNote(Message(LedgerMessage.NOTE_UNSIGNED, {"name": verifier.name}))


def _build_timed_message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _compute_key_id(name: str, algorithm: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:_ID_SIZE]


def _split_key(text: str, secret: bool = False) -> tuple[str, bytes, bytes]:
    name, *parts = text.split("+", 2)
    shown = None if secret else text
    if len(parts) != 2 or len(parts[0]) != 2 * _ID_SIZE or parts[0] != parts[0].lower():
        raise BadNote(Message(LedgerMessage.KEY_FORM), where=shown)
    _check_name(name)
    try:
        key_id, key = bytes.fromhex(parts[0]), _from_base64(parts[1])
    except (ValueError, BadNote):
        raise BadNote(Message(LedgerMessage.KEY_PARTS), where=shown) from None
    if len(key) != 33:
        raise BadNote(Message(LedgerMessage.KEY_LENGTH), where=shown)
    return name, key_id, key


def _parse_signature_line(line: str) -> NoteSignature:
    dash, _, remainder = line.partition(" ")
    name, _, written = remainder.partition(" ")
    if dash != _DASH:
        raise BadNote(Message(LedgerMessage.SIGNATURE_LINE_START), where=line)
    _check_name(name)
    decoded = _from_base64(written)
    if len(decoded) <= _ID_SIZE:
        raise BadNote(Message(LedgerMessage.SIGNATURE_LINE_EMPTY), where=line)
    return NoteSignature(name, decoded[:_ID_SIZE], decoded[_ID_SIZE:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise BadNote(Message(LedgerMessage.KEY_NAME), where=repr(name))


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise BadNote(Message(LedgerMessage.SIGNED_TEXT_FORM))


def _decode_text(message: str | bytes) -> str:
    try:
        text = message if isinstance(message, str) else message.decode()
        text.encode()
    except UnicodeError as wrong:
        raise BadNote(Message(LedgerMessage.NOTE_NOT_UTF8)) from wrong
    _check_text(text)
    return text


def _to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str) -> bytes:
    """The bytes, for the one canonical spelling only: a changed bit never goes unnoticed."""
    try:
        content = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise BadNote(Message(LedgerMessage.NO_BASE64), where=repr(text)) from wrong
    if _to_base64(content) != text:
        raise BadNote(Message(LedgerMessage.BASE64_SPELLING), where=repr(text))
    return content
