"""What the witnesses keep, compared with the ledger: read before anything else, compared when all is recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from goodstanding import config
from goodstanding.errors import BadNote, WitnessAway
from goodstanding.ledger import merkle, store, tiles
from goodstanding.ledger.notes import Verifier, open_checkpoint
from goodstanding.ledger.span_verification import LedgerFinding, build_finding
from goodstanding.ledger.verification import list_continuation_findings
from goodstanding.ledger.witness.handover import hand_over_checkpoints
from goodstanding.ledger.witness.note_sequence import split_notes
from goodstanding.ledger.witness.witness_addresses import Witness, open_witnesses
from goodstanding.messages import LedgerMessage, Message

EMPTY = "witness-empty"
AWAY = "witness-away"


@dataclass(frozen=True, slots=True)
class WitnessAccount:
    """What a witness keeps: size and root of each checkpoint of this log, and what was wrong with it by itself."""

    address: str
    checkpoints: tuple[tuple[int, bytes], ...]
    findings: tuple[LedgerFinding, ...]


def read_witnesses(verifier: Verifier) -> list[WitnessAccount]:
    """What each witness of the register keeps now."""
    witnesses = open_witnesses(config.get_current_register().witnesses)
    return [_read_witness(witness, verifier) for witness in witnesses]


def _read_witness(witness: Witness, verifier: Verifier) -> WitnessAccount:
    checkpoints: set[tuple[int, bytes]] = set()
    findings: list[LedgerFinding] = []
    try:
        for note in split_notes(witness.read_lines()):
            try:
                checkpoint = open_checkpoint(note, verifier)
                checkpoints.add((checkpoint.size, checkpoint.root))
            except BadNote as wrong:
                message = Message(LedgerMessage.WITNESS_NOTE_UNREADABLE, {"problem": str(wrong.coded)})
                findings.append(build_finding("witness-note", witness.address, message))
    except WitnessAway as wrong:
        findings.append(build_finding(AWAY, witness.address, wrong.coded))
    if not checkpoints and not findings:
        findings.append(LedgerFinding(EMPTY, witness.address, LedgerMessage.WITNESS_EMPTY))
    return WitnessAccount(witness.address, tuple(sorted(checkpoints)), tuple(findings))


def list_witness_findings(accounts: list[WitnessAccount]) -> list[LedgerFinding]:
    """What the witnesses keep that this ledger is no continuation of, and what hindered the comparison."""
    size = store.get_ledger_size()
    with connections[store.ALIAS].cursor() as cursor:
        node = tiles.HashReader(store.build_tile_reader(cursor))
        return [
            finding for account in accounts for finding in (*account.findings, *_list_differences(account, size, node))
        ]


def _list_differences(account: WitnessAccount, size: int, node: merkle.Nodes) -> Iterator[LedgerFinding]:
    """The first checkpoint that differs: those after it differ with it."""
    for kept_size, root in account.checkpoints:
        where = f"{account.address}, size {kept_size}"
        if findings := tuple(list_continuation_findings(where, kept_size, root, size, node)):
            yield from findings
            return


def hand_over_afterwards() -> list[LedgerFinding]:
    """Hands the witnesses what they lack of a ledger that holds; a finding for each that does not take it."""
    return [build_finding(AWAY, address, problem.coded) for address, problem in hand_over_checkpoints().items()]
