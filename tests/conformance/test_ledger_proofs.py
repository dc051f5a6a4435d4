"""Other implementations accept this ledger's proofs, tiles and checkpoints, and refuse forged ones.

tlog-scales reads the served files as any client of a tlog-tiles log does; pymerkle grows the same tree in its own way;
sigstore-python's verifiers of Rekor's checkpoints and inclusion proofs read ours.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pymerkle import InmemoryTree
from pymerkle.proof import ConsistencyProof as PymerkleConsistency
from pymerkle.proof import InclusionProof as PymerkleInclusion
from pymerkle.proof import InvalidProof
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore._internal.trust import KeyID, Keyring, RekorKeyring
from sigstore.errors import VerificationError
from sigstore_models.common.v1 import PublicKey, PublicKeyDetails
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint as ScalesCheckpoint
from tlog_scales.tlog import ConsistencyProof, ConsistencyProofInvalid, InclusionProof, InclusionProofInvalid

from goodstanding import config
from goodstanding.errors import BadNote
from goodstanding.ledger import keys, merkle, notes, proofs, store, tiles
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import EventDraft

AT = datetime(2027, 3, 3, 12, 0, 5, tzinfo=UTC)
SIZES = (1, 7, 256, 300, 700)  # of the appends that follow one another


@pytest.fixture
def signer(register_folder: Any) -> Signer:
    """The signer of the register that the test works on."""
    return keys.load_signing_key(config.get_current_register().folder)


@pytest.fixture
def sizes(signer: Signer) -> list[int]:
    """The sizes of the ledger that were signed by the appends of this test, oldest first."""
    return [store.append([EventDraft("Noted", {"number": n}) for n in range(many)], AT, signer).size for many in SIZES]


@pytest.fixture
def mirror(signer: Signer, sizes: list[int], tmp_path: Path) -> Path:
    """A folder with every file that the log of the newest size serves, its checkpoint signed without extension lines.

    C2SP tlog-checkpoint allows such lines, and tlog-scales 0.0.3 reads none; that others read them is another test.
    """
    folder = tmp_path / "mirror"
    for path in _paths(sizes[-1]):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(proofs.get_log_file(path))
    root = notes.open_checkpoint(proofs.get_log_file("checkpoint"), signer.verifier).root
    (folder / "checkpoint").write_text(notes.sign_checkpoint(sizes[-1], root, signer, AT))
    return folder


def _paths(size: int) -> Iterator[str]:
    for level in (tiles.ENTRIES, 0, 1, 2):
        index = 0
        while width := tiles.compute_tile_width(size, level, index):
            yield tiles.TileName(level, index, width).path
            index += 1


def _flip_bit(value: bytes, chance: random.Random) -> bytes:
    changed = bytearray(value)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_tlog_scales_reads_the_served_log_and_accepts_it(mirror: Path, signer: Signer, sizes: list[int]) -> None:
    """A client of tlog-tiles verifies the checkpoint, arrives at its root by the tiles, and finds each entry's hash."""
    reader = TilesReader(LocalBackend(mirror))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(Vkey.from_string(signer.verifier.encode()))
    checkpoint.verify(Vkey.from_string(signer.verifier.timed().encode()))
    assert (checkpoint.origin, checkpoint.size) == (signer.origin, sizes[-1])
    assert reader.calculate_root_hash() == checkpoint.root_hash
    for position in range(0, sizes[-1], 41):
        proof = reader.get_inclusion_proof(position, sizes[-1])
        proof.check(merkle.leaf_hash(reader.get_entry(position)), checkpoint.root_hash)
        assert tuple(proof.node_hashes) == proofs.prove_inclusion(position).path


def test_tlog_scales_refuses_a_forged_checkpoint(mirror: Path, signer: Signer) -> None:
    """Another root, size, origin or time under the same signatures is refused."""
    text = (mirror / "checkpoint").read_text()
    origin, size, root = text.split("\n")[:3]
    plain, timed = Vkey.from_string(signer.verifier.encode()), Vkey.from_string(signer.verifier.timed().encode())
    other_root = base64.b64encode(bytes(32)).decode()
    for was, forged in ((origin, "forged.example"), (size, str(int(size) + 1)), (root, other_root)):
        for key in (plain, timed):
            with pytest.raises(InvalidSignature):
                ScalesCheckpoint.from_text(text.replace(was, forged, 1)).verify(key)
    with pytest.raises((InvalidSignature, RuntimeError)):
        ScalesCheckpoint.from_text(text).verify(Vkey.from_string(Signer.generate(origin).verifier.encode()))


def test_tlog_scales_accepts_our_proofs_and_refuses_forged_ones(signer: Signer, sizes: list[int]) -> None:
    """Inclusion and consistency proofs hold as they are, and with any bit changed they do not."""
    chance = random.Random(1)
    for position in chance.sample(range(sizes[-1]), 30):
        ours = proofs.prove_inclusion(position)
        root = notes.open_checkpoint(ours.checkpoint, signer.verifier).root
        _assert_holds_and_breaks(
            lambda leaf, root, *path, at=position: InclusionProof(at, sizes[-1], list(path)).check(leaf, root),
            (ours.leaf_hash, root, *ours.path),
            InclusionProofInvalid,
            chance,
        )
    for old in sizes[:-1]:
        shown = proofs.prove_consistency(old)
        roots = [
            notes.open_checkpoint(text, signer.verifier).root for text in (shown.old_checkpoint, shown.new_checkpoint)
        ]
        _assert_holds_and_breaks(
            lambda first, second, *path, old=old: ConsistencyProof(old, sizes[-1], list(path)).check(first, second),
            (*roots, *shown.path),
            ConsistencyProofInvalid,
            chance,
        )


def _assert_holds_and_breaks(
    check: Callable[..., None], hashes: tuple[bytes, ...], refused: type[Exception], chance: random.Random
) -> None:
    check(*hashes)
    for at in range(len(hashes)):
        with pytest.raises(refused):
            check(*hashes[:at], _flip_bit(hashes[at], chance), *hashes[at + 1 :])
    with pytest.raises(refused):
        check(*hashes, bytes(32))


def test_pymerkle_has_the_same_roots_and_accepts_our_proofs(signer: Signer, sizes: list[int]) -> None:
    """A tree grown by another implementation from the same commitments has our roots, and our paths verify in it."""
    tree, chance = _pymerkle_tree(sizes[-1]), random.Random(2)
    for size in sizes:
        assert tree.get_root(size) == notes.open_checkpoint(proofs.get_checkpoint(size), signer.verifier).root
    for position in chance.sample(range(sizes[-1]), 30):
        ours, theirs = proofs.prove_inclusion(position), tree.prove_inclusion(position + 1, sizes[-1])
        path = [ours.leaf_hash, *ours.path]
        proof = PymerkleInclusion("sha256", True, sizes[-1], position + 1, theirs.rule, path)
        proof.verify(ours.leaf_hash, tree.get_root(sizes[-1]))
        with pytest.raises(InvalidProof):
            proof.verify(_flip_bit(ours.leaf_hash, chance), tree.get_root(sizes[-1]))
        proof.path[-1] = _flip_bit(proof.path[-1], chance)
        with pytest.raises(InvalidProof):
            proof.verify(ours.leaf_hash, tree.get_root(sizes[-1]))


def test_our_verification_accepts_pymerkles_consistency(signer: Signer, sizes: list[int]) -> None:
    """What another implementation says is consistent, we find consistent by our own path."""
    tree = _pymerkle_tree(sizes[-1])
    for old in sizes[:-1]:
        theirs: PymerkleConsistency = tree.prove_consistency(old, sizes[-1])
        theirs.verify(tree.get_root(old), tree.get_root(sizes[-1]))
        path = proofs.prove_consistency(old).path
        merkle.verify_consistency(old, sizes[-1], tree.get_root(old), tree.get_root(sizes[-1]), path)


def _pymerkle_tree(size: int) -> InmemoryTree:
    tree = InmemoryTree("sha256")
    bundles = (
        proofs.get_entry_bundle(index, tiles.compute_tile_width(size, 0, index))
        for index in range(-(-size // tiles.WIDTH))
    )
    for bundle in bundles:
        for entry in tiles.decode_entries(bundle):
            tree.append_entry(entry)
    return tree


def test_sigstore_accepts_the_served_checkpoint_which_says_what_it_follows(signer: Signer, sizes: list[int]) -> None:
    """The size of the checkpoint before stands in an extension line, and is signed."""
    text = proofs.get_log_file("checkpoint").decode()
    opened = SignedCheckpoint.from_text(text)
    assert opened.checkpoint.log_size == sizes[-1]
    assert opened.checkpoint.other_content == [f"after {sizes[-2]}"]
    opened.signed_note.verify(_keyring(signer), KeyID(signer.verifier.key_id))
    forged = SignedCheckpoint.from_text(text.replace(f"after {sizes[-2]}", f"after {sizes[-3]}"))
    with pytest.raises(VerificationError):
        forged.signed_note.verify(_keyring(signer), KeyID(signer.verifier.key_id))


def test_sigstore_accepts_a_checkpoint_with_its_extension_line_and_refuses_a_forged_one(signer: Signer) -> None:
    """A demonstration's checkpoint reads and verifies elsewhere, with the line that says what it is."""
    demonstration = Signer(signer.origin, signer.private, ("demonstration, not for use",))
    text = notes.sign_checkpoint(7, bytes(range(32)), demonstration, AT)
    opened = SignedCheckpoint.from_text(text)
    assert (opened.checkpoint.origin, opened.checkpoint.log_size) == (signer.origin, 7)
    assert opened.checkpoint.log_hash == bytes(range(32)).hex()
    assert opened.checkpoint.other_content == ["demonstration, not for use"]
    opened.signed_note.verify(_keyring(signer), KeyID(signer.verifier.key_id))
    for forged in (text.replace("not for use", "for every use"), text.replace("\n7\n", "\n8\n")):
        with pytest.raises(VerificationError):
            SignedCheckpoint.from_text(forged).signed_note.verify(_keyring(signer), KeyID(signer.verifier.key_id))
    with pytest.raises(VerificationError):
        opened.signed_note.verify(_keyring(Signer.generate("other.example")), KeyID(signer.verifier.key_id))


def _keyring(signer: Signer) -> RekorKeyring:
    der = signer.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key = PublicKey(raw_bytes=base64.b64encode(der), key_details=PublicKeyDetails.PKIX_ED25519)
    return RekorKeyring(Keyring([key]))


def test_sigstore_accepts_our_inclusion_proofs_and_refuses_forged_ones(signer: Signer, sizes: list[int]) -> None:
    """Rekor's verifier arrives at our root from our path, and at no other from a changed one."""
    chance = random.Random(3)
    for position in chance.sample(range(sizes[-1]), 30):
        ours = proofs.prove_inclusion(position)
        root = notes.open_checkpoint(ours.checkpoint, signer.verifier).root
        verify_merkle_inclusion(_rekor_entry(ours.commitment, position, sizes[-1], ours.path, root))
        broken = (*ours.path[:-1], _flip_bit(ours.path[-1], chance))
        for commitment, path in ((_flip_bit(ours.commitment, chance), ours.path), (ours.commitment, broken)):
            with pytest.raises(VerificationError):
                verify_merkle_inclusion(_rekor_entry(commitment, position, sizes[-1], path, root))


def _rekor_entry(commitment: bytes, position: int, size: int, path: tuple[bytes, ...], root: bytes) -> Any:
    proof = SimpleNamespace(log_index=position, tree_size=size, hashes=list(path), root_hash=root)
    return SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=commitment))


def test_we_accept_a_checkpoint_that_tlog_scales_signed_and_refuse_a_forged_one() -> None:
    """A log kept by another implementation can be checked by ours."""
    theirs = PlainEd25519Signer("scales.example/log", bytes(range(32)))
    text = ScalesCheckpoint.make_signed("scales.example/log", 5, bytes(32), [theirs]).serialize()
    verifier = notes.Verifier.parse(theirs.vkey.serialize())
    assert notes.open_checkpoint(text, verifier) == notes.CheckpointBody("scales.example/log", 5, bytes(32))
    with pytest.raises(BadNote):
        notes.open_checkpoint(text.replace("\n5\n", "\n6\n"), verifier)
