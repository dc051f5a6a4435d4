"""Sources that nobody admitted: told at once and counted, with a table of them to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.registers import NOW
from tests.unit.register.rules.test_source_changes import (
    HYGIENE,
    OLGA,
    OTTO,
    make_closed_catalogue,
    make_open_catalogue,
)

from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput
from goodstanding.messages import IntakeMessage

Send = Callable[..., Any]


@pytest.fixture
def admitting(enact: Callable[[Catalogue], int]) -> None:
    """The register of the test has rules under which councils are admitted by events."""
    enact(make_open_catalogue())


def write_sheet() -> str:
    """The table of the sources for which rows wait."""
    from goodstanding.intake.quarantine.source_backlog import list_unadmitted_sources, render_admission_draft
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    return render_admission_draft(list_unadmitted_sources(get_enacted(HYGIENE).catalogue))


def list_lines() -> list[dict[str, str]]:
    """The same, line by line."""
    return list(csv.DictReader(io.StringIO(write_sheet())))


@pytest.mark.each_database
@pytest.mark.usefixtures("admitting")
def test_many_unknown_sources_are_told_at_once_and_admitted_in_one_act(send: Send) -> None:
    """Once their names and bases are filled in, the table is what is signed; then all their rows are taken."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.register.rules.admission_sheet import parse_admission_sheet
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change
    from goodstanding.register.rules.source_checks import SourceAct, SourceChange

    rows = [uk_row(number, local_authority_code=str(900 + number % 138)) for number in range(300)]
    intake = send("uk-fhrs", rows, stated="2015-02-16")
    [note] = [note for note in intake.notes if note.code is IntakeMessage.SOURCES_NOT_ADMITTED]
    assert (note.params, intake.quarantined) == ({"number": 138, "rows": 300}, 300)
    lines = list_lines()
    assert (len(lines), lines[0]["rows"], lines[0]["first_day"]) == (138, "3", "2015-02-16")
    filled = write_sheet().replace(",,food-authority", ",Newtown,food-authority").replace("16,,", "16,Order 1,")
    change = SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=parse_admission_sheet(filled))
    sign_source_change(propose_source_change(change, OLGA, NOW).position, OTTO, NOW)
    assert list_lines() == []
    assert [result.issued for result in replay_quarantine("uk-fhrs", NOW)] == [300]


def test_rows_that_waited_before_the_rules_admitted_anybody_count_too(
    send: Send, enact: Callable[[Catalogue], int]
) -> None:
    """They say in the words of before that there is no such source; a catalogue that admits nobody lists none."""
    enact(make_closed_catalogue(2))
    send("uk-fhrs", [uk_row(1, local_authority_code="999")])
    assert list_lines() == []
    enact(make_open_catalogue())
    assert [line["id"] for line in list_lines()] == ["uk-fhrs-la:999"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id,name\n1,A\n",
        "id,name,kind,first_day,basis,colour\n1,A,court,2015-01-01,B,red\n",
        "id,name,kind,first_day,basis\n",
        "id,name,kind,first_day,basis\n1,A,court,soon,B\n",
        "id,name,kind,first_day,basis\n1,A,court,2015-W07-1,B\n",
        "id,name,kind,first_day,basis\n1,A,court,2015-01-01,B,more\n",
        "id,id,name,kind,first_day,basis\n1,1,A,court,2015-01-01,B\n",
        "id,name,kind,first_day,basis\n" + "1,A,court,2015-01-01,B\n" * 1001,
        'id,name,kind,first_day,basis\n1,"' + "A" * 200_000 + '",court,2015-01-01,B\n',
    ],
    ids=[
        "nothing",
        "columns missing",
        "another column",
        "no line",
        "no day",
        "a week",
        "a cell more",
        "twice",
        "many",
        "long",
    ],
)
def test_a_table_that_cannot_be_read_is_refused(text: str) -> None:
    """With what would be right, and whole."""
    from goodstanding.register.rules.admission_sheet import parse_admission_sheet

    with pytest.raises(BadInput) as caught:
        parse_admission_sheet(text)
    assert caught.value.remedy


def test_a_table_is_read_as_spreadsheets_write_it() -> None:
    """With a mark of the byte order, semicolons, cells in quotation marks, empty lines and guarded cells."""
    from goodstanding.register.rules.admission_sheet import parse_admission_sheet

    text = '\ufeffid;name;kind;first_day;basis;rows\r\n\'=x;"New; town";court;2015-01-01;Order;3\r\n;;;;;\r\n'
    [line] = parse_admission_sheet(text)
    assert (line.id, line.name, line.first_day, line.region) == ("=x", "New; town", date(2015, 1, 1), "")
