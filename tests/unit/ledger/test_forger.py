"""A forger who knows the formats, recomputes what has to fit, and even has the key: each forgery is found.

Without the key by what the ledger itself says; with it, or where the end was cut off cleanly, by the witness.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.profiles import share_of_examples
from tests.unit.ledger.conftest import record_draft

from goodstanding import config
from goodstanding.ledger import events, merkle, notes, store, tiles
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import EventDraft
from goodstanding.ledger.verification import verify_ledger
from goodstanding.ledger.witness.comparison import list_witness_findings, read_witnesses
from goodstanding.ledger.witness.handover import hand_over_checkpoints

TIMES = share_of_examples(48)
START = datetime(2027, 3, 3, 12, 0, 5, tzinfo=UTC)
TABLES = {"event": "position", "tile": '"index"', "checkpoint": "size"}
COLUMNS = {
    "event": ("position", "recorded_at", "kind", "key", "version", "digest", "body", "salt", "commitment"),
    "tile": ("level", "index", "hashes"),
    "checkpoint": ("size", "root", "note", "recorded_at"),
}
Row = dict[str, Any]


@dataclass
class Forger:
    """The ledger's rows, free to be changed, and a key to sign with."""

    tables: dict[str, list[Row]]
    signer: Signer
    dice: random.Random

    def choose_event(self, keyed: bool = True) -> Row:
        """Some event, one with a key if that is wanted."""
        return self.dice.choice([row for row in self.tables["event"] if row["key"] or not keyed])

    def change_body(self, event: Row) -> None:
        """Lets an event say something else, in canonical form and with the commitment that fits."""
        content = json.loads(event["body"]) | {"note": f"otherwise {self.dice.random()}"}
        event["body"] = events.encode_body(content).decode()
        self.commit(event)

    def commit(self, event: Row) -> None:
        """Gives an event the salt and commitment that fit what its row says."""
        key = event["key"].encode() if event["key"] else None
        (event["salt"],) = events.make_salts([event["salt"][: events.RANDOM_SIZE]], [event["digest"]], [key])
        (event["commitment"],) = events.compute_commitments([event["salt"]], [event["body"].encode()])

    def grow_tree(self) -> merkle.Nodes:
        """Makes all tiles anew from the commitments; the tree's nodes."""
        leaves = merkle.leaf_hashes([row["commitment"] for row in self.tables["event"]])
        grown = list(tiles.grow_tiles(0, lambda _level, _index: b"", leaves))
        self.tables["tile"] = [{"level": name.level, "index": name.index, "hashes": row} for name, row in grown]
        rows = merkle.rows_above(leaves)
        return lambda level, index: rows[level][index]

    def set_roots(self, sign: bool) -> None:
        """Makes tiles and the checkpoints' roots anew, and signs them if that is wanted."""
        node, before = self.grow_tree(), 0
        for row in self.tables["checkpoint"]:
            row["root"] = merkle.compute_root(row["size"], node)
            if sign:
                linked = replace(self.signer, extensions=(f"after {before}",))
                at = datetime.fromisoformat(row["recorded_at"])
                row["note"] = notes.sign_checkpoint(row["size"], row["root"], linked, at)
            before = row["size"]


def exchange_contents(forger: Forger) -> None:
    """Two events say what the other said."""
    one_event, other_event = forger.dice.sample([row for row in forger.tables["event"] if row["key"]], 2)
    for column in ("body", "salt", "commitment"):
        one_event[column], other_event[column] = other_event[column], one_event[column]


def change_content(forger: Forger) -> None:
    """An event says something else, and its commitment fits."""
    forger.change_body(forger.choose_event())


def change_content_and_tree(forger: Forger) -> None:
    """An event says something else, and commitment, tiles and roots fit."""
    forger.change_body(forger.choose_event())
    forger.set_roots(sign=False)


def sign_with_another_key(forger: Forger) -> None:
    """All fits, and is signed with a key of the same name."""
    forger.signer = Signer.generate(forger.signer.origin)
    forger.change_body(forger.choose_event())
    forger.set_roots(sign=True)


def sign_with_the_key(forger: Forger) -> None:
    """All fits, and is signed with the register's own key."""
    forger.change_body(forger.choose_event())
    forger.set_roots(sign=True)


def move_to_another_key(forger: Forger) -> None:
    """An event is filed under another key, so that the same comes in once more."""
    forger.choose_event()["key"] += forger.dice.choice("abc")


def move_digest(forger: Forger) -> None:
    """An event is filed with another digest, so that the same counts as a correction."""
    forger.choose_event()["digest"] = forger.dice.randbytes(32)


def file_anew(forger: Forger) -> None:
    """An event is filed under another key, and salt and commitment fit."""
    event = forger.choose_event()
    event["key"] += "x"
    forger.commit(event)


def take_out(forger: Forger) -> None:
    """An event in the middle is gone, later ones move up, and tiles and roots fit."""
    rows = forger.tables["event"]
    del rows[forger.dice.randrange(len(rows) - 1)]
    for position, row in enumerate(rows):
        row["position"] = position
    forger.tables["checkpoint"] = [row for row in forger.tables["checkpoint"] if row["size"] <= len(rows)]
    forger.set_roots(sign=False)


def cut_off(forger: Forger) -> None:
    """The last appends are gone as if they had never been: a backup that was put back."""
    checkpoints = forger.tables["checkpoint"]
    del checkpoints[forger.dice.randrange(2, len(checkpoints)) :]
    del forger.tables["event"][checkpoints[-1]["size"] :]
    forger.grow_tree()


def cut_off_and_go_on(forger: Forger) -> None:
    """After a backup was put back other events follow, signed with the register's own key."""
    cut_off(forger)
    event = dict(forger.choose_event(), position=len(forger.tables["event"]), version=1, key=f"new {forger.dice}")
    event["body"] = events.encode_body(json.loads(event["body"]) | {"version": 1}).decode()
    forger.commit(event)
    last = forger.tables["checkpoint"][-1]
    forger.tables["event"].append(event | {"recorded_at": last["recorded_at"]})
    forger.tables["checkpoint"].append(dict(last, size=last["size"] + 1))
    forger.set_roots(sign=True)


def add_unsigned(forger: Forger) -> None:
    """An event stands behind the last that was signed."""
    event = dict(forger.choose_event(), position=len(forger.tables["event"]), key="added", version=1)
    forger.commit(event)
    forger.tables["event"].append(event)


def change_day(forger: Forger) -> None:
    """An append was recorded on another day: events and checkpoint say so alike."""
    checkpoint = forger.dice.choice(forger.tables["checkpoint"])
    recorded_at = checkpoint["recorded_at"]
    for row in (*forger.tables["event"], checkpoint):
        if row["recorded_at"] == recorded_at:
            row["recorded_at"] = f"19{recorded_at[2:]}"


def destroy_content(forger: Forger) -> None:
    """What an event said is gone, as after an erasure that nobody asked for."""
    event = forger.choose_event()
    event.update(body=None, salt=None, digest=None)


FORGERIES: list[Callable[[Forger], None]] = [
    exchange_contents, change_content, change_content_and_tree, sign_with_another_key, sign_with_the_key,
    move_to_another_key, move_digest, file_anew, take_out, cut_off, cut_off_and_go_on, add_unsigned, change_day,
    destroy_content,
]  # fmt: skip


@pytest.fixture
def true_rows(signer: Signer, tmp_path: Path) -> Iterator[dict[str, list[Row]]]:
    """A ledger of five appends, and all its rows; each checkpoint is with a witness."""
    register = config.get_current_register()
    config.activate_register(replace(register, witnesses=(f"file:{tmp_path}/kept.notes",)))
    hand_over_checkpoints()
    for number in range(4):
        drafts = [record_draft(key, f"said {number}") for key in range(number * 5, number * 5 + 12)]
        store.append(drafts, START.replace(minute=number), signer)
        hand_over_checkpoints()
    store.append([EventDraft("Noted", {"text": "last"})], START.replace(hour=13), signer)
    hand_over_checkpoints()
    yield _read_rows()
    config.activate_register(register)


def _read_rows() -> dict[str, list[Row]]:
    """All rows of the ledger."""
    rows: dict[str, list[Row]] = {}
    with connections["default"].cursor() as cursor:
        for table, columns in COLUMNS.items():
            listed = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f"SELECT {listed} FROM ledger_{table} ORDER BY {TABLES[table]}")
            rows[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return rows


def _write_rows(rows: dict[str, list[Row]]) -> None:
    """Puts these rows in the place of all."""
    with connections["default"].cursor() as cursor:
        for table, columns in COLUMNS.items():
            cursor.execute(f"DELETE FROM ledger_{table}")
            listed, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
            values = [[row[column] for column in columns] for row in rows[table]]
            cursor.executemany(f"INSERT INTO ledger_{table} ({listed}) VALUES ({marks})", values)


def _list_codes(signer: Signer) -> list[str]:
    """What is found, by the ledger itself and by the witness."""
    accounts = read_witnesses(signer.verifier)
    findings = [*verify_ledger(signer.verifier), *list_witness_findings(accounts)]
    return [finding.code for finding in findings]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_a_forgery_is_found(true_rows: dict[str, list[Row]], signer: Signer, forgery: Callable[[Forger], None]) -> None:
    """Whichever event it is; and with the true rows put back everything holds."""
    unseen = []
    for number in range(TIMES):
        copied = {table: [dict(row) for row in rows] for table, rows in true_rows.items()}
        forgery(Forger(copied, signer, random.Random(f"{forgery.__name__} {number}")))
        _write_rows(copied)
        if not _list_codes(signer):
            unseen.append(number)
    assert unseen == []
    _write_rows(true_rows)
    assert _list_codes(signer) == []


def test_with_the_key_a_forger_is_found_by_the_witness_alone(true_rows: dict[str, list[Row]], signer: Signer) -> None:
    """The ledger that was signed anew holds in itself: that is what a witness is for."""
    for forgery in (sign_with_the_key, cut_off):
        copied = {table: [dict(row) for row in rows] for table, rows in true_rows.items()}
        forgery(Forger(copied, signer, random.Random(1)))
        _write_rows(copied)
        assert verify_ledger(signer.verifier) == []
        assert _list_codes(signer) != []
        assert set(_list_codes(signer)) <= {"shrunk", "rewritten"}
