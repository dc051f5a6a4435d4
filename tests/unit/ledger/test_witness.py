"""Every checkpoint reaches the witnesses, who show what no look at the register alone does; nothing waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.unit.ledger.conftest import record_draft
from tests.witnesses import open_web_witness

from goodstanding import config
from goodstanding.errors import RegisterError, WitnessAway
from goodstanding.ledger import keys, store
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.witness.comparison import list_witness_findings, read_witnesses
from goodstanding.ledger.witness.handover import hand_over_checkpoints, hand_over_if_signed
from goodstanding.ledger.witness.witness_addresses import open_witnesses
from goodstanding.register.projection.verification import verify_register

AT = datetime(2027, 3, 3, 12, 0, 5, tzinfo=UTC)


@dataclass
class KeptFile:
    """A witness of the register in use: its address, and the file in which it keeps what it got."""

    address: str
    file: Path
    server: Any = None


@pytest.fixture(params=["file", "web"])
def witness(request: pytest.FixtureRequest, register_folder: Any, tmp_path: Path) -> Iterator[KeptFile]:
    """A witness of either kind, in the register's settings."""
    file = tmp_path / "kept.notes"
    with open_web_witness(file) as server:
        kept_file = KeptFile(server.address if request.param == "web" else f"file:{file}", file, server)
        register = config.get_current_register()
        config.activate_register(replace(register, witnesses=(kept_file.address,)))
        yield kept_file
        config.activate_register(register)


def append(first: int, number: int = 3, says: str = "first", signer: Signer | None = None) -> int:
    """Appends some records; gives the ledger's size."""
    drafts = [record_draft(first + offset, says) for offset in range(number)]
    return store.append(drafts, AT, signer or keys.load_signing_key(config.get_current_register().folder)).size


def list_notes() -> list[str]:
    """The checkpoints of the ledger, as they were signed."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT note FROM ledger_checkpoint ORDER BY size")
        return [note for (note,) in cursor.fetchall()]


def list_codes(signer: Signer) -> set[str]:
    """The kinds of findings when the witnesses are compared."""
    return {finding.code for finding in list_witness_findings(read_witnesses(signer.verifier))}


def roll_back(size: int) -> None:
    """Takes the ledger back to an earlier size, as a restored backup would, without a trace."""
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM ledger_event WHERE position >= %s", [size])
        cursor.execute("DELETE FROM ledger_checkpoint WHERE size > %s", [size])
        cursor.execute("DELETE FROM ledger_tile")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT commitment FROM ledger_event ORDER BY position")
        commitments = [bytes(commitment) for (commitment,) in cursor.fetchall()]
        from goodstanding.ledger.merkle import leaf_hashes
        from goodstanding.ledger.store.stored_tiles import write_tiles

        write_tiles(cursor, 0, leaf_hashes(commitments))


@pytest.mark.each_database
def test_every_checkpoint_is_handed_over_once(witness: KeptFile, signer: Signer) -> None:
    """The first time the newest, which holds all before; from then on each, in the order in which they were signed."""
    hand_over_checkpoints()
    before = len(list_notes())
    for first in (10, 20, 30):
        append(first)
    assert hand_over_if_signed() == {}
    assert hand_over_if_signed() == {}
    assert witness.file.read_text() == "".join(list_notes()[before - 1 :])
    assert list_codes(signer) == set()


def test_a_witness_that_is_away_loses_nothing_and_gets_it_later(witness: KeptFile, signer: Signer) -> None:
    """What is appended meanwhile stands; that nobody took it is told; the next attempt hands over all of it."""
    hand_over_checkpoints()
    hide = witness.file.rename(witness.file.with_name("hidden"))
    witness.file.mkdir()  # no note can be put there
    witness.server.refusal = 503
    size = append(10)
    assert size == append(10) == store.get_ledger_size()
    assert list(hand_over_if_signed()) == [witness.address]
    assert list_codes(signer) == {"witness-away"}
    witness.file.rmdir()
    hide.rename(witness.file)
    witness.server.refusal = 0
    append(20)
    assert hand_over_if_signed() == {}
    assert witness.file.read_text().endswith("".join(list_notes()[-2:]))
    assert list_codes(signer) == set()


def test_a_witness_without_notes_is_said_once(witness: KeptFile, signer: Signer) -> None:
    """Where nothing could be compared not everything holds; the next verification compares."""
    assert [finding.code for finding in verify_register().findings] == ["witness-empty"]
    assert verify_register().holds


def test_a_clean_rollback_is_found(witness: KeptFile, signer: Signer) -> None:
    """A backup that was put back is whole in itself; the witness knows of more, also when the ledger grew again."""
    size = append(10)
    append(20, 9)
    hand_over_checkpoints()
    roll_back(size)
    assert list_codes(signer) == {"shrunk"}
    kept_before = witness.file.read_text()
    append(40, 20)
    assert list_codes(signer) == {"rewritten"}
    assert list(hand_over_if_signed()) == [witness.address]
    assert witness.file.read_text() == kept_before


def test_history_written_anew_with_the_same_key_is_found(witness: KeptFile, signer: Signer) -> None:
    """Who holds the key can sign another history, but not the one that the witness keeps."""
    size = append(10)
    append(20)
    hand_over_checkpoints()
    roll_back(size)
    append(20, says="otherwise")
    assert list_codes(signer) == {"rewritten"}


def test_history_signed_with_another_key_is_found(witness: KeptFile, signer: Signer) -> None:
    """What the witness keeps was signed by a key that is not this register's now."""
    append(10)
    hand_over_checkpoints()
    assert list_codes(Signer.generate(signer.origin)) == {"witness-note"}


@pytest.mark.parametrize("witness", ["file"], indirect=True)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.99])
def test_a_note_that_was_cut_short_spoils_no_other(witness: KeptFile, signer: Signer, share: float) -> None:
    """The half of a note that a full disk left is said; those around it are compared, and the next is whole."""
    hand_over_checkpoints()
    cut_note = witness.file.read_bytes()
    with witness.file.open("ab") as stream:
        stream.write(cut_note[: int(len(cut_note) * share)])
    append(20)
    assert hand_over_if_signed() == {}
    [account] = read_witnesses(signer.verifier)
    assert [size for size, _root in account.checkpoints] == [1, store.get_ledger_size()]
    assert list_codes(signer) == {"witness-note"}


@pytest.mark.parametrize("witness", ["web"], indirect=True)
def test_a_redirection_is_no_receipt(witness: KeptFile, signer: Signer) -> None:
    """A note is handed over where the address itself took it; what leads elsewhere took nothing."""
    append(10)
    witness.server.refusal = 303
    assert list(hand_over_if_signed()) == [witness.address]


@pytest.mark.parametrize("witness", ["web"], indirect=True)
def test_a_witness_whose_answer_has_no_end_holds_nothing_up(
    witness: KeptFile, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up after a while, like one that is away, when it is asked and when it is handed a note."""
    from goodstanding.ledger.witness import witness_addresses

    append(10)
    witness.server.is_endless = True
    monkeypatch.setattr(witness_addresses, "LONGEST_ANSWER", 0.2)
    [problem] = hand_over_if_signed().values()
    assert "no end" in problem.message
    [address] = witness_addresses.open_witnesses([witness.address])
    with pytest.raises(WitnessAway, match="no end"):
        address.add_note(b"note")


@pytest.mark.parametrize("witness", ["web"], indirect=True)
@pytest.mark.parametrize(("limit", "least"), [("LONGEST_ANSWER", 0.2), ("MOST_BYTES", 100_000)])
@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_verification_ends_whatever_a_witness_goes_on_answering(
    witness: KeptFile, signer: Signer, monkeypatch: pytest.MonkeyPatch, limit: str, least: float, head: bytes
) -> None:
    """Neither time nor bytes are without limit; that nothing was compared is a finding."""
    from goodstanding.ledger.witness import witness_addresses

    append(10)
    witness.server.is_endless, witness.server.endless_head = True, head
    monkeypatch.setattr(witness_addresses, limit, least)
    findings = [finding for finding in verify_register().findings if finding.code.startswith("witness")]
    assert [(finding.code, "no end" in str(finding.problem)) for finding in findings] == [("witness-away", True)]
    [address] = witness_addresses.open_witnesses([witness.address])
    with pytest.raises(WitnessAway, match="no end"):
        address.read_tail()


@pytest.mark.parametrize(
    "address", ["kept.notes", "file:kept.notes", "file://host/kept", "ftp://example.org/x", "http://example.org/x", ""]
)
def test_an_address_that_names_no_way_is_refused(address: str) -> None:
    """Relative files, and the open net without TLS, are no witnesses."""
    with pytest.raises(RegisterError, match="no way to a witness"):
        open_witnesses([address])


def test_a_hostile_witness_neither_fills_memory_nor_the_terminal(witness: KeptFile, signer: Signer) -> None:
    """A line without end, and notes without number that are none: a few are named, and the true one is compared."""
    hand_over_checkpoints()
    true_note = witness.file.read_bytes()
    witness.file.write_bytes(b"x" * 3_000_000 + b"\n\n" + "— a b\n".encode() * 3_000 + b"\x00\xff\n\n" + true_note)
    [account] = read_witnesses(signer.verifier)
    assert [size for size, _root in account.checkpoints] == [store.get_ledger_size()]
    assert 0 < len(account.findings) <= 20
    assert max(len(str(finding.message)) for finding in account.findings) < 500
