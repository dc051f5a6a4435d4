"""Proofs, tiles and sizes at a time, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from goodstanding.errors import NotFound
from goodstanding.ledger import events, merkle, notes, proofs, store, tiles
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import EventDraft

pytestmark = pytest.mark.each_database

AT = datetime(2027, 3, 3, 12, 0, 5, 250_000, tzinfo=UTC)


def root(checkpoint: str, signer: Signer) -> bytes:
    """The root that a checkpoint gives, once its signature is seen to hold."""
    return notes.open_checkpoint(checkpoint, signer.verifier).root


def test_each_event_is_proved_to_stand_in_each_signed_tree(signer: Signer, history: int) -> None:
    """An event's proof leads to the root of the newest checkpoint and of every older one that covers it."""
    for position in range(0, history, 13):
        for size in (history, history - 1, None):
            proof = proofs.prove_inclusion(position, size)
            assert proof.leaf_hash == merkle.leaf_hash(proof.commitment)
            merkle.verify_inclusion(proof.leaf_hash, position, proof.size, proof.path, root(proof.checkpoint, signer))


def test_a_signed_tree_is_proved_to_continue_an_older_one(signer: Signer, history: int) -> None:
    """Between any two signed trees the path leads to both roots."""
    first = store.append([EventDraft("Noted", {})], AT, signer).size
    for old in (history - 1, history, first):
        shown = proofs.prove_consistency(old)
        merkle.verify_consistency(
            shown.old, shown.new, root(shown.old_checkpoint, signer), root(shown.new_checkpoint, signer), shown.path
        )


def test_what_was_never_signed_is_not_proved(signer: Signer, history: int) -> None:
    """A size without a checkpoint, a position outside, and an empty ledger's checkpoint are not found."""
    for wrong in (
        lambda: proofs.prove_inclusion(0, 17),
        lambda: proofs.prove_inclusion(history),
        lambda: proofs.prove_inclusion(-1),
        lambda: proofs.prove_inclusion(history - 1, history - 1),
        lambda: proofs.prove_consistency(17),
        lambda: proofs.prove_consistency(history - 1, 17),
        lambda: proofs.get_checkpoint(17),
    ):
        with pytest.raises(NotFound):
            wrong()


def test_the_served_files_rebuild_the_signed_root(signer: Signer, history: int) -> None:
    """Whoever fetches entries and tiles by their paths arrives at the root that was signed."""
    checkpoint = notes.open_checkpoint(proofs.get_log_file("checkpoint"), signer.verifier)
    names = [
        tiles.TileName(tiles.ENTRIES, index, tiles.compute_tile_width(history, 0, index))
        for index in range(history // 256 + 1)
    ]
    entries = [entry for name in names for entry in tiles.decode_entries(proofs.get_log_file(name.path))]
    assert len(entries) == checkpoint.size == history
    assert merkle.compute_root_of_leaves(merkle.leaf_hashes(entries)) == checkpoint.root
    for name, content in tiles.grow_tiles(0, lambda level, index: b"", merkle.leaf_hashes(entries)):
        assert proofs.get_log_file(name.path) == content == proofs.get_tile(name.level, name.index, name.width)


def test_an_older_partial_tile_is_served_as_it_was(signer: Signer, history: int) -> None:
    """A narrower tile is the beginning of the wider one, so that old trees can still be checked."""
    assert proofs.get_tile(0, 0, 100) == proofs.get_tile(0, 0)[:3200]
    assert proofs.get_entry_bundle(0, 100) == proofs.get_entry_bundle(0)[:3400]


@pytest.mark.parametrize(
    "path", ["tile/0/099", "tile/0/002", "tile/entries/002", "tile/9/000", "tile/0/1", "index.html"]
)
def test_no_other_file_is_served(signer: Signer, history: int, path: str) -> None:
    """A tile that the tree has not, or has not so wide, and whatever else is asked for is not found."""
    with pytest.raises(NotFound):
        proofs.get_log_file(path)


def test_an_impossible_tile_is_not_found(signer: Signer, history: int) -> None:
    """Widths and levels that cannot be are not found rather than an error of ours."""
    for level, index, width in ((0, 0, 0), (0, 0, 257), (64, 0, 1), (0, -1, 1)):
        with pytest.raises(NotFound):
            proofs.get_tile(level, index, width)
    with pytest.raises(NotFound):
        proofs.get_entry_bundle(0, 0)


def test_a_proofs_commitment_is_the_events_own(signer: Signer, history: int) -> None:
    """Salt and body, handed over by the register, give the commitment that is proved."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT salt, body FROM ledger_event WHERE position = 7")
        salt, body = cursor.fetchone()
    assert events.compute_commitments([bytes(salt)], [body.encode()]) == [proofs.prove_inclusion(7).commitment]


def test_the_size_known_at_a_time_is_what_was_recorded_by_then(signer: Signer) -> None:
    """A day means its end in UTC, an instant means itself; before the first event nothing was known."""
    before = store.get_ledger_size()
    late = datetime(2090, 3, 3, 23, 59, 59, tzinfo=UTC)
    first = store.append([EventDraft("Noted", {})], late, signer).size
    second = store.append([EventDraft("Noted", {})] * 2, late + timedelta(seconds=1), signer).size
    assert [proofs.get_size_at(date(2090, 3, day)) for day in (2, 3, 4)] == [before, first, second]
    assert proofs.get_size_at(late - timedelta(microseconds=1)) == before
    assert proofs.get_size_at(late) == proofs.get_size_at(late + timedelta(microseconds=999_999)) == first
    assert proofs.get_size_at(late.astimezone(timezone(timedelta(hours=8)))) == first
    assert proofs.get_size_at(date(1990, 1, 1)) == 0
