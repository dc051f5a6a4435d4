"""Small files as a clerk sends them: rows in the columns of a feed, written as CSV, Parquet or JSON lines."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK_TYPE = (
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Row = dict[str, Any]
UK = (
    "row_id", "businessname", "ratingvalue", "structural", "hygiene", "confidenceinmanagement", "ratingdate",
    "latitude", "longitude", "local_authority_code", "local_authority", "lad13cd",
)  # fmt: skip
MX = (
    "rfc", "name", "status", "presumption_sat_notice", "presumption_sat_date", "presumption_dof_notice",
    "presumption_dof_date", "rebutted_sat_notice", "rebutted_sat_date", "rebutted_dof_notice", "rebutted_dof_date",
    "final_sat_notice", "final_sat_date", "final_dof_notice", "final_dof_date", "favourable_ruling_sat_notice",
    "favourable_ruling_sat_date", "favourable_ruling_dof_notice", "favourable_ruling_dof_date",
    "multiple_dates_as_published", "number", "final_decided_by",
)  # fmt: skip
NYC = (
    "camis", "inspection_date", "action", "violation_code", "score", "grade", "grade_date", "inspection_type",
)  # fmt: skip
CITED = "Violations were cited in the following area(s)."
FIRST_VISIT = "Cycle Inspection / Initial Inspection"


def uk_row(number: int | str, /, **cells: Any) -> Row:
    """A row of feed uk-fhrs: an establishment in Eastbourne that is rated 5, unless told otherwise."""
    cells_of_row = {
        "row_id": str(number), "businessname": f"Example Café {number}", "ratingvalue": "5", "structural": "5",
        "hygiene": "0", "confidenceinmanagement": "5", "ratingdate": "2014-07-09", "local_authority_code": "102",
        "local_authority": "Eastbourne", "lad13cd": "E07000061",
    }  # fmt: skip
    return dict.fromkeys(UK) | cells_of_row | cells


def mx_row(number: str, /, **cells: Any) -> Row:
    """A row of feed mx-sat-69b: a company that was told of a presumption in 2018, and nothing since."""
    cells_of_row = {
        "rfc": tax_number(number), "name": f"EJEMPLO {number}, S.A. DE C.V.", "status": "Presunto",
        "presumption_sat_notice": f"500-{number}", "presumption_sat_date": "2018-06-01",
        "presumption_dof_date": "2018-06-25",
    }  # fmt: skip
    return dict.fromkeys(MX) | cells_of_row | cells


def tax_number(label: str) -> str:
    """A made-up tax number: a short label stands at the end of one, a whole one stays."""
    return label if len(label) == 12 else f"EJE180101{label:0>3}"


def final_mx_row(number: str, /, **cells: Any) -> Row:
    """The same once a named official's decision is final and published on 23 October 2018."""
    final_cells = {"status": "Definitivo", "final_sat_date": "2018-09-28", "final_dof_date": "2018-10-23"}
    final_cells |= {"presumption_sat_date": "2018-07-16", "presumption_dof_date": "2018-07-25"}
    final_cells |= {"final_decided_by": "R. Ejemplo"}
    return mx_row(number, **(final_cells | {"final_sat_notice": f"501-{number}"} | cells))


def rfc(number: int) -> str:
    """The made-up tax number of a company, by number."""
    return f"EJE{180101 + number // 1000:06d}{number % 1000:03d}"


def permit(number: int | str) -> str:
    """The made-up permit number of a restaurant, by number."""
    return f"{number:0>8}"


def nyc_row(number: int | str, day: str = "2014-05-02", /, **cells: Any) -> Row:
    """A row of feed us-nyc-inspections: one violation cited on a first visit that ended with an A."""
    cells_of_row = {
        "camis": permit(number), "inspection_date": day, "action": CITED, "violation_code": "02G", "score": "10",
        "grade": "A", "inspection_type": FIRST_VISIT,
    }  # fmt: skip
    return dict.fromkeys(NYC) | cells_of_row | cells


def write_establishments(folder: Path, *numbers: int | str) -> Path:
    """The file beside New York's violations: who the establishments are."""
    columns = ("camis", "dba", "boro", "building", "street", "zipcode", "phone", "cuisine_code")
    rows = [
        dict.fromkeys(columns)
        | {"camis": permit(number), "dba": f"EXAMPLE DINER {number}", "boro": "BRONX", "cuisine_code": "8"}
        for number in numbers
    ]
    return write_parquet(folder / "establishments.parquet", rows)


def write_csv(file: Path, rows: Sequence[Row], columns: Iterable[str] | None = None) -> Path:
    """The rows as CSV, an empty cell where a row says nothing."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns or rows[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return file


def write_parquet(file: Path, rows: Sequence[Row], columns: Iterable[str] | None = None) -> Path:
    """The rows as Parquet, all columns text."""
    names = list(columns or rows[0])
    texts = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table(texts), file)
    return file


def write_jsonl(file: Path, rows: Sequence[Row], columns: Iterable[str] | None = None) -> Path:
    """The rows as JSON lines, null where a row says nothing."""
    names = list(columns or rows[0])
    lines = [json.dumps({name: row.get(name) for name in names}, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def write_workbook(file: Path, rows: Sequence[Row], columns: Iterable[str] | None = None, sheet: str = "Data") -> Path:
    """The rows as a workbook of one sheet: texts as texts, numbers and days as a spreadsheet has them."""
    names = list(columns or rows[0])
    return write_sheets(file, {sheet: [names, *([row.get(name) for name in names] for row in rows)]})


def write_sheets(file: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook (ECMA-376) of some sheets, each a list of lines of cells."""
    numbers = range(1, len(sheets) + 1)
    related = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    entries = [f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)]
    targets = [
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    ]
    targets.append(f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>')
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{_BOOK_TYPE}</Types>')
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_SHEETS}" {related}><sheets>{"".join(entries)}</sheets></workbook>'
        )
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>')
        relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(targets)}</Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{_SHEETS}">{styles}</styleSheet>')
        for number, lines in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", build_sheet_xml(lines))
    return file


def build_sheet_xml(lines: Sequence[Sequence[Any]]) -> str:
    """A sheet of a workbook, as the part of the archive that it is."""
    rows = "".join(f"<row>{''.join(map(_build_cell_xml, line))}</row>" for line in lines)
    return f'<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'


def _build_cell_xml(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


WRITERS: dict[str, Callable[..., Path]] = {
    "csv": write_csv, "parquet": write_parquet, "jsonl": write_jsonl, "xlsx": write_workbook,
}  # fmt: skip
