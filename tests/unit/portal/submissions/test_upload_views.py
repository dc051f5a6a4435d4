"""A file of a source: previewed, confirmed, taken in once; refused rows come back; whatever else is sent is refused."""

from __future__ import annotations

import csv
import html
import io
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import WRITERS, Row, mx_row, rfc, uk_row
from tests.forms import Form, post_at_once
from tests.unit.intake.submissions.test_statements import canonical_row
from tests.unit.portal.submissions.test_record_views import (
    STRANGERS,
    clerk,
    clients,
    get_newest_body,
    ledger_size,
    list_findings,
)

from goodstanding import config

__all__ = ["clerk", "clients"]  # fixtures
SOURCE = "uk-fhrs-la:102"
NEW = f"/sources/{SOURCE}/files/new"
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Any]:
    """Sends rows as a file and gives the page that answers."""

    def sent(
        client: Any, rows: list[Row], form: str = "csv", name: str = "july", address: str = NEW, **fields: str
    ) -> Any:
        file = WRITERS[form](tmp_path / f"{name}.{form}", rows, dict.fromkeys(column for row in rows for column in row))
        with file.open("rb") as stream:
            form_fields = {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20", "file": stream} | fields
            return client.post(address, form_fields)

    return sent


def list_counts(page: Any) -> list[int]:
    """New, corrected, unchanged, withdrawn, refused, as a page shows them."""
    return [int(figure) for figure in re.findall(r'<dd class="big[^"]*">([0-9,]+)</dd>', page.text)]


def list_kept_files(folder: Path) -> list[Path]:
    """The files that wait to be confirmed."""
    return [path for path in (folder / "incoming").rglob("*") if path.is_file()]


def confirm_upload(client: Any, page: Any, address: str = NEW) -> Any:
    """Confirms a preview."""
    return client.post(address, Form(page.text).hidden | {"step": "send"})


@pytest.mark.each_database
@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "xlsx"])
def test_a_file_is_previewed_then_taken_in(
    clerk: Any, send: Callable[..., Any], register_folder: config.RegisterSettings, form: str
) -> None:
    """The preview counts and writes nothing; confirmed, it becomes what was shown; the file is kept only meanwhile."""
    before = ledger_size()
    page = send(clerk, [uk_row(1), uk_row(2), uk_row(3, hygiene="7")], form)
    assert (page.status_code, list_counts(page), ledger_size()) == (200, [2, 0, 0, 0, 1], before)
    assert "Example Café 1" in page.text
    [file] = list_kept_files(register_folder.folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = confirm_upload(clerk, page)
    assert (done.status_code, list_kept_files(register_folder.folder)) == (303, [])
    shown = clerk.get(done.headers["Location"])
    assert list_counts(shown) == [2, 0, 0, 0, 1]
    body = get_newest_body()
    assert (body["kind"], body["source"], body["counts"]["issued"]) == ("StatementReceived", SOURCE, 2)
    after = ledger_size()
    again = send(clerk, [uk_row(1), uk_row(2, hygiene="10"), uk_row(3, hygiene="7")], form)
    assert (list_counts(again), ledger_size()) == ([0, 1, 1, 0, 1], after)
    assert list_findings() == ()


def test_a_file_that_is_not_utf8_is_asked_about(clerk: Any) -> None:
    """The page shows a word as Latin-1 would have it and offers encodings; the one chosen is used up to the end."""
    row = {name: str(cell or "") for name, cell in uk_row(1, businessname="Café", hygiene="7").items()}
    good = row | {"row_id": "2", "hygiene": "5"}
    content = "\n".join(";".join(cells) for cells in (row, row.values(), good.values())).encode("latin-1")

    def choose_file(**fields: str) -> Any:
        file = io.BytesIO(content)
        file.name = "july.csv"
        return clerk.post(NEW, {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20", "file": file} | fields)

    answer = choose_file()
    assert (answer.status_code, "Café" in answer.text, 'name="encoding"' in answer.text) == (400, True, True)
    page = choose_file(encoding="latin-1")
    assert (page.status_code, list_counts(page), "Café" in page.text) == (200, [1, 0, 0, 0, 1], True)
    [address] = re.findall(r'href="([^"]*problems\.csv[^"]*)"', page.text)
    assert "Café" in clerk.get(html.unescape(address)).content.decode()
    assert confirm_upload(clerk, page).status_code == 303
    assert list_findings() == ()


def test_a_file_whose_encoding_is_asked_about_waits_for_the_answer(
    clerk: Any, register_folder: config.RegisterSettings
) -> None:
    """Only the question is answered: the file need not be chosen again, neither after a wrong answer."""
    row = {name: str(cell or "") for name, cell in uk_row(1, businessname="\u98df\u54c1\u5e97").items()}
    file = io.BytesIO("\n".join(";".join(cells) for cells in (row, row.values())).encode("gb18030"))
    file.name = "july.csv"
    fields = {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20"}
    first = clerk.post(NEW, fields | {"file": file})
    assert (first.status_code, 'name="encoding"' in first.text, "july.csv" in first.text) == (400, True, True)
    wrong = clerk.post(NEW, Form(first.text).hidden | fields | {"encoding": "utf-16"})
    assert (wrong.status_code, 'name="encoding"' in wrong.text) == (400, True)
    page = clerk.post(NEW, Form(wrong.text).hidden | fields | {"encoding": "gb18030"})
    assert (page.status_code, list_counts(page), "\u98df\u54c1\u5e97" in page.text) == (200, [1, 0, 0, 0, 0], True)
    assert confirm_upload(clerk, page).status_code == 303
    assert list_kept_files(register_folder.folder) == []


@pytest.mark.parametrize("encoding", ["latin-1", "gb18030"])
def test_a_file_with_numbers_of_persons_waits_in_no_encoding(
    clerk: Any, register_folder: config.RegisterSettings, encoding: str
) -> None:
    """In whichever encoding it is read, a file in which such a number stands is not kept meanwhile."""
    number = "11010519491231002X"
    number = number if encoding == "latin-1" else "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    row = {name: str(cell or "") for name, cell in uk_row(1, businessname="Caf\u00e9", row_id=number).items()}
    file = io.BytesIO("\n".join(";".join(cells) for cells in (row, row.values())).encode(encoding))
    file.name = "july.csv"
    fields = {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20", "file": file}
    answer = clerk.post(NEW, fields)
    assert (answer.status_code, 'name="token"' in answer.text) == (400, False)
    assert list_kept_files(register_folder.folder) == []


@pytest.mark.parametrize(
    ("feed", "first"), [("uk-fhrs", "local_authority_code"), ("uk-food-hygiene/inspection", "source")]
)
def test_an_empty_file_of_each_feed_can_be_had(clerk: Any, feed: str, first: str) -> None:
    """It has the header of the feed, so that filled in it is taken; and it tells nothing to others."""
    page = clerk.get(NEW)
    [address] = re.findall(rf'href="([^"]*template\.csv\?feed={feed}[^"]*)"', page.text)
    answer = clerk.get(address)
    header = next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (answer.status_code, answer.headers["Content-Type"], header[0]) == (200, "text/csv; charset=utf-8", first)
    assert clerk.get(f"/sources/{SOURCE}/files/template.csv?feed=no-such").status_code == 404


def test_a_confirmation_counts_once(clerk: Any, send: Callable[..., Any]) -> None:
    """Pressed twice, it leads to the same place; sent again, the file changes nothing and the preview says so."""
    page = send(clerk, [uk_row(1)])
    first = confirm_upload(clerk, page)
    after = ledger_size()
    assert confirm_upload(clerk, page).headers["Location"] == first.headers["Location"]
    again = send(clerk, [uk_row(1)])
    assert "sent before" in again.text
    assert confirm_upload(clerk, again).status_code == 303
    assert ledger_size() == after


def test_the_same_file_of_another_day_is_not_taken_for_sent(clerk: Any, send: Callable[..., Any]) -> None:
    """Checked for two days in two tabs and sent in one, it is refused in the other, and not called taken in."""
    first, second = send(clerk, [uk_row(1)], stated="2026-11-19"), send(clerk, [uk_row(1)])
    assert confirm_upload(clerk, first).status_code == 303
    before = ledger_size()
    assert (confirm_upload(clerk, second).status_code, ledger_size()) == (400, before)


@pytest.mark.parametrize("name", ["step", "version", "\u7a0e" * 90 + ".csv"])
def test_any_name_of_a_file_has_an_answer(clerk: Any, name: str) -> None:
    """One called like a field of the form, or longer than a folder holds, is refused or shown; nothing breaks."""
    file = io.BytesIO(b"a,b\n1,2\n")
    file.name = name
    fields = {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20", "file": file}
    assert clerk.post(NEW, fields).status_code in (200, 400)


def test_a_token_whose_day_is_none_is_refused(clerk: Any, send: Callable[..., Any]) -> None:
    """The form gives a token for whatever was typed; rows are asked for with a day only."""
    token = Form(send(clerk, [uk_row(1)]).text).hidden["token"]
    edited = Form(clerk.post(NEW, {"token": token, "step": "edit", "stated": "soon"}).text).hidden["token"]
    assert clerk.get(f"/sources/{SOURCE}/files/problems.csv", {"token": edited}).status_code == 400


def test_an_absurd_length_is_refused_unread(clerk: Any) -> None:
    """A header of five thousand digits is no number that anybody works out."""
    assert clerk.post(NEW, {}, headers={"content-length": "9" * 5000}).status_code == 413


@pytest.mark.parametrize("fields", [{}, {"step": ""}, {"do": "take"}, {"step": "send", "version": ""}])
def test_no_file_is_taken_in_without_a_step_or_without_what_its_sender_had_seen(
    clerk: Any, send: Callable[..., Any], fields: dict[str, str]
) -> None:
    """It is shown once more, or its form says what it lacks; the file waits."""
    page, before = send(clerk, [uk_row(1)]), ledger_size()
    answer = clerk.post(NEW, Form(page.text).hidden | fields)
    assert (answer.status_code, ledger_size()) == (400 if "version" in fields else 200, before)
    assert Form(answer.text).hidden["token"]


def test_a_file_that_was_overtaken_shows_anew_what_would_become_of_it(
    clients: Callable[..., Any], clerk: Any, send: Callable[..., Any]
) -> None:
    """A colleague's file came in meanwhile: nothing is taken in before its sender has seen the new counts."""
    confirm_upload(clerk, send(clerk, [uk_row(1)]))
    page = send(clerk, [uk_row(1), uk_row(2)])
    assert list_counts(page) == [1, 0, 1, 0, 0]
    confirm_upload(clients("source", SOURCE), send(clerk, [uk_row(2), uk_row(1)], name="august"))
    before = ledger_size()
    stale = confirm_upload(clerk, page)
    assert (stale.status_code, ledger_size()) == (409, before)
    assert "What has changed since you opened the form" in stale.text
    assert f"source {SOURCE} sent records of the same type" in stale.text
    assert list_counts(stale) == [0, 0, 2, 0, 0]
    assert confirm_upload(clerk, stale).status_code == 303


@pytest.mark.each_database
def test_of_two_files_at_one_instant_the_second_is_told_of_the_first(
    clients: Callable[..., Any], clerk: Any, send: Callable[..., Any]
) -> None:
    """One is taken in; the other waits, with what would become of it by now."""
    pages = {name: send(clerk, [uk_row(number)], name=name) for number, name in enumerate(("july", "august"), 1)}
    clients_by_name = {"july": clerk, "august": clients("source", SOURCE)}
    answers = post_at_once({name: (clients_by_name[name], NEW, Form(page.text).hidden | {"step": "send"})
                            for name, page in pages.items()})  # fmt: skip
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert get_newest_body()["counts"]["issued"] == 1
    [stale] = [answer for answer in answers.values() if answer.status_code == 409]
    assert "What has changed since you opened the form" in stale.text or "sends records of the same type" in stale.text


@pytest.mark.each_database
def test_a_file_that_was_cut_off_is_sent_again_at_once(
    clerk: Any, send: Callable[..., Any], register_folder: config.RegisterSettings
) -> None:
    """Where the program was killed while it took a file in, nobody waits: the same check page sends it anew."""
    page = send(clerk, [uk_row(1)])
    begin_and_die(register_folder.folder)
    assert confirm_upload(clerk, page).status_code == 303
    assert get_newest_body()["counts"]["issued"] == 1


def begin_and_die(folder: Path) -> None:
    """Another process begins to take in a file of the source, and is killed."""
    code = f"""
import os, pathlib, signal, datetime
from goodstanding import config
config.activate_register(config.load_settings(pathlib.Path({str(folder)!r})))
from goodstanding.intake.submissions.batches import SubmissionHeader, open_submission
from goodstanding.intake.submissions.intake_lock import hold_intake_lock
now = datetime.datetime.now(datetime.UTC)
with hold_intake_lock(open_submission(SubmissionHeader({SOURCE!r}, "uk-fhrs", "file", "Cut", now.date()), now).id):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_while_another_file_is_taken_in_nothing_else_is(clerk: Any, send: Callable[..., Any]) -> None:
    """Its sender is told who sends, not that something happened; the file waits, and goes in a minute later."""
    from django.db import connections

    from goodstanding.intake.submissions.batches import SubmissionHeader, open_submission
    from goodstanding.intake.submissions.intake_lock import hold_intake_lock

    page, now = send(clerk, [uk_row(1)]), datetime.now(UTC)  # noqa: TID251
    header = SubmissionHeader(SOURCE, "uk-fhrs", "file", "Ben Clerk", now.date())
    lock, stack = hold_intake_lock(open_submission(header, now).id), ExitStack()
    with ThreadPoolExecutor(1) as ben:  # whose connection is his own: a database's lock is no bar to who has it
        assert ben.submit(stack.enter_context, lock).result()
        busy = confirm_upload(clerk, page)
        ben.submit(stack.close).result()
        ben.submit(connections.close_all).result()
    assert (busy.status_code, "Ben Clerk sends records of the same type" in busy.text) == (409, True)
    again = clerk.post(NEW, Form(busy.text).all | {"step": "review"})
    assert confirm_upload(clerk, again).status_code == 303


def test_a_file_that_is_changed_need_not_be_chosen_again(clerk: Any, send: Callable[..., Any]) -> None:
    """From the check page back to the form: feed, day and file are kept, and another day is taken."""
    page = send(clerk, [uk_row(1)])
    form = Form(clerk.post(NEW, Form(page.text).hidden | {"step": "edit"}).text)
    assert (form.all["feed"], form.all["stated"]) == ("uk-fhrs", "2026-11-20")
    again = clerk.post(NEW, form.all | {"step": "review", "stated": "2026-11-19"})
    assert list_counts(again) == [1, 0, 0, 0, 0]
    assert confirm_upload(clerk, again).status_code == 303
    assert get_newest_body()["stated"] == "2026-11-19"


def test_refused_rows_come_back_in_the_sources_own_columns(clerk: Any, send: Callable[..., Any]) -> None:
    """As CSV with what is wrong, and no cell that a spreadsheet runs; mended, they go in and wait no more."""
    page = send(clerk, [uk_row(1), uk_row(2, hygiene="7", businessname=FORMULA, ratingdate="2026-07-09")])
    [address] = re.findall(r'href="([^"]*problems\.csv\?token=[^"]*)"', page.text)
    sent = confirm_upload(clerk, page).headers["Location"]
    answer = clerk.get(f"{sent}/problems.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    [header, row] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert header == [*uk_row(1), "problem"]
    cells = dict(zip(header, row, strict=True))
    assert cells["problem"].startswith("hygiene: ")
    assert cells["businessname"] == f"'{FORMULA}"
    mended = [{name: text or None for name, text in cells.items()} | {"hygiene": "10"}]
    assert confirm_upload(clerk, send(clerk, mended, name="mended")).status_code == 303
    assert get_newest_body()["counts"]["issued"] == 1
    assert clerk.get("/subjects/uk-fhrs-row:2.json").json()["subject"]["name"] == FORMULA
    assert "came again without their problem" in clerk.get(sent).text
    assert clerk.get(address).status_code == 404


def test_the_refused_rows_of_a_preview_come_back_too(clerk: Any, send: Callable[..., Any]) -> None:
    """Before anything is confirmed, the rows that would be refused can be had."""
    page = send(clerk, [uk_row(1), uk_row(2, hygiene="7")], "jsonl")
    [address] = re.findall(r'href="([^"]*problems\.csv\?token=[^"]*)"', page.text)
    rows = list(csv.DictReader(io.StringIO(clerk.get(address).content.decode("utf-8-sig"))))
    assert [(row["row_id"], row["hygiene"]) for row in rows] == [("2", "7")]


def test_the_canonical_form_is_a_way_too(clerk: Any, send: Callable[..., Any]) -> None:
    """A source without columns of its own sends the record's."""
    page = send(clerk, [canonical_row(1), canonical_row(2, source="uk-fhrs-la:103")], feed="uk-food-hygiene/inspection")
    assert list_counts(page) == [1, 0, 0, 0, 1]
    assert "another source&#x27;s record" in page.text


def test_what_a_whole_statement_leaves_out_is_shown_before(
    clients: Callable[..., Any], send: Callable[..., Any]
) -> None:
    """A feed that states everything anew: the preview counts what would be withdrawn, or says why nothing is."""
    tax, address = clients("source", "mx-sat"), "/sources/mx-sat/files/new"
    rows = [mx_row(rfc(number)) for number in range(120)]
    options = {"feed": "mx-sat-69b", "address": address}
    confirm_upload(tax, send(tax, rows, stated="2022-11-19", **options), address)
    assert list_counts(send(tax, rows[1:], **options)) == [0, 0, 119, 1, 0]
    assert "leaves out 50 of 120" in send(tax, rows[50:], **options).text


def _name_content(content: bytes, name: str) -> Any:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


CSV = b"row_id,businessname\n1,x\n"


@pytest.mark.parametrize(
    ("file", "options", "reason"),
    [
        (None, {}, "No file is chosen"), ((CSV, "rows.xls"), {}, "no kind that is read here"),
        ((CSV, "rows.xlsx"), {}, "no workbook"),
        ((CSV, "rows"), {}, "no kind that is read here"),
        ((CSV, "<script>.exe"), {}, "&lt;script&gt;"), ((b"", "rows.csv"), {}, "empty"),
        ((b"\xff\xff\x00", "rows.csv"), {}, "not in UTF-8"), ((b"a,a\n", "rows.csv"), {}, "distinct names"),
        ((CSV, "rows.parquet"), {}, "no Parquet file"), ((CSV, "rows.jsonl"), {}, "no JSON lines"),
        ((CSV.replace(b"1,x", b"1,GOME780101AB3"), "rows.csv"), {"feed": ""}, "No feed is chosen"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_has_a_clear_answer(
    clerk: Any, register_folder: config.RegisterSettings, file: Any, options: dict[str, str], reason: str
) -> None:
    """What is wrong, what would be right, in the form with all that was chosen; nothing is kept, no folder is named."""
    before = ledger_size()
    sent = {"step": "review", "feed": "uk-fhrs", "stated": "2026-11-20"} | options
    answer = clerk.post(NEW, sent | ({"file": _name_content(*file)} if file else {}))
    assert answer.status_code in (400, 404)
    assert reason in answer.text
    assert Form(answer.text).fields["stated"] == sent["stated"]
    assert (ledger_size(), list_kept_files(register_folder.folder)) == (before, [])
    assert str(register_folder.folder) not in answer.text


def test_a_file_whose_name_says_its_day_needs_no_other(clerk: Any, send: Callable[..., Any]) -> None:
    """The form puts in no day of its own; where neither it nor the name has one, it asks, and the file waits."""
    assert not Form(clerk.get(NEW).text).fields["stated"]
    named = send(clerk, [uk_row(1)], name="ratings_2026-11-18", stated="")
    assert confirm_upload(clerk, named).status_code == 303
    assert get_newest_body()["stated"] == "2026-11-18"
    unnamed = send(clerk, [uk_row(2)], stated="")
    assert (unnamed.status_code, "on which day this file is stated" in unnamed.text) == (400, True)
    assert "token" in Form(unnamed.text).hidden


@pytest.mark.parametrize(
    ("slip", "reason"),
    [
        ({"feed": ""}, "No feed is chosen"), ({"feed": "mx-sat-69b"}, "has no feed"), ({"stated": "soon"}, "no day"),
        ({"stated": "2999-01-01"}, "has not come yet"), ({"feed": "uk-food-hygiene/inspection"}, "column"),
    ],
)  # fmt: skip
def test_a_slip_beside_the_file_leaves_it_waiting(
    clerk: Any, send: Callable[..., Any], slip: dict[str, str], reason: str
) -> None:
    """A wrong feed or day, at the first look or in a second tab: the file is there when that is mended."""
    refused = send(clerk, [uk_row(1)], **slip)
    assert (refused.status_code, reason in refused.text) == (400, True)
    mended = clerk.post(NEW, {**Form(refused.text).hidden, "feed": "uk-fhrs", "stated": "2026-11-20", "step": "review"})
    assert list_counts(mended) == [1, 0, 0, 0, 0]
    assert clerk.post(NEW, Form(mended.text).hidden | slip | {"step": "review"}).status_code == 400
    assert confirm_upload(clerk, mended).status_code == 303


def test_a_file_that_is_too_large_is_not_read(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its length alone it is refused, before any of it is looked at."""
    from goodstanding.portal.submissions import upload_views

    monkeypatch.setattr(upload_views, "MOST_BYTES", 10)
    answer = clerk.post(NEW, {"step": "review", "file": _name_content(b"x" * 100_000, "rows.csv")})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_preview_is_its_sources_alone_and_grows_old(
    clients: Callable[..., Any], clerk: Any, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands for a kept file works for its source only, is not to be forged, and ends after a day."""
    from django.core import signing

    before = ledger_size()
    token = Form(send(clerk, [uk_row(1)]).text).hidden["token"]
    other = clients("source", "uk-fhrs-la:103")
    for client, text in ((other, token), (clerk, token[:-1]), (clerk, ""), (clerk, "\x00" * 3_000), (clerk, "a:b:c")):
        address = NEW if client is clerk else NEW.replace("102", "103")
        assert client.post(address, {"step": "send", "version": "0", "token": text}).status_code == 400
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 86_401)
    assert clerk.post(NEW, {"step": "send", "version": "0", "token": token}).status_code == 400
    assert ledger_size() == before


def test_what_nobody_confirms_goes_after_a_day(
    clerk: Any, send: Callable[..., Any], register_folder: config.RegisterSettings
) -> None:
    """A kept file is forgotten when it is a day old, and asked for again it is said to be gone."""
    from goodstanding.intake.submissions.batches import delete_abandoned_submissions

    page = send(clerk, [uk_row(1)])
    at = datetime.now(UTC)  # noqa: TID251 (files have the real clock's times)
    delete_abandoned_submissions(at + timedelta(hours=23))
    assert len(list_kept_files(register_folder.folder)) == 1
    delete_abandoned_submissions(at + timedelta(hours=25))
    assert list_kept_files(register_folder.folder) == []
    answer = confirm_upload(clerk, page)
    assert (answer.status_code, "no longer kept" in answer.text) == (400, True)


@pytest.mark.parametrize(("role", "scope"), STRANGERS)
def test_only_a_clerk_of_the_source_sends_its_files(
    clients: Callable[..., Any], clerk: Any, send: Callable[..., Any], role: str, scope: str
) -> None:
    """Form, preview, confirmation, outcome and refused rows are closed to every other role, and nothing is written."""
    from django.test import Client

    page = send(clerk, [uk_row(1, hygiene="7")])
    sent = confirm_upload(clerk, page).headers["Location"]
    before = ledger_size()
    for client in (clients(role, scope), Client(headers={"host": "localhost"})):
        for address in (NEW, f"{NEW}.json", sent, f"{sent}.json", f"{sent}/problems.csv"):
            assert client.get(address).status_code == 403
        assert send(client, [uk_row(2)]).status_code == confirm_upload(client, page).status_code == 403
    assert ledger_size() == before


def test_another_sources_sending_is_not_to_be_found(
    clients: Callable[..., Any], clerk: Any, send: Callable[..., Any]
) -> None:
    """What one source sent another cannot look at under its own address."""
    sent = confirm_upload(clerk, send(clerk, [uk_row(1)])).headers["Location"]
    other = clients("source", "uk-fhrs-la:103")
    assert other.get(sent.replace("102", "103")).status_code == 404


def test_a_form_without_its_token_does_nothing(clerk: Any, send: Callable[..., Any]) -> None:
    """A file from another site's page is refused."""
    clerk.handler.enforce_csrf_checks = True
    assert send(clerk, [uk_row(1)]).status_code == 403
