"""The signed push API: whole batches and parts, tried, repeated, resumed, forged; and its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from tests.clerk import mx_row, uk_row
from tests.profiles import share_of_examples
from tests.program import ARRAY, LINES, Program, encode_public_key, render_json_lines, sha256
from tests.registers import NOW
from tests.unit.intake.submissions.test_statements import canonical_row
from tests.unit.register.rules.test_source_changes import NEW, admit, end_source

SOURCE, FEED = "uk-fhrs-la:102", "uk-fhrs"
DAY = {"stated": "2015-02-16"}
SEVERE = settings(max_examples=share_of_examples(25), suppress_health_check=list(HealthCheck))


@pytest.fixture
def program_of(client: Any) -> Callable[..., Program]:
    """Admits a new key of a source and gives a program that signs with it."""
    from goodstanding.access import OPERATOR
    from goodstanding.intake.submissions.source_keys import add_source_key

    def build_program(source: str = SOURCE) -> Program:
        key = Ed25519PrivateKey.generate()
        return Program(client, source, add_source_key(source, encode_public_key(key), OPERATOR, NOW).key, key)

    return build_program


@pytest.fixture
def client(hygiene: None, list_69b: None) -> Any:
    """A client of a register with England's and Mexico's catalogues in force."""
    from django.test import Client

    return Client()


@pytest.fixture
def program(program_of: Callable[..., Program]) -> Program:
    """The program of Eastbourne's food authority."""
    return program_of()


def ledger_size() -> int:
    """The ledger's size."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


def list_findings() -> Any:
    """What does not hold of the register."""
    from goodstanding.intake.submissions.submission_checks import list_submission_faults
    from goodstanding.register.projection.verification import verify_register

    return verify_register(further=(list_submission_faults,)).findings


def counts(answer: Any) -> list[int]:
    """Issued, corrected, unchanged, withdrawn, quarantined."""
    row_counts = answer.json()["counts"]
    return [row_counts[name] for name in ("issued", "corrected", "unchanged", "withdrawn", "quarantined")]


@pytest.mark.each_database
def test_a_batch_goes_in_and_again_changes_nothing(program: Program) -> None:
    """The same batch again gives the same answer and adds nothing to the ledger; a changed one corrects."""
    first = program.send([uk_row(1), uk_row(2), uk_row(3, hygiene="7")], **DAY)
    assert (first.status_code, counts(first)) == (201, [2, 0, 0, 0, 1])
    [problem] = first.json()["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "hygiene", "7")
    before = ledger_size()
    again = program.send([uk_row(1), uk_row(2), uk_row(3, hygiene="7")], **DAY)
    assert (again.status_code, again.content) == (200, first.content)
    assert ledger_size() == before
    assert counts(program.send([uk_row(1), uk_row(2, hygiene="10")], **DAY)) == [0, 1, 1, 0, 0]
    assert list_findings() == ()


@pytest.mark.parametrize("form", [LINES, "application/jsonl", ARRAY])
def test_rows_come_as_lines_or_as_an_array_in_either_form(program: Program, form: str) -> None:
    """JSON lines or a JSON array, in the feed's columns or as an event says a record, nested or flat."""
    nested = {
        "reference": "5", "occurred": "2014-07-09", "published": "5",
        "subject": {"identifiers": ["uk-fhrs-row:5"], "kind": "establishment", "name": "Example Café 5"},
        "fields": {"status": "rated", "hygiene": 5, "structural": 5, "confidence": 5},
    }  # fmt: skip
    for feed, rows in ((FEED, [uk_row(1), uk_row(2)]), ("uk-food-hygiene/inspection", [canonical_row(4), nested])):
        body = json.dumps(rows, indent=1).encode() if form == ARRAY else render_json_lines(rows)
        answer = program.ask("POST", "", body, form, feed=feed, **DAY)
        assert (answer.status_code, counts(answer)) == (201, [2, 0, 0, 0, 0]), answer.text


def test_a_row_that_says_the_same_twice_is_refused(program: Program) -> None:
    """Of two values under one name the sender may mean either; also inside the objects of an event's own form."""
    before = ledger_size()
    nested = b'{"reference": "5", "fields": {"hygiene": 5, "hygiene": 10}}'
    for feed, body in ((FEED, b'{"row_id": "1", "row_id": "2"}'), ("uk-food-hygiene/inspection", nested)):
        answer = program.ask("POST", "", body, feed=feed, **DAY)
        assert (answer.status_code, ledger_size()) == (400, before), answer.text


def test_a_dry_run_writes_nothing(program: Program) -> None:
    """It answers the counts and problems that the batch then has; ledger, quarantine and batches stay as they are."""
    from goodstanding.intake.models import Sending
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries

    rows, before = [uk_row(1), uk_row(2, hygiene="7")], ledger_size()
    tried = program.send(rows, dry_run="true", **DAY)
    assert (tried.status_code, tried.json()["state"], tried.json()["id"]) == (200, "dry run", None)
    assert (ledger_size(), count_open_entries(), Sending.objects.count()) == (before, 0, 0)
    done = program.send(rows, **DAY)
    assert counts(tried) == counts(done) == [1, 0, 0, 0, 1]
    assert tried.json()["problems"] == done.json()["problems"]


def test_the_batchs_signature_is_kept_and_holds(program: Program) -> None:
    """The event of a statement says whose key signed which text, so that anybody can check it (charter article 23)."""
    from goodstanding.intake.submissions.source_keys import has_valid_signature
    from goodstanding.ledger import store

    rows = [uk_row(1)]
    program.send(rows, **DAY)
    [body] = [json.loads(entry.body or "") for entry in store.read_entries() if entry.kind == "StatementReceived"]
    assert (body["source"], body["signed_by"]) == (SOURCE, program.key_id)
    assert f'"content-digest": sha-256=:{sha256(render_json_lines(rows))}:' in body["signature"]["base"]
    assert body["signature"]["parts"] == [sha256(render_json_lines(rows))]
    assert has_valid_signature(body)
    forged = body | {"signature": body["signature"] | {"base": body["signature"]["base"].replace("POST", "PUT")}}
    assert not has_valid_signature(forged)
    assert not has_valid_signature(body | {"signed_by": "another"})


@pytest.mark.each_database
def test_an_answer_that_was_changed_is_found(program: Program) -> None:
    """What a source was told came of its batch is what the ledger says."""
    from goodstanding.intake.models import Sending

    program.send([uk_row(1), uk_row(2, hygiene="7")], **DAY)
    assert list_findings() == ()
    kept = Sending.objects.get()
    kept.answer = json.dumps(json.loads(kept.answer) | {"counts": {"rows": 2, "issued": 2}})
    kept.save()
    assert [finding.code for finding in list_findings()] == ["answer"]


def test_a_batch_that_its_key_did_not_sign_is_found(program: Program) -> None:
    """An event that names a source's key, put into the ledger by somebody without it, does not hold."""
    from goodstanding.ledger import store
    from goodstanding.register.projection.projector import append_event

    program.send([uk_row(1)], **DAY)
    [sent] = [entry for entry in store.read_entries() if entry.kind == "StatementReceived"]
    forged = json.loads(sent.body or "") | {"file": "forged"}
    forged["signature"] = {**forged["signature"], "base": forged["signature"]["base"] + " "}
    append_event(
        store.EventDraft("StatementReceived", {key: forged[key] for key in forged.keys() - {"kind", "version"}}), NOW
    )
    assert [finding.code for finding in list_findings()] == ["batch-signature"]


def test_parts_arrive_in_any_order_and_take_effect_when_closed(program: Program) -> None:
    """A batch says which parts arrived; half of it has no effect; closed, it is the whole; closed again, the same."""
    parts = [render_json_lines([uk_row(number)]) for number in range(3)]
    opened = program.ask("POST", "", parts[0], feed=FEED, more="true", **DAY)
    batch, before = opened.json()["id"], ledger_size()
    assert (opened.status_code, opened.json()["state"]) == (201, "open")
    for number in (2, 2):
        assert program.ask("PUT", f"/{batch}/parts/{number}", parts[number]).status_code == 200
    arrived = program.ask("GET", f"/{batch}").json()
    assert [part["number"] for part in arrived["parts"]] == [0, 2]
    closing = json.dumps({"parts": list(map(sha256, parts))}).encode()
    early = program.ask("POST", f"/{batch}/close", closing, ARRAY)
    assert (early.status_code, early.json()["where"]) == (409, "parts 1")
    assert ledger_size() == before
    program.ask("PUT", f"/{batch}/parts/1", parts[1])
    tried = program.ask("POST", f"/{batch}/close", closing, ARRAY, dry_run="true")
    assert (counts(tried), ledger_size()) == ([3, 0, 0, 0, 0], before)
    closed = program.ask("POST", f"/{batch}/close", closing, ARRAY)
    assert (closed.status_code, counts(closed)) == (200, [3, 0, 0, 0, 0])
    after = ledger_size()
    assert program.ask("POST", f"/{batch}/close", closing, ARRAY).content == closed.content
    assert program.ask("GET", f"/{batch}").content == closed.content
    assert ledger_size() == after
    late = program.ask("PUT", f"/{batch}/parts/1", parts[1])
    assert (late.status_code, late.json()["code"]) == (409, "contradicts-earlier")
    other = program.ask("POST", f"/{batch}/close", json.dumps({"parts": ["x"]}).encode(), ARRAY)
    assert other.status_code == 409
    assert list_findings() == ()


def test_a_part_that_says_something_else_is_refused(program: Program) -> None:
    """The first part of a number stays; another content under it is a contradiction."""
    batch = program.ask("POST", "", render_json_lines([uk_row(1)]), feed=FEED, more="true", **DAY).json()["id"]
    answer = program.ask("PUT", f"/{batch}/parts/0", render_json_lines([uk_row(2)]))
    assert (answer.status_code, answer.json()["code"]) == (409, "contradicts-earlier")


def test_a_source_leaves_so_much_open_and_no_more(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts longer than a file may be are refused, and so is one open batch too many; what is open stays so."""
    from goodstanding.intake.files import limits
    from goodstanding.intake.submissions import batches

    part = render_json_lines([uk_row(1)])
    opened = [program.ask("POST", "", part, feed=FEED, more="true", **DAY)]
    monkeypatch.setattr(limits, "MOST_BYTES", len(part) + 10)
    too_long = program.ask("PUT", f"/{opened[0].json()['id']}/parts/1", part)
    assert (too_long.status_code, "too large" in too_long.json()["message"]) == (400, True)
    monkeypatch.setattr(batches, "MOST_OPEN", 2)
    opened += [program.ask("POST", "", part, feed=FEED, more="true", **DAY) for _number in range(2)]
    assert [answer.status_code for answer in opened] == [201, 201, 409]
    assert "closed first" in opened[-1].json()["remedy"]
    assert program.ask("GET", f"/{opened[0].json()['id']}").json()["state"] == "open"


def test_an_idempotency_key_names_one_question(program: Program) -> None:
    """The same question under a key gives the same answer, whole or in parts; another one under it is refused."""
    first = program.send([uk_row(1)], once="july-1", **DAY)
    before = ledger_size()
    again = program.send([uk_row(1)], once="july-1", **DAY)
    assert (again.status_code, again.content, ledger_size()) == (200, first.content, before)
    assert program.send([uk_row(2)], once="july-1", **DAY).status_code == 409
    opened = program.ask("POST", "", render_json_lines([uk_row(3)]), feed=FEED, more="true", once="july-2", **DAY)
    assert (
        program.ask("POST", "", render_json_lines([uk_row(3)]), feed=FEED, more="true", once="july-2", **DAY).json()
        == opened.json()
    )
    closing = json.dumps({"parts": [sha256(render_json_lines([uk_row(3)]))]}).encode()
    closed = program.ask("POST", f"/{opened.json()['id']}/close", closing, ARRAY)
    later = program.ask("POST", "", render_json_lines([uk_row(3)]), feed=FEED, more="true", once="july-2", **DAY)
    assert later.json() == closed.json()


def test_a_batch_cut_off_halfway_is_sent_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where taking in fails, the same question goes on where it stopped and is not refused."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.submissions import batches

    taken = ingest_batch

    def cut_off(*arguments: Any) -> Any:
        taken(*arguments)
        raise ConnectionError

    monkeypatch.setattr(batches, "ingest_batch", cut_off)
    with pytest.raises(ConnectionError):
        program.send([uk_row(1)], once="july-3", **DAY)
    monkeypatch.undo()
    answer = program.send([uk_row(1)], once="july-3", **DAY)
    assert (answer.status_code, counts(answer)) == (201, [0, 0, 1, 0, 0])


def test_nobody_states_for_another(program: Program, program_of: Callable[..., Program]) -> None:
    """Another source's row is a problem of that row; its feeds, batches and keys are not this source's."""
    other = program_of("uk-fhrs-la:103")
    answer = program.send([uk_row(1), uk_row(2, local_authority_code="103")], **DAY)
    assert counts(answer) == [1, 0, 0, 0, 1]
    assert program.send([mx_row("1")], feed="mx-sat-69b", **DAY).status_code == 404
    batch = answer.json()["id"]
    assert other.ask("GET", f"/{batch}").status_code == 404
    assert replace(other, source=SOURCE).ask("GET", f"/{batch}").status_code == 403
    assert program.ask("GET", f"/{batch}").status_code == 200


def test_a_key_of_an_office_that_ended_signs_nothing(program_of: Callable[..., Program]) -> None:
    """Neither rows of its own days nor a question about what it sent."""
    admit()
    former_program = program_of(NEW)
    row = uk_row(1, local_authority_code="999")
    sent = former_program.send([row], **DAY)
    assert counts(sent) == [1, 0, 0, 0, 0]
    end_source()
    size = ledger_size()
    answers = former_program.send([row | {"hygiene": "5"}], **DAY), former_program.ask("GET", f"/{sent.json()['id']}")
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "office-ended")] * 2
    assert ledger_size() == size


def test_a_revoked_or_replaced_key_signs_nothing(program: Program, program_of: Callable[..., Program]) -> None:
    """From its revocation on a key is refused; the one that took its place is not."""
    from goodstanding.access import OPERATOR
    from goodstanding.intake.submissions.source_keys import add_source_key, revoke_source_key

    key = Ed25519PrivateKey.generate()
    newer = replace(
        program, key=key, key_id=add_source_key(SOURCE, encode_public_key(key), OPERATOR, NOW, program.key_id).key
    )
    assert program.send([uk_row(1)], **DAY).status_code == 403
    assert newer.send([uk_row(1)], **DAY).status_code == 201
    revoke_source_key(SOURCE, newer.key_id, "lost", OPERATOR, NOW)
    assert newer.send([uk_row(2)], **DAY).status_code == 403


ENOUGH = ("@method", "@authority", "@path", "@query", "content-digest")


@pytest.mark.parametrize(
    "changes",
    [
        {"created": 1_700_000_000}, {"created": 9_000_000_000}, {"nonce": "short"},
        *({"covers": [component for component in ENOUGH if component != without]} for without in ENOUGH),
        {"covers": ENOUGH, "once": "july"},
    ],
)  # fmt: skip
def test_a_signature_that_covers_too_little_or_is_old_is_refused(program: Program, changes: dict[str, Any]) -> None:
    """Method, host, path, query, content and Idempotency-Key are covered, just now; else nothing is done."""
    before = ledger_size()
    answer = program.send([uk_row(1)], **changes, **DAY)
    assert (answer.status_code, answer.json()["code"], ledger_size()) == (403, "not-allowed", before)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Signature": None}, 403), ({"Signature-Input": None}, 403), ({"Signature": "sig1=:AAAA:"}, 403),
        ({"Signature": "sig1=AAAA"}, 400), ({"Signature-Input": "sig1=("}, 400), ({"Content-Digest": None}, 400),
        ({"Content-Digest": "sha-256=:AAAA:"}, 403), ({"Idempotency-Key": "another"}, 403),
    ],
)  # fmt: skip
def test_a_changed_request_is_refused(program: Program, changed: dict[str, str | None], status: int) -> None:
    """Whatever is changed, added or taken away after signing, nothing is done and the answer says what is wrong."""
    before = ledger_size()
    answer = replace(program, changed=changed).send([uk_row(1)], **DAY)
    assert (answer.status_code, ledger_size()) == (status, before), answer.text
    assert set(answer.json()) == {"code", "message", "where", "remedy"}
    assert answer.json()["remedy"]


def test_a_request_cannot_be_sent_twice(program: Program) -> None:
    """A nonce counts once for a key, so that a copied request does nothing."""
    assert program.send([uk_row(1)], nonce="n" * 20, **DAY).status_code == 201
    copied = program.send([uk_row(2)], nonce="n" * 20, **DAY)
    assert (copied.status_code, copied.json()["where"]) == (403, "nonce")


@pytest.mark.parametrize(
    ("body", "kind", "query", "status"),
    [
        (b"[]", ARRAY, {}, 400), (b"{}", ARRAY, {}, 400), (b"[1]", ARRAY, {}, 400), (b"\xff\xfe", LINES, {}, 400),
        (b"[" * 9_000, ARRAY, {}, 400), (b"\n\n", LINES, {}, 400), (b"[" * 9_000, LINES, {}, 400),
        (b'{"nothing": 1}\n', LINES, {}, 400), (b'{"row_id": 1}', "text/csv", {}, 400),
        (render_json_lines([uk_row(1)]), LINES, {"feed": "nothing"}, 404),
        (render_json_lines([uk_row(1)]), LINES, {"stated": "2015-02-30"}, 400),
        (render_json_lines([uk_row(1)]), LINES, {"stated": "2999-01-01"}, 400),
        (render_json_lines([uk_row(1)]), LINES, {"odd": "1"}, 400),
        (render_json_lines([uk_row(1)]), LINES, {"more": "true", "dry_run": "true"}, 400),
        (render_json_lines([uk_row(1)]) + b"x" * 8 * 1024 * 1024, LINES, {}, 413),
    ],
)  # fmt: skip
def test_bad_input_has_a_clear_answer(
    program: Program, body: bytes, kind: str, query: dict[str, str], status: int
) -> None:
    """Not JSON, no rows, wrong columns, feeds, days and parameters, too much: what, where, what would be right."""
    before = ledger_size()
    answer = program.ask("POST", "", body, kind, **({"feed": FEED} | query))
    assert (answer.status_code, ledger_size()) == (status, before), answer.text
    assert answer.json()["message"]


PIECES = st.lists(st.integers(1, 4), min_size=1, max_size=5)
RANDOMNESS = st.randoms(use_true_random=False)


def test_any_parts_in_any_order_give_the_same_records(program: Program) -> None:
    """However a batch is cut, in whatever order and how often its parts come: the same records, counts and problems."""
    from goodstanding.register.storage.queries import fetch_rows

    rows = [uk_row(number, hygiene="7" if number % 5 == 4 else "5") for number in range(100, 120)]
    whole = program.send(rows, dry_run="true", **DAY).json()
    runs: Iterator[int] = iter(range(1_000))
    records = "SELECT reference, row, fields, version FROM record WHERE feed = 'uk-fhrs' ORDER BY reference"
    kept: list[Any] = []

    @SEVERE
    @given(PIECES, RANDOMNESS)
    @example([20], None)
    def cut(pieces: list[int], chance: Any) -> None:
        bounds = sorted({min(sum(pieces[:at]), 19) for at in range(len(pieces))} | {20})
        parts = [render_json_lines(rows[start:end]) for start, end in pairwise(bounds)]
        numbers = [*range(1, len(parts)), *range(len(parts) // 2, len(parts))]
        if chance:
            chance.shuffle(numbers)
        opened = program.ask("POST", "", parts[0], feed=FEED, more="true", once=f"cut-{next(runs)}", **DAY)
        batch = opened.json()["id"]
        for number in numbers:
            assert program.ask("PUT", f"/{batch}/parts/{number}", parts[number]).status_code == 200
        closed = program.ask("POST", f"/{batch}/close", json.dumps({"parts": list(map(sha256, parts))}).encode(), ARRAY)
        answer = closed.json()
        assert (answer["counts"], answer["problems"]) == (whole["counts"], whole["problems"])
        kept[:] = kept or fetch_rows(records)
        assert fetch_rows(records) == kept

    cut()


@pytest.fixture
def openapi_description(client: Any) -> Any:
    """The description that the register gives of itself."""
    from django.core.wsgi import get_wsgi_application

    return schemathesis.openapi.from_wsgi("/v1/openapi.json", get_wsgi_application())


ROOT = "/v1/sources/{source}/batches"
OPERATIONS = (
    ("POST", ROOT), ("GET", f"{ROOT}/{{batch}}"), ("PUT", f"{ROOT}/{{batch}}/parts/{{number}}"),
    ("POST", f"{ROOT}/{{batch}}/close"),
)  # fmt: skip


def _free() -> list[Any]:
    """Checks that cannot hold: no pattern says which signature holds, or which columns a feed has."""
    return [CHECKS.get_one("positive_data_acceptance")]


@pytest.mark.parametrize(("method", "address"), OPERATIONS)
def test_the_description_is_true(openapi_description: Any, method: str, address: str) -> None:
    """Whatever is asked, signed by nobody, the answer's status, type and body are those that were promised."""
    operation = openapi_description[address][method]

    @SEVERE
    @given(case=st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Host": "localhost"}, excluded_checks=_free())

    ask()


def test_the_description_is_true_for_what_is_signed(program: Program, openapi_description: Any) -> None:
    """Rows of any JSON, signed as they should be, are answered as described, too."""
    operation = openapi_description[ROOT]["POST"]

    @SEVERE
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        body = json.dumps(case.body).encode() if isinstance(case.body, list) else str(case.body).encode()
        answer = program.ask("POST", "", body, str(case.media_type), feed=FEED, **DAY)
        case.validate_response(_build_network_response(answer), excluded_checks=_free())

    ask()


def _build_network_response(answer: Any) -> schemathesis.Response:
    """The answer of a test client as one that came over the network."""
    headers = {name: [value] for name, value in answer.items()}
    request = requests.Request("POST", "http://localhost/v1/sources").prepare()
    return schemathesis.Response(answer.status_code, headers, answer.content, request, 0.0, True)
