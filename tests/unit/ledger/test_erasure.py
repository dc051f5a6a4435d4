"""Erasing: what is destroyed, what stays, who signs; and what the verification makes of a body that is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.db import connections

from goodstanding import config
from goodstanding.errors import BadEvent, ErasedBefore, NotFound
from goodstanding.ledger import content_erasure, keys, merkle, notes, proofs, store, verification
from goodstanding.ledger.content_erasure import ErasureTarget
from goodstanding.ledger.erasure_statements import ErasureBasis, ErasureReason, ErasureRequest
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.span_verification import SpanResult
from goodstanding.ledger.store import EventDraft
from goodstanding.ledger.verification import verify_ledger

pytestmark = pytest.mark.each_database

AT = datetime(2027, 3, 4, 12, 0, 5, tzinfo=UTC)
WHY, LAW = ErasureReason("unlawful", "It should never have been held."), ErasureBasis("Example Act", "art. 9")


def ask_erasure(signer: Signer, *positions: int, by: str = "Ada Asker") -> int:
    """The position of an event that asks for an erasure."""
    content = content_erasure.build_event_content(ErasureRequest(positions, WHY, LAW, by, AT.date()))
    return store.append([EventDraft(content_erasure.ASKED, content)], AT, signer).size - 1


def erase_positions(signer: Signer, *positions: int, by: str = "Ben Confirmer") -> int:
    """The position of the event that erased some positions, asked for before by somebody else."""
    request = ask_erasure(signer, *positions)
    return content_erasure.erase_events(
        [ErasureTarget(position) for position in positions], request, by, (), AT, signer
    )


def list_codes(signer: Signer) -> list[tuple[str, str]]:
    """What does not hold, and where."""
    return [(finding.code, finding.where) for finding in verify_ledger(signer.verifier)]


def run_statement(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Looks into the tables, or does to them what nobody should."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


ROW = "SELECT body, salt, digest, key, version, kind FROM ledger_event WHERE position = %s"


def test_body_salt_digest_and_key_are_gone_and_the_ledger_holds(signer: Signer, history: int) -> None:
    """Of the row there stay kind, version, time, commitment and a tombstone; the ledger verifies, older proofs too."""
    kept = proofs.get_checkpoint(history)
    erase_positions(signer, 300)
    [(body, salt, digest, key, version, kind)] = run_statement(ROW, 300)
    assert (body, salt, digest, version, kind) == (None, None, None, 1, "RecordIssued")
    assert key.startswith("erased:")
    assert "uk:102" not in key
    assert list_codes(signer) == []
    assert verify_ledger(signer.verifier, kept) == []


def test_what_is_erased_after_it_was_looked_at_is_no_finding(
    signer: Signer, history: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body that somebody erases while the ledger is verified was there rightly, and is gone rightly."""
    finish = verification._SpanWorkers.finish

    def erase_after_looking(workers: verification._SpanWorkers) -> list[SpanResult]:
        counts = finish(workers)
        erase_positions(signer, 300)
        return counts

    with monkeypatch.context() as patched:
        patched.setattr(verification._SpanWorkers, "finish", erase_after_looking)
        assert list_codes(signer) == []
    assert list_codes(signer) == []


def test_an_erased_event_is_still_proved(signer: Signer, history: int) -> None:
    """Its commitment stays in the tree, so that an inclusion proof leads to the root as before."""
    before = proofs.prove_inclusion(300, history)
    erase_positions(signer, 300)
    shown = proofs.prove_inclusion(300)
    assert proofs.prove_inclusion(300, history) == before
    root = notes.open_checkpoint(shown.checkpoint, signer.verifier).root
    merkle.verify_inclusion(shown.leaf_hash, 300, shown.size, shown.path, root)


def test_the_event_says_who_asked_and_confirmed_on_which_law(signer: Signer, history: int) -> None:
    """Reason, law, both names and what is left of each row stand in the ledger; nothing of what was said does."""
    position = erase_positions(signer, 300, 301)
    signed_erasure = content_erasure.list_erasures()[position]
    assert [(signature.role, signature.by) for signature in signed_erasure.signed] == [
        ("ask", "Ada Asker"),
        ("confirm", "Ben Confirmer"),
    ]
    assert (signed_erasure.reason, signed_erasure.basis, signed_erasure.day) == (WHY, LAW, AT.date())
    assert [(erased.position, erased.kind, erased.version) for erased in signed_erasure.erased] == [
        (300, "RecordIssued", 1), (301, "RecordIssued", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["Ada Asker", "ADA ASKER", " ada  asker ", "Ａｄａ Ａsker", ""])
def test_nobody_signs_twice(signer: Signer, history: int, by: str) -> None:
    """Whoever asked does not confirm, however the name is typed; and nothing is destroyed then."""
    with pytest.raises(BadEvent):
        erase_positions(signer, 300, by=by)
    assert run_statement(ROW, 300)[0][0] is not None
    assert list_codes(signer) == []


def test_all_versions_go_together(signer: Signer, history: int) -> None:
    """A record that was corrected is erased with every version of it, or not at all."""
    chain = content_erasure.list_version_positions([1])
    assert len(chain) == 2
    with pytest.raises(BadEvent, match="further version"):
        erase_positions(signer, 1)
    erase_positions(signer, *sorted(chain))
    assert {run_statement(ROW, position)[0][3] for position in chain} == {run_statement(ROW, 1)[0][3]}
    assert list_codes(signer) == []


def test_what_was_erased_cannot_come_in_again(signer: Signer, history: int, draft: Callable[..., EventDraft]) -> None:
    """The tombstone recognises the key of what is sent again, whatever it says; nothing of that call is kept."""
    erase_positions(signer, 300)
    size = store.get_ledger_size()
    for says in ("first", "changed"):
        with pytest.raises(ErasedBefore, match="erased"):
            store.append([draft(9_999), draft(299, says)], AT, signer)
    assert store.get_ledger_size() == size
    assert store.list_erased_keys(["uk:102 299", "uk:102 300", "uk:102 9999"]) == {"uk:102 299"}


@pytest.mark.each_database
def test_another_spelling_of_what_was_erased_is_recognised(
    signer: Signer, history: int, draft: Callable[..., EventDraft]
) -> None:
    """Zeros, spaces, case and width do not bring it back; what stood on file beside it stays what it is."""
    twin = store.append([draft("0299")], AT, signer).size - 1
    erase_positions(signer, 300)
    sent_keys = {"uk:102 00299", "UK:102 299", "uk:102 ２99"}
    assert store.list_erased_keys([*sent_keys, "uk:102 0299"]) == sent_keys
    erase_positions(signer, twin)
    assert store.list_erased_keys(["uk:102 0299"]) == {"uk:102 0299"}
    assert list_codes(signer) == []


def test_a_tombstone_of_old_recognises_its_own_spelling(signer: Signer, history: int) -> None:
    """What was erased before spellings were folded is still refused as it was written, and only so."""
    from goodstanding.ledger import keys, tombstones

    secret = keys.load_tombstone_secret(config.get_current_register().folder)
    erase_positions(signer, 300)
    old = tombstones.make_exact_tombstone("uk:102 299", secret)
    run_statement("UPDATE ledger_event SET key = %s WHERE position = 300", old)
    assert store.list_erased_keys(["uk:102 299", "uk:102 0299"]) == {"uk:102 299"}


def test_without_the_secret_a_tombstone_tells_nothing(signer: Signer, history: int) -> None:
    """The same key has another tombstone in another register, whose secret is another."""
    erase_positions(signer, 300)
    assert store.list_erased_keys(["uk:102 299"]) == {"uk:102 299"}
    file = config.get_current_register().folder.joinpath(*keys.TOMBSTONE_KEY_FILE)
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("00" * 32 + "\n")
    assert store.list_erased_keys(["uk:102 299"]) == set()


def test_an_event_without_a_key_can_be_recognised_too(signer: Signer, history: int) -> None:
    """A finding that was proposed has no key; erased, it leaves a tombstone of its reference all the same."""
    position = store.append([EventDraft("CaseProposed", {"text": "B-17"})], AT, signer).size - 1
    request = ask_erasure(signer, position)
    content_erasure.erase_events(
        [ErasureTarget(position, None, "uk:102 case B-17")], request, "Ben Confirmer", (), AT, signer
    )
    assert store.list_erased_keys(["uk:102 case B-17"]) == {"uk:102 case B-17"}
    assert list_codes(signer) == []


@pytest.mark.parametrize(
    ("positions", "why"), [([9_999], "no such event"), ([300], "erased before"), ([], "0 events"), ([-1], "no such")]
)
def test_what_is_not_there_is_not_erased(signer: Signer, history: int, positions: list[int], why: str) -> None:
    """A position after the end, one erased before, or none at all is refused, and says so."""
    erase_positions(signer, 300)
    with pytest.raises(BadEvent, match=why):
        content_erasure.erase_events(
            [ErasureTarget(position) for position in positions],
            ask_erasure(signer, *positions),
            "Ben Confirmer",
            (),
            AT,
            signer,
        )


def test_more_may_go_than_was_asked_for_but_not_less(signer: Signer, history: int) -> None:
    """What two people agreed on goes; a version that came meanwhile goes with it."""
    request = ask_erasure(signer, 300, 301)
    with pytest.raises(BadEvent, match="left out"):
        content_erasure.erase_events([ErasureTarget(300)], request, "Ben Confirmer", (), AT, signer)
    content_erasure.erase_events(
        [ErasureTarget(position) for position in (300, 301, 302)], request, "Ben Confirmer", (), AT, signer
    )
    assert list_codes(signer) == []
    with pytest.raises(NotFound):
        content_erasure.erase_events([ErasureTarget(303)], 5, "Ben Confirmer", (), AT, signer)


def test_an_erasure_is_never_erased(signer: Signer, history: int) -> None:
    """The events that say what was erased, and who asked, stay for ever."""
    position = erase_positions(signer, 300)
    with pytest.raises(BadEvent, match="never erased"):
        erase_positions(signer, position)


@pytest.mark.parametrize("column", ["key", "kind", "version", "salt", "digest", "body"])
def test_what_is_left_of_an_erased_row_cannot_be_changed_unseen(signer: Signer, history: int, column: str) -> None:
    """Tombstone, kind and version are those that the erasure names; salt, digest and body do not come back."""
    erase_positions(signer, 300)
    changed = {"version": 3, "salt": b"x", "digest": b"x" * 32}.get(column, "erased:0")
    run_statement(f"UPDATE ledger_event SET {column} = %s WHERE position = 300", changed)
    assert ("position 300" in {where for _code, where in list_codes(signer)}) is True


def test_a_body_that_is_gone_without_an_erasure_is_found(signer: Signer, history: int) -> None:
    """Rows emptied by hand are found, beside others that were erased as they should be."""
    erase_positions(signer, 300)
    run_statement(
        "UPDATE ledger_event SET body = NULL, salt = NULL, digest = NULL, key = 'erased:1' WHERE position = 301"
    )
    assert list_codes(signer) == [("body-missing", "position 301")]


def append_forged_erasure(signer: Signer, request: int, *signed: tuple[str, str]) -> None:
    """An erasure of position 300 as no program here would write it, with its row emptied."""
    gone = {"position": 300, "kind": "RecordIssued", "version": 1, "tombstone": "erased:1", "beside": None}
    content = {
        "asked": request,
        "reason": msgspec.to_builtins(WHY),
        "basis": msgspec.to_builtins(LAW),
        "day": "2027-03-04",
    }
    by = [{"role": role, "by": name} for role, name in signed]
    store.append([EventDraft(content_erasure.ERASED, content | {"erased": [gone], "signed": by})], AT, signer)
    run_statement(
        "UPDATE ledger_event SET body = NULL, salt = NULL, digest = NULL, key = 'erased:1' WHERE position = 300"
    )


@pytest.mark.parametrize(
    "signed",
    [
        [("ask", "Ada Asker"), ("confirm", "ada asker")],
        [("ask", "Ada Asker")],
        [("ask", "Ada Asker"), ("ask", "Ben Confirmer")],
        [("ask", "Ada Asker"), ("confirm", " ")],
        [("ask", "Eve Else"), ("confirm", "Ben Confirmer")],
        [("ask", "Ada Asker"), ("confirm", "Ben Confirmer"), ("confirm", "Eve Else")],
    ],
)
def test_an_erasure_not_signed_by_two_is_found(signer: Signer, history: int, signed: list[tuple[str, str]]) -> None:
    """An event without two different people in the two roles erases nothing: both it and the body are findings."""
    append_forged_erasure(signer, ask_erasure(signer, 300), *signed)
    assert {code for code, _where in list_codes(signer)} == {"erasure", "body-missing"}


def test_an_erasure_that_nobody_asked_for_is_found(signer: Signer, history: int) -> None:
    """The event must name an ErasureAsked before it that asks for these positions."""
    append_forged_erasure(signer, 5, ("ask", "Ada Asker"), ("confirm", "Ben Confirmer"))
    assert {code for code, _where in list_codes(signer)} == {"erasure", "body-missing"}


def test_an_erasure_that_destroyed_nothing_is_found(signer: Signer, history: int) -> None:
    """Where the ledger says that an event was erased, its body cannot still be there."""
    request = ask_erasure(signer, 300)
    [(body, salt, digest, key, *_columns)] = run_statement(ROW, 300)
    content_erasure.erase_events([ErasureTarget(300)], request, "Ben Confirmer", (), AT, signer)
    run_statement("UPDATE ledger_event SET body = %s, salt = %s, digest = %s, key = %s WHERE position = 300", body,
                  salt, digest, key)  # fmt: skip
    assert list_codes(signer) == [("not-erased", "position 300")]


def test_a_crash_leaves_all_or_nothing(signer: Signer, history: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Event and destruction are one transaction: cut off between them, neither happened."""
    request, size = ask_erasure(signer, 300), store.get_ledger_size()

    def crash(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(content_erasure, "_destroy", crash)
    with pytest.raises(KeyboardInterrupt):
        content_erasure.erase_events([ErasureTarget(300)], request, "Ben Confirmer", (), AT, signer)
    assert store.get_ledger_size() == size
    assert run_statement(ROW, 300)[0][0] is not None
    assert content_erasure.list_leftovers() == {}
    assert list_codes(signer) == []


def test_what_is_left_to_wash_out_is_noted_until_it_is_done(signer: Signer, history: int) -> None:
    """An erasure is noted as unfinished in the same transaction, with its evidence, until somebody says it is done."""
    request = ask_erasure(signer, 300)
    position = content_erasure.erase_events(
        [ErasureTarget(300)], request, "Ben Confirmer", ["b" * 64, "a" * 64], AT, signer
    )
    assert content_erasure.list_leftovers() == {position: ("a" * 64, "b" * 64)}
    assert content_erasure.purge_free_pages()
    content_erasure.clear_leftovers([position])
    assert content_erasure.list_leftovers() == {}


def test_the_bytes_are_gone_from_the_files(signer: Signer, history: int) -> None:
    """On SQLite no file of the register holds a word of what was erased, neither the database nor its log."""
    if config.get_current_register().postgres:
        pytest.skip("on PostgreSQL bytes stay in the server's files until they are overwritten")
    secrets = [f"Unmistakable-{number}-Söhne" for number in range(300)]
    drafts = [
        EventDraft("RecordIssued", {"says": secret}, f"key {secret}", None, "RecordCorrected") for secret in secrets
    ]
    first = store.append(drafts, AT, signer).size - len(drafts)
    assert find_words(secrets) == set(secrets)
    erase_positions(signer, *range(first, first + 150))
    content_erasure.purge_free_pages()
    assert find_words(secrets) == set(secrets[150:])


def find_words(words: list[str]) -> set[str]:
    """Which words stand in any file of the register's folder."""
    content = b"".join(path.read_bytes() for path in config.get_current_register().folder.rglob("*") if path.is_file())
    return {word for word in words if word.encode() in content}


def test_no_row_says_a_word_of_it(signer: Signer, history: int) -> None:
    """On both databases, once washed, no query finds what was erased, and PostgreSQL has taken dead rows away."""
    erase_positions(signer, 300)
    assert content_erasure.purge_free_pages()
    assert run_statement(
        "SELECT count(*) FROM ledger_event WHERE key = 'uk:102 299' OR body LIKE '%%\"reference\":\"299\"%%'"
    ) == [(0,)]
    if config.get_current_register().postgres:
        statement = "SELECT last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'ledger_event'"
        assert run_statement(statement) == [(True,)]
