"""Appending and reading, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from goodstanding.errors import BadEvent
from goodstanding.ledger import events, proofs, store
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import CanonicalBody, EventDraft
from goodstanding.ledger.verification import verify_ledger

pytestmark = pytest.mark.each_database

AT = datetime(2027, 3, 3, 12, 0, 5, 250_000, tzinfo=UTC)


def test_events_are_stored_in_order_without_gaps(signer: Signer, draft: Callable[..., EventDraft]) -> None:
    """Each draft gets the next position, its version and the instant it was recorded."""
    before = store.get_ledger_size()
    appended = store.append([draft(1), EventDraft("Noted", {"about": None}), draft(2)], AT, signer)
    assert appended == store.AppendResult(before + 3, (before, before + 1, before + 2), 3, 0, 0)
    rows = list(store.read_entries(before))
    assert [(row.position - before, row.kind, row.key, row.version) for row in rows] == [
        (0, "RecordIssued", "uk:102 1", 1),
        (1, "Noted", None, None),
        (2, "RecordIssued", "uk:102 2", 1),
    ]
    assert {row.recorded_at for row in rows} == {"2027-03-03T12:00:05+00:00"}
    assert json.loads(rows[0].body or "") == {**draft(1).content, "kind": "RecordIssued", "version": 1}
    assert rows[1].body == '{"about":null,"kind":"Noted"}'


def test_the_same_again_changes_nothing_and_a_change_is_a_correction(
    signer: Signer, draft: Callable[..., EventDraft]
) -> None:
    """A digest decides: equal to the latest on file it is no event, else the next version of another kind."""
    before = store.append([draft(1), draft(2)], AT, signer).size
    checkpoint = proofs.get_checkpoint()
    assert store.append([draft(1), draft(2)], AT, signer) == store.AppendResult(before, (None, None), 0, 0, 2)
    assert proofs.get_checkpoint() == checkpoint
    appended = store.append([draft(1), draft(2, "changed"), draft(3)], AT, signer)
    assert appended == store.AppendResult(before + 2, (None, before, before + 1), 1, 1, 1)
    assert [(row.kind, row.version) for row in store.read_entries(before)] == [
        ("RecordCorrected", 2),
        ("RecordIssued", 1),
    ]


def test_what_was_said_before_the_latest_is_said_again(signer: Signer, draft: Callable[..., EventDraft]) -> None:
    """Only the latest version counts: a return to an earlier wording is a correction too."""
    store.append([draft(1), draft(1, "changed")], AT, signer)
    appended = store.append([draft(1)], AT, signer)
    assert (appended.corrected, next(store.read_entries(appended.size - 1)).version) == (1, 3)


def test_one_key_twice_in_a_call_is_taken_in_order(signer: Signer, draft: Callable[..., EventDraft]) -> None:
    """Within one call the same holds as between calls."""
    before = store.get_ledger_size()
    appended = store.append([draft(1), draft(1), draft(1, "changed"), draft(1, "changed"), draft(1)], AT, signer)
    assert appended.positions == (before, None, before + 1, None, before + 2)
    assert [row.version for row in store.read_entries(before)] == [1, 2, 3]


def test_a_draft_without_a_digest_is_always_another_version(signer: Signer) -> None:
    """Where nothing decides that it is the same, it is not."""
    drafts = [EventDraft("Noted", {"text": "same"}, "note 1")] * 2
    assert store.append(drafts, AT, signer).corrected == 1
    assert store.append(drafts, AT, signer).corrected == 2


def test_a_body_handed_over_as_canonical_text_is_the_body_it_says(
    signer: Signer, draft: Callable[..., EventDraft]
) -> None:
    """Text from elsewhere is completed with kind and version, stands in its place among others, and is verified."""
    text = CanonicalBody('{"about":null,"kind":"', '","name":"Café"')
    drafts = [
        draft(1),
        EventDraft("Noted", text, "note 1"),
        draft(2),
        EventDraft("Noted", text),
        EventDraft("Noted", text, "note 1"),
    ]
    before = store.get_ledger_size()
    assert store.append(drafts, AT, signer).size == before + 5
    rows = [row.body or "" for row in store.read_entries(before)]
    assert rows[1] == '{"about":null,"kind":"Noted","name":"Café","version":1}'
    assert rows[3] == '{"about":null,"kind":"Noted","name":"Café"}'
    assert [json.loads(body).get("version") for body in rows] == [1, 1, 1, None, 2]
    assert verify_ledger(signer.verifier) == []


@pytest.mark.parametrize(
    "text",
    [
        CanonicalBody('{"about": null,"kind":"', '"'),
        CanonicalBody('{"kind":"', '","about":null'),
        CanonicalBody('{"amount":1.5,"kind":"', '"'),
        CanonicalBody('{"kind":"', '","zone":1'),
        CanonicalBody('{"größe":1,"kind":"', '"'),
        CanonicalBody('"', '"'),
    ],
    ids=str,
)
def test_text_that_is_not_canonical_after_all_is_refused(signer: Signer, text: CanonicalBody) -> None:
    """What is appended once cannot be mended, so its form is looked at first."""
    before = store.get_ledger_size()
    with pytest.raises(BadEvent):
        store.append([EventDraft("Noted", {}), EventDraft("Noted", text, "note 1")], AT, signer)
    assert store.get_ledger_size() == before


def test_nothing_of_a_refused_call_is_kept(signer: Signer, draft: Callable[..., EventDraft]) -> None:
    """One body that cannot be written leaves the ledger as it was."""
    before, checkpoint = store.append([draft(1)], AT, signer).size, proofs.get_checkpoint()
    for wrong in (
        EventDraft("Noted", {"amount": 1.5}),
        EventDraft("Noted", {"kind": "Other"}),
        EventDraft("Noted", {"version": 2}, "note 1"),
        EventDraft("Noted", {}, "note\x00"),
        EventDraft("Noted", {}, "note\ud800"),
        EventDraft("Noted", {}, ""),
        EventDraft("Noted", {}, "note 1", b"short"),
    ):
        with pytest.raises(BadEvent):
            store.append([draft(2), wrong, draft(3)], AT, signer)
    assert (store.get_ledger_size(), proofs.get_checkpoint(), len(list(store.read_entries(before)))) == (
        before,
        checkpoint,
        0,
    )


def test_more_than_ten_thousand_drafts_are_refused(signer: Signer) -> None:
    """A call holds what one transaction should."""
    with pytest.raises(BadEvent):
        store.append([EventDraft("Noted", {})] * 10_001, AT, signer)


def test_no_drafts_append_nothing(signer: Signer) -> None:
    """An empty call is no event and no checkpoint."""
    before = store.get_ledger_size()
    assert store.append([], AT, signer) == store.AppendResult(before, (), 0, 0, 0)


def test_the_instant_of_recording_needs_a_zone_and_never_runs_backwards(signer: Signer) -> None:
    """A naive instant is refused; a clock that was put back does not date an event before the one it follows."""
    with pytest.raises(BadEvent):
        store.append([EventDraft("Noted", {})], AT.replace(tzinfo=None), signer)
    before = store.append([EventDraft("Noted", {})], AT, signer).size
    store.append([EventDraft("Noted", {})], AT - timedelta(days=400), signer)
    last = list(store.read_entries(before - 1))
    assert last[0].recorded_at == last[1].recorded_at


def test_a_long_ledger_reads_the_same_in_any_batch(signer: Signer, history: int) -> None:
    """How many rows are fetched at a time cannot be told from what is read."""
    whole = list(store.read_entries())
    assert [row.position for row in whole] == list(range(history))
    assert list(store.read_entries(5, 500, batch=7)) == whole[5:500]
    assert list(store.read_entries(history)) == list(store.read_entries(5, 5)) == []


def test_arrow_gives_the_same_events(signer: Signer, history: int) -> None:
    """A whole read in columns has the same content, whatever script it is in."""
    table = store.read_arrow_table(3, history)
    assert table.schema.names == ["position", "recorded_at", "kind", "body"]
    rows = [(row.position, row.recorded_at, row.kind, row.body) for row in store.read_entries(3)]
    assert list(zip(*(column.to_pylist() for column in table.columns), strict=True)) == rows
    assert store.read_arrow_table(history).num_rows == 0
    assert store.read_arrow_table(history).schema == table.schema


def test_bodies_alone_are_those_of_the_events(signer: Signer, history: int) -> None:
    """The quickest read has the same bodies at the same positions."""
    table = store.read_bodies(3, history)
    assert list(zip(*(column.to_pylist() for column in table.columns), strict=True)) == [
        (row.position, row.body) for row in store.read_entries(3)
    ]
    assert store.read_bodies(history, history).num_rows == 0


def test_an_erased_body_reads_as_none(signer: Signer, history: int) -> None:
    """A body that is gone is null in columns and None in rows, even where all of those read are gone."""
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE ledger_event SET body = NULL, salt = NULL WHERE position >= 5")
    assert store.read_bodies(5, 9)["body"].to_pylist() == [None] * 4
    assert (
        store.read_arrow_table(5, 9)["body"].to_pylist() == [row.body for row in store.read_entries(5, 9)] == [None] * 4
    )
    assert store.read_arrow_table(0)["body"].null_count == history - 5


def test_salts_differ_and_are_never_stored_twice(signer: Signer, history: int) -> None:
    """Equal bodies have unequal commitments, so nobody can tell from outside that they are equal."""
    store.append([EventDraft("Noted", {})] * 50, AT, signer)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT salt), count(DISTINCT commitment), count(*) FROM ledger_event")
        assert len(set(cursor.fetchone())) == 1


def test_appends_from_several_threads_take_turns(signer: Signer) -> None:
    """Writers that come at once leave no gap, no overlap and no version twice."""
    before, start = store.get_ledger_size(), Barrier(4)
    errors: list[Exception] = []

    def write(name: int) -> None:
        start.wait()
        try:
            for number in range(5):
                drafts = [
                    EventDraft("Noted", {"by": name, "number": number}),
                    EventDraft("Noted", {"number": number}, "shared"),
                ]
                store.append(drafts, AT, signer)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(store.read_entries(before))
    assert not errors
    assert [row.position for row in rows] == list(range(before, before + 40))
    assert [row.version for row in rows if row.key] == list(range(1, 21))


def test_a_body_is_stored_in_its_canonical_form(signer: Signer, history: int) -> None:
    """What is read back decodes under the strictest reading."""
    assert len(list(events.decode_bodies((row.body or "").encode() for row in store.read_entries()))) == history
