"""A natural person's number is refused at every door, kept nowhere and told in no message."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import WRITERS, Row, mx_row
from tests.registers import NOW

from goodstanding.errors import BadFile

PERSON = "GODE561231GR8"
SPELLINGS = (PERSON, "gode-561231-gr8", "GODE 561231 GR8", "ＧＯＤＥ561231GR8", "GODE561231")
Send = Callable[..., Any]
ReadRegister = Callable[[], str]


def conduct_row(**cells: str) -> Row:
    """A row of feed cn-js-conduct."""
    return {
        "case_no": "EX-1", "uscc": "91350100M000100Y43", "name": "某公司", "name_en": "Some Company", "district": "甲",
        "day": "2026-05-18", "act": "excess-air-emission-fine",
    } | cells  # fmt: skip


@pytest.fixture
def read_register() -> ReadRegister:
    """Everything that the register's tables hold, as one text in capitals."""
    from django.apps import apps
    from django.db import connections

    def read() -> str:
        texts = [
            json.dumps(list(model.objects.using(name).values()), default=_render_bytes, ensure_ascii=False)
            for name in connections
            for model in apps.get_models()
            if model._meta.db_table in connections[name].introspection.table_names()
        ]
        return "\n".join(texts).upper()

    return read


def _render_bytes(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


@pytest.mark.each_database
@pytest.mark.usefixtures("list_69b")
@pytest.mark.parametrize("form", WRITERS)
def test_a_row_with_a_persons_number_leaves_no_trace(send: Send, read_register: ReadRegister, form: str) -> None:
    """However it is spelt, the row is counted and its line noted; neither number nor name is kept or told."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    rows = [mx_row(str(number), rfc=text, name="ANA EJEMPLO") for number, text in enumerate(SPELLINGS, 1)]
    intake = send("mx-sat-69b", [*rows, mx_row("9")], stated="2018-07-01", form=form)
    assert (intake.issued, intake.quarantined) == (1, len(SPELLINGS))
    words = " ".join(problem.words() for problem in intake.problems)
    assert {(problem.column, problem.value) for problem in intake.problems} == {("rfc", None)}
    assert [entry.cells for entry in list_open_entries()] == [{}] * len(SPELLINGS)
    assert not [text for text in ("GODE", "ANA EJEMPLO") if text in read_register() + words]


@pytest.mark.usefixtures("list_69b")
def test_a_persons_number_in_another_column_is_found(send: Send, read_register: ReadRegister) -> None:
    """A number that is right to its last character is refused in a name too; what resembles one is not."""
    rows = [mx_row("1", name=f"X, {PERSON}"), mx_row("2", name="Lote ABCD561231")]
    intake = send("mx-sat-69b", rows, stated="2018-07-01")
    assert [(problem.row, problem.column) for problem in intake.problems] == [(2, "name")]
    assert "GODE" not in read_register()


@pytest.mark.each_database
def test_an_identity_number_is_refused_as_a_credit_code(
    send: Send, enact: Callable[[str], int], read_register: ReadRegister
) -> None:
    """An identity number has the form of a credit code, and goes neither into the ledger nor into quarantine."""
    enact("cn-environment-12")
    numbers = ("11010519491231002X", "11010519491231002x", "110105 19491231 002X")
    rows = [
        conduct_row(case_no=f"EX-P-{index}", uscc=number, name="某人", name_en="Some Person")
        for index, number in enumerate(numbers)
    ]
    intake = send("cn-js-conduct", [*rows, conduct_row()], stated="2026-10-31")
    assert (intake.issued, intake.quarantined) == (1, len(numbers))
    assert not [text for text in ("19491231", "SOME PERSON") if text in read_register()]


@pytest.mark.usefixtures("list_69b")
def test_a_broken_line_with_a_persons_number_is_noted_without_its_text(
    tmp_path: Path, read_register: ReadRegister
) -> None:
    """A line that is no row is kept as it was sent, unless a person's number stands in it."""
    from goodstanding.intake.ingest import ingest_file

    file = tmp_path / "file_2018-07-01.csv"
    WRITERS["csv"](file, [mx_row("1")])
    file.write_text(f"{file.read_text()}{PERSON},ANA EJEMPLO\n")
    intake = ingest_file(file, "mx-sat-69b", NOW)
    assert intake.quarantined == 1
    assert "GODE" not in read_register() + str(intake.problems)


@pytest.mark.usefixtures("list_69b")
def test_what_would_lie_here_until_it_is_sent_is_refused_at_once(tmp_path: Path) -> None:
    """A file that waits for its sender, and a part that waits for its batch, name the rows and are not kept."""
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import (
        read_statement,
        refuse_if_lines_of_persons,
        refuse_if_of_persons,
    )

    submission_format = get_format("mx-sat", "mx-sat-69b")
    file = WRITERS["csv"](tmp_path / "file_2018-07-01.csv", [mx_row("1"), mx_row("2", rfc=PERSON)])
    with pytest.raises(BadFile, match="rows 3"):
        refuse_if_of_persons(read_statement(submission_format, "mx-sat", file, None, NOW))
    with pytest.raises(BadFile, match="rows 2") as refused:
        refuse_if_lines_of_persons([b"{}", json.dumps({"rfc": PERSON}).encode()], submission_format)
    assert "GODE" not in refused.value.diagnostics()


@pytest.mark.usefixtures("list_69b")
@pytest.mark.parametrize("text", [f"mx-rfc:{PERSON}", PERSON, f"lei:{PERSON}", f"{PERSON}:1", f"other:{PERSON}"])
def test_the_canonical_form_refuses_it_under_every_scheme(text: str) -> None:
    """A record entered by itself has the same rule, whichever scheme is put before the number."""
    from datetime import date

    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.single_record import check_record

    cells = {"reference": "1", "occurred": "2018-06-01", "subject.identifiers": text, "subject.name": "ANA"}
    checked = check_record(get_format("mx-sat", "mx-tax-69b/proceeding"), "mx-sat", cells, date(2018, 7, 1))
    assert [(problem.code, problem.value) for problem in checked.problems] == [("row-of-person", None)]
