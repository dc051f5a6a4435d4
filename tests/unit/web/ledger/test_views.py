"""The ledger's pages and files: what they give is enough to check every event without trusting the register."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from tests.site_register import DRAGON, PRESUMED

from goodstanding.ledger import merkle, notes, tiles


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
