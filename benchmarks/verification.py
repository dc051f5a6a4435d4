"""Verification of the ledger: everything recomputed from the events, beside hashing the same bytes and no more."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import SQLITE, Registers, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result

BAR = Bar(300_000, most=False, ratio=1 / 3)
_ROUNDS = 3


def run(registers: Registers) -> Iterator[Outcome]:
    """Leaves a second on SQLite, the best of a few rounds."""
    samples = measure_verification(registers).value
    hashed = measure_call(hash_leaves, registers.filled(SQLITE)).value
    peer = Peer("SHA-256 of each body and leaf, one process", hashed["leaves"] / min(hashed["seconds"]))
    note = (
        f"{samples['findings']} findings; rounds of {', '.join(f'{seconds:.2f}' for seconds in samples['seconds'])} s"
    )
    figure = samples["leaves"] / min(samples["seconds"])
    yield Result("verify, sqlite", figure, "leaves/s", BAR, peer, {"verify": samples, "hashing": hashed}, note)


def measure_verification(registers: Registers) -> Any:
    """The measured process; run once."""
    if "verify" not in registers.measured:
        registers.measured["verify"] = measure_call(verify_whole, registers.filled(SQLITE))
    return registers.measured["verify"]


def verify_whole(folder: str) -> dict[str, Any]:
    """Verifies the whole ledger a few times."""
    use_register(folder)
    from goodstanding.ledger import store
    from goodstanding.ledger.verification import verify_ledger
    from goodstanding.register.storage.lifecycle import load_signer

    spent, findings = [], 0
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        findings += len(verify_ledger(load_signer().verifier))
        spent.append(time.perf_counter() - begun)
    return {"leaves": store.get_ledger_size(), "seconds": spent, "findings": findings}


def hash_leaves(folder: str) -> dict[str, Any]:
    """Salted commitments and leaf hashes of all events, read before the clock starts."""
    use_register(folder)
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT salt, body FROM ledger_event")
        texts = [bytes(salt) + body.encode() for salt, body in cursor.fetchall()]
    spent = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        for text in texts:
            hashlib.sha256(b"\x00" + hashlib.sha256(text).digest()).digest()
        spent.append(time.perf_counter() - begun)
    return {"leaves": len(texts), "seconds": spent}
