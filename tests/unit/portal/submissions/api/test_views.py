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
from tests.clerk import mx, uk
from tests.profiles import examples
from tests.program import ARRAY, LINES, Program, lines, public, sha256
from tests.registers import NOW
from tests.unit.intake.submissions.test_statements import canonical

from goodstanding import config
from goodstanding.catalogue import load_library

SOURCE, FEED = "uk-fhrs-la:102", "uk-fhrs"
DAY = {"stated": "2015-02-16"}
SEVERE = settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))


@pytest.fixture
def program_of(client: Any) -> Callable[..., Program]:
    """Admits a new key of a source and gives a program that signs with it."""
    from goodstanding.access import OPERATOR
    from goodstanding.intake.submissions.source_keys import add_source_key

    def made(source: str = SOURCE) -> Program:
        key = Ed25519PrivateKey.generate()
        return Program(client, source, add_source_key(source, public(key), OPERATOR, NOW).key, key)

    return made


@pytest.fixture
def client(register_folder: config.RegisterSettings) -> Any:
    """A client of a register with England's and Mexico's catalogues in force."""
    from django.test import Client

    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    for name in ("uk-food-hygiene", "mx-tax-69b"):
        enact_catalogue(load_library()[name], NOW.date(), NOW)
        catch_up()
    return Client()


@pytest.fixture
def program(program_of: Callable[..., Program]) -> Program:
    """The program of Eastbourne's food authority."""
    return program_of()


def size() -> int:
    """The ledger's size."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


def verified() -> Any:
    """What does not hold of the register."""
    from goodstanding.register.projection.verification import verify_register

    return verify_register().findings


def counts(answer: Any) -> list[int]:
    """Issued, corrected, unchanged, withdrawn, quarantined."""
    said = answer.json()["counts"]
    return [said[name] for name in ("issued", "corrected", "unchanged", "withdrawn", "quarantined")]


@pytest.mark.each_database
def test_a_batch_goes_in_and_again_changes_nothing(program: Program) -> None:
    """The same batch again gives the same answer and adds nothing to the ledger; a changed one corrects."""
    first = program.send([uk(1), uk(2), uk(3, hygiene="7")], **DAY)
    assert (first.status_code, counts(first)) == (201, [2, 0, 0, 0, 1])
    [problem] = first.json()["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "hygiene", "7")
    before = size()
    again = program.send([uk(1), uk(2), uk(3, hygiene="7")], **DAY)
    assert (again.status_code, again.content) == (200, first.content)
    assert size() == before
    assert counts(program.send([uk(1), uk(2, hygiene="10")], **DAY)) == [0, 1, 1, 0, 0]
    assert verified() == ()


@pytest.mark.parametrize("form", [LINES, "application/jsonl", ARRAY])
def test_rows_come_as_lines_or_as_an_array_in_either_form(program: Program, form: str) -> None:
    """JSON lines or a JSON array, in the feed's columns or as an event says a record, nested or flat."""
    nested = {
        "reference": "5", "occurred": "2014-07-09", "published": "5",
        "subject": {"identifiers": ["uk-fhrs-row:5"], "kind": "establishment", "name": "Example Café 5"},
        "fields": {"status": "rated", "hygiene": 5, "structural": 5, "confidence": 5},
    }  # fmt: skip
    for feed, rows in ((FEED, [uk(1), uk(2)]), ("uk-food-hygiene/inspection", [canonical(4), nested])):
        body = json.dumps(rows, indent=1).encode() if form == ARRAY else lines(rows)
        answer = program.ask("POST", "", body, form, feed=feed, **DAY)
        assert (answer.status_code, counts(answer)) == (201, [2, 0, 0, 0, 0]), answer.text


def test_a_dry_run_writes_nothing(program: Program) -> None:
    """It answers the counts and problems that the batch then has; ledger, quarantine and batches stay as they are."""
    from goodstanding.intake.models import Sending
    from goodstanding.intake.quarantine.quarantine import count_open_entries

    rows, before = [uk(1), uk(2, hygiene="7")], size()
    tried = program.send(rows, dry_run="true", **DAY)
    assert (tried.status_code, tried.json()["state"], tried.json()["id"]) == (200, "dry run", None)
    assert (size(), count_open_entries(), Sending.objects.count()) == (before, 0, 0)
    done = program.send(rows, **DAY)
    assert counts(tried) == counts(done) == [1, 0, 0, 0, 1]
    assert tried.json()["problems"] == done.json()["problems"]


def test_the_batchs_signature_is_kept_and_holds(program: Program) -> None:
    """The event of a statement says whose key signed which text, so that anybody can check it (charter article 23)."""
    from goodstanding.intake.submissions.source_keys import has_valid_signature
    from goodstanding.ledger import store

    rows = [uk(1)]
    program.send(rows, **DAY)
    [said] = [json.loads(one.body or "") for one in store.read_entries() if one.kind == "StatementReceived"]
    assert (said["source"], said["signed_by"]) == (SOURCE, program.key_id)
    assert f'"content-digest": sha-256=:{sha256(lines(rows))}:' in said["signature"]["base"]
    assert said["signature"]["parts"] == [sha256(lines(rows))]
    assert has_valid_signature(said)
    forged = said | {"signature": said["signature"] | {"base": said["signature"]["base"].replace("POST", "PUT")}}
    assert not has_valid_signature(forged)
    assert not has_valid_signature(said | {"signed_by": "another"})


@pytest.mark.each_database
def test_parts_arrive_in_any_order_and_take_effect_when_closed(program: Program) -> None:
    """A batch says which parts arrived; half of it has no effect; closed, it is the whole; closed again, the same."""
    parts = [lines([uk(number)]) for number in range(3)]
    opened = program.ask("POST", "", parts[0], feed=FEED, more="true", **DAY)
    batch, before = opened.json()["id"], size()
    assert (opened.status_code, opened.json()["state"]) == (201, "open")
    for number in (2, 2):
        assert program.ask("PUT", f"/{batch}/parts/{number}", parts[number]).status_code == 200
    arrived = program.ask("GET", f"/{batch}").json()
    assert [one["number"] for one in arrived["parts"]] == [0, 2]
    closing = json.dumps({"parts": list(map(sha256, parts))}).encode()
    early = program.ask("POST", f"/{batch}/close", closing, ARRAY)
    assert (early.status_code, early.json()["where"]) == (409, "parts 1")
    assert size() == before
    program.ask("PUT", f"/{batch}/parts/1", parts[1])
    tried = program.ask("POST", f"/{batch}/close", closing, ARRAY, dry_run="true")
    assert (counts(tried), size()) == ([3, 0, 0, 0, 0], before)
    closed = program.ask("POST", f"/{batch}/close", closing, ARRAY)
    assert (closed.status_code, counts(closed)) == (200, [3, 0, 0, 0, 0])
    after = size()
    assert program.ask("POST", f"/{batch}/close", closing, ARRAY).content == closed.content
    assert program.ask("GET", f"/{batch}").content == closed.content
    assert size() == after
    late = program.ask("PUT", f"/{batch}/parts/1", parts[1])
    assert (late.status_code, late.json()["code"]) == (409, "contradicts-earlier")
    other = program.ask("POST", f"/{batch}/close", json.dumps({"parts": ["x"]}).encode(), ARRAY)
    assert other.status_code == 409
    assert verified() == ()


def test_a_part_that_says_something_else_is_refused(program: Program) -> None:
    """The first part of a number stays; another content under it is a contradiction."""
    batch = program.ask("POST", "", lines([uk(1)]), feed=FEED, more="true", **DAY).json()["id"]
    answer = program.ask("PUT", f"/{batch}/parts/0", lines([uk(2)]))
    assert (answer.status_code, answer.json()["code"]) == (409, "contradicts-earlier")


def test_an_idempotency_key_names_one_question(program: Program) -> None:
    """The same question under a key gives the same answer, whole or in parts; another one under it is refused."""
    first = program.send([uk(1)], once="july-1", **DAY)
    before = size()
    again = program.send([uk(1)], once="july-1", **DAY)
    assert (again.status_code, again.content, size()) == (200, first.content, before)
    assert program.send([uk(2)], once="july-1", **DAY).status_code == 409
    opened = program.ask("POST", "", lines([uk(3)]), feed=FEED, more="true", once="july-2", **DAY)
    assert program.ask("POST", "", lines([uk(3)]), feed=FEED, more="true", once="july-2", **DAY).json() == opened.json()
    closing = json.dumps({"parts": [sha256(lines([uk(3)]))]}).encode()
    closed = program.ask("POST", f"/{opened.json()['id']}/close", closing, ARRAY)
    later = program.ask("POST", "", lines([uk(3)]), feed=FEED, more="true", once="july-2", **DAY)
    assert later.json() == closed.json()


def test_a_batch_cut_off_halfway_is_sent_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where taking in fails, the same question goes on where it stopped and is not refused."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.submissions import batches

    taken = ingest_batch

    def cut_off(*given: Any) -> Any:
        taken(*given)
        raise ConnectionError

    monkeypatch.setattr(batches, "ingest_batch", cut_off)
    with pytest.raises(ConnectionError):
        program.send([uk(1)], once="july-3", **DAY)
    monkeypatch.undo()
    answer = program.send([uk(1)], once="july-3", **DAY)
    assert (answer.status_code, counts(answer)) == (201, [0, 0, 1, 0, 0])


def test_nobody_states_for_another(program: Program, program_of: Callable[..., Program]) -> None:
    """Another source's row is a problem of that row; its feeds, batches and keys are not this source's."""
    other = program_of("uk-fhrs-la:103")
    answer = program.send([uk(1), uk(2, local_authority_code="103")], **DAY)
    assert counts(answer) == [1, 0, 0, 0, 1]
    assert program.send([mx("1")], feed="mx-sat-69b", **DAY).status_code == 404
    batch = answer.json()["id"]
    assert other.ask("GET", f"/{batch}").status_code == 404
    assert replace(other, source=SOURCE).ask("GET", f"/{batch}").status_code == 403
    assert program.ask("GET", f"/{batch}").status_code == 200


def test_a_revoked_or_replaced_key_signs_nothing(program: Program, program_of: Callable[..., Program]) -> None:
    """From its revocation on a key is refused; the one that took its place is not."""
    from goodstanding.access import OPERATOR
    from goodstanding.intake.submissions.source_keys import add_source_key, revoke_source_key

    key = Ed25519PrivateKey.generate()
    newer = replace(program, key=key, key_id=add_source_key(SOURCE, public(key), OPERATOR, NOW, program.key_id).key)
    assert program.send([uk(1)], **DAY).status_code == 403
    assert newer.send([uk(1)], **DAY).status_code == 201
    revoke_source_key(SOURCE, newer.key_id, "lost", OPERATOR, NOW)
    assert newer.send([uk(2)], **DAY).status_code == 403


ENOUGH = ("@method", "@authority", "@path", "@query", "content-digest")


@pytest.mark.parametrize(
    "more",
    [
        {"created": 1_700_000_000}, {"created": 9_000_000_000}, {"nonce": "short"},
        *({"covers": [one for one in ENOUGH if one != without]} for without in ENOUGH),
        {"covers": ENOUGH, "once": "july"},
    ],
)  # fmt: skip
def test_a_signature_that_covers_too_little_or_is_old_is_refused(program: Program, more: dict[str, Any]) -> None:
    """Method, host, path, query, content and Idempotency-Key are covered, just now; else nothing is done."""
    before = size()
    answer = program.send([uk(1)], **more, **DAY)
    assert (answer.status_code, answer.json()["code"], size()) == (403, "not-allowed", before)


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
    before = size()
    answer = replace(program, changed=changed).send([uk(1)], **DAY)
    assert (answer.status_code, size()) == (status, before), answer.text
    assert set(answer.json()) == {"code", "message", "where", "remedy"}
    assert answer.json()["remedy"]


def test_a_request_cannot_be_sent_twice(program: Program) -> None:
    """A nonce counts once for a key, so that a copied request does nothing."""
    assert program.send([uk(1)], nonce="n" * 20, **DAY).status_code == 201
    copied = program.send([uk(2)], nonce="n" * 20, **DAY)
    assert (copied.status_code, copied.json()["where"]) == (403, "nonce")


@pytest.mark.parametrize(
    ("body", "kind", "query", "status"),
    [
        (b"[]", ARRAY, {}, 400), (b"{}", ARRAY, {}, 400), (b"[1]", ARRAY, {}, 400), (b"\xff\xfe", LINES, {}, 400),
        (b"[" * 9_000, ARRAY, {}, 400), (b"\n\n", LINES, {}, 400), (b"[" * 9_000, LINES, {}, 400),
        (b'{"nothing": 1}\n', LINES, {}, 400), (b'{"row_id": 1}', "text/csv", {}, 400),
        (lines([uk(1)]), LINES, {"feed": "nothing"}, 404), (lines([uk(1)]), LINES, {"stated": "2015-02-30"}, 400),
        (lines([uk(1)]), LINES, {"stated": "2999-01-01"}, 400), (lines([uk(1)]), LINES, {"odd": "1"}, 400),
        (lines([uk(1)]), LINES, {"more": "true", "dry_run": "true"}, 400),
        (lines([uk(1)]) + b"x" * 8 * 1024 * 1024, LINES, {}, 413),
    ],
)  # fmt: skip
def test_bad_input_has_a_clear_answer(
    program: Program, body: bytes, kind: str, query: dict[str, str], status: int
) -> None:
    """Not JSON, no rows, wrong columns, feeds, days and parameters, too much: what, where, what would be right."""
    before = size()
    answer = program.ask("POST", "", body, kind, **({"feed": FEED} | query))
    assert (answer.status_code, size()) == (status, before), answer.text
    assert answer.json()["message"]


PIECES = st.lists(st.integers(1, 4), min_size=1, max_size=5)
RANDOMNESS = st.randoms(use_true_random=False)


def test_any_parts_in_any_order_give_the_same_records(program: Program) -> None:
    """However a batch is cut, in whatever order and how often its parts come: the same records, counts and problems."""
    from goodstanding.register.storage.queries import fetch_rows as asked

    said = [uk(number, hygiene="7" if number % 5 == 4 else "5") for number in range(100, 120)]
    whole = program.send(said, dry_run="true", **DAY).json()
    runs: Iterator[int] = iter(range(1_000))
    records = "SELECT reference, row, fields, version FROM record WHERE feed = 'uk-fhrs' ORDER BY reference"
    held: list[Any] = []

    @SEVERE
    @given(PIECES, RANDOMNESS)
    @example([20], None)
    def cut(pieces: list[int], chance: Any) -> None:
        bounds = sorted({min(sum(pieces[:at]), 19) for at in range(len(pieces))} | {20})
        parts = [lines(said[start:end]) for start, end in pairwise(bounds)]
        numbers = [*range(1, len(parts)), *range(len(parts) // 2, len(parts))]
        if chance:
            chance.shuffle(numbers)
        opened = program.ask("POST", "", parts[0], feed=FEED, more="true", once=f"cut-{next(runs)}", **DAY)
        batch = opened.json()["id"]
        for number in numbers:
            assert program.ask("PUT", f"/{batch}/parts/{number}", parts[number]).status_code == 200
        closed = program.ask("POST", f"/{batch}/close", json.dumps({"parts": list(map(sha256, parts))}).encode(), ARRAY)
        found = closed.json()
        assert (found["counts"], found["problems"]) == (whole["counts"], whole["problems"])
        held[:] = held or asked(records)
        assert asked(records) == held

    cut()


@pytest.fixture
def described(client: Any) -> Any:
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
def test_the_description_is_true(described: Any, method: str, address: str) -> None:
    """Whatever is asked, signed by nobody, the answer's status, type and body are those that were promised."""
    operation = described[address][method]

    @SEVERE
    @given(case=st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Host": "localhost"}, excluded_checks=_free())

    ask()


def test_the_description_is_true_for_what_is_signed(program: Program, described: Any) -> None:
    """Rows of any JSON, signed as they should be, are answered as described, too."""
    operation = described[ROOT]["POST"]

    @SEVERE
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        body = json.dumps(case.body).encode() if isinstance(case.body, list) else str(case.body).encode()
        answer = program.ask("POST", "", body, str(case.media_type), feed=FEED, **DAY)
        case.validate_response(_received(answer), excluded_checks=_free())

    ask()


def _received(answer: Any) -> schemathesis.Response:
    """The answer of a test client as one that came over the network."""
    headers = {name: [value] for name, value in answer.items()}
    asked = requests.Request("POST", "http://localhost/v1/sources").prepare()
    return schemathesis.Response(answer.status_code, headers, answer.content, asked, 0.0, True)
