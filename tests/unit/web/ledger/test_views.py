"""The ledger's pages and files: what they give is enough to check every event without trusting the register."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.site_register import DRAGON, PRESUMED

from goodstanding import config
from goodstanding.ledger import merkle, notes, tiles
from goodstanding.ledger.witness.confirmations import CONFIRMATIONS_FILE, note_confirmations
from goodstanding.ledger.witness.handover import hand_over_checkpoints


@pytest.mark.each_database
def test_every_event_is_proved_from_its_page_alone(anybody: Any) -> None:
    """The page's path leads from its leaf hash to the root that its checkpoint signs with the published key."""
    ledger = anybody.get("/ledger.json").json()
    key = notes.Verifier.parse(ledger["public_key"])
    for position in range(0, ledger["size"], 7):
        page = anybody.get(f"/ledger/{position}.json").json()
        tree = notes.open_checkpoint(page["checkpoint"], key)
        path = [bytes.fromhex(digest) for digest in page["path"]]
        merkle.verify_inclusion(bytes.fromhex(page["leaf_hash"]), position, tree.size, path, tree.root)
        assert merkle.leaf_hash(bytes.fromhex(page["commitment"])).hex() == page["leaf_hash"]


def test_a_body_that_is_shown_gives_its_commitment(anybody: Any, position_of: Callable[[str], int]) -> None:
    """Salt and body of a public event hash to the commitment in the tree."""
    for position in (0, 1, position_of(DRAGON)):
        event = anybody.get(f"/v1/ledger/events/{position}").json()
        salted = bytes.fromhex(event["salt"]) + event["body"].encode()
        assert hashlib.sha256(salted).hexdigest() == event["commitment"]


def test_the_files_of_the_log_are_served_as_others_read_them(anybody: Any) -> None:
    """The checkpoint, the tiles and the bundles of entries give one root (C2SP tlog-tiles)."""
    ledger = anybody.get("/ledger.json").json()
    assert anybody.get("/tlog/checkpoint").text == ledger["checkpoint"]
    size = ledger["size"]
    entries = tiles.decode_entries(anybody.get(f"/tlog/tile/entries/000.p/{size}").content)
    hashes = tiles.split_tile(anybody.get(f"/tlog/tile/0/000.p/{size}").content)
    assert merkle.leaf_hashes(entries) == hashes
    assert base64.b64encode(merkle.compute_root_of_leaves(hashes)).decode() == ledger["root"]
    assert "immutable" in anybody.get(f"/tlog/tile/0/000.p/{size}").headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/0/001", "tile/7/000", "tile/0/0", "checkpoint/", "tile/0/000.p/999"]
)
def test_a_file_that_the_log_has_not_is_not_found(anybody: Any, path: str) -> None:
    """A tile that is not full, or does not exist, or is spelt otherwise, is not served."""
    assert anybody.get(f"/tlog/{path}").status_code == 404


@pytest.mark.each_database
def test_the_last_events_are_shown_without_content(anybody: Any) -> None:
    """Position, kind and instant of the last events, and nothing of what they say."""
    page = anybody.get("/ledger.json").json()
    assert [event["position"] for event in page["events"]] == list(range(page["size"] - 1, page["size"] - 21, -1))
    assert set(page["events"][0]) == {"position", "kind", "recorded_at"}
    assert sum(kind["total"] for kind in page["kinds"]) == page["size"]


def test_a_position_that_is_typed_leads_to_its_event(anybody: Any) -> None:
    """The form takes a position with or without its comma; what is no position is not found."""
    assert anybody.get("/ledger?position=1,2").headers["Location"] == "/ledger/12"
    assert anybody.get("/ledger?position=one").status_code == 404
    assert anybody.get("/ledger/100000").status_code == 404


@pytest.mark.each_database
def test_the_public_reads_neither_kind_nor_second_of_what_is_between_parties(
    anybody: Any, signed_in: Callable[..., Any]
) -> None:
    """A mandate stands among all others, by its day, with the rule that holds for any; the overseer reads its kind."""
    from goodstanding.web.ledger.views import NAMED_KINDS

    overseer = signed_in("overseer")
    signed_in("subject", PRESUMED)
    page, whole = anybody.get("/ledger.json").json(), overseer.get("/ledger.json").json()
    [position] = [event["position"] for event in whole["events"] if event["kind"] == "MandateGranted"][:1]
    [line] = [event for event in page["events"] if event["position"] == position]
    assert (line["kind"], line["recorded_at"][10:]) == ("withheld", "T00:00:00Z")
    assert not {kind["kind"] for kind in page["kinds"]} - {"withheld", *NAMED_KINDS}
    assert sum(kind["total"] for kind in page["kinds"]) == sum(kind["total"] for kind in whole["kinds"])
    event = anybody.get(f"/ledger/{position}.json").json()
    assert (event["kind"], event["recorded_at"]) == (line["kind"], line["recorded_at"])
    assert "Mandate" not in page["checkpoint"] + anybody.get(f"/ledger/{position}").text


@pytest.fixture
def witnessed_register(register: config.RegisterSettings, tmp_path: Path) -> Iterator[config.RegisterSettings]:
    """The register of the site with a file as witness, and an address that is away and has secrets in it."""
    addresses = (f"file:{tmp_path}/kept.notes", "http://clerk:s3cret@127.0.0.1:1/in?token=s3cret")
    before = config.get_current_register()
    yield config.activate_register(replace(before, witnesses=addresses))
    config.activate_register(before)
    before.path(CONFIRMATIONS_FILE).unlink(missing_ok=True)


def test_the_witnesses_are_named_to_all(
    anybody: Any, witnessed_register: config.RegisterSettings, tmp_path: Path
) -> None:
    """How many there are, and what each confirmed last; of an address the host alone, which may hold a secret."""
    assert [line["size"] for line in anybody.get("/ledger.json").json()["witnesses"]] == [None, None]
    assert len(hand_over_checkpoints()) == 1
    page, answer = anybody.get("/ledger").text, anybody.get("/ledger.json")
    assert answer.json()["witnesses"] == [
        {"host": "", "size": answer.json()["size"], "signed_at": answer.json()["about"]["checkpoint_at"]},
        {"host": "127.0.0.1", "size": None, "signed_at": None},
    ]
    assert "2 witnesses are set up." in page
    assert "has confirmed nothing yet" in page
    assert not [text for text in ("s3cret", "clerk", str(tmp_path)) if text in page + answer.text]


def test_a_damaged_note_of_confirmations_is_written_anew(
    anybody: Any, witnessed_register: config.RegisterSettings
) -> None:
    """The page answers as if nothing had been confirmed; the next handover says what holds."""
    for content in ("", "[1]", '{"file:x": 3}', '{"a": "x"}'):
        witnessed_register.path(CONFIRMATIONS_FILE).write_text(content)
        assert anybody.get("/ledger.json").json()["witnesses"][0]["size"] is None
        hand_over_checkpoints()
        answer = anybody.get("/ledger.json").json()
        assert answer["witnesses"][0]["size"] == answer["size"]


def test_a_witness_that_has_more_than_the_register_is_said(
    anybody: Any, witnessed_register: config.RegisterSettings
) -> None:
    """Who put an old backup back has no day to show for what the witness confirmed."""
    note_confirmations({witnessed_register.witnesses[0]: 10**6})
    assert "1,000,000 events" in anybody.get("/ledger").text
    assert "something was taken away" in anybody.get("/ledger").text


def test_without_witnesses_that_is_said(anybody: Any, register: config.RegisterSettings) -> None:
    """A register that nobody watches says so, and what its readers can do."""
    assert "No witness is set up." in anybody.get("/ledger").text
