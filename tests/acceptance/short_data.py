"""The demonstration's data with a twentieth of their premises: before a release the whole files are taken."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

DATA = Path(__file__).parents[2] / "src" / "goodstanding" / "demonstration" / "data"
PREMISES = {"uk_food_hygiene/fhrs_2015.parquet": "row_id", "nyc_restaurants/violations.parquet": "camis"}
COMPANIES = {"mx_sat_69b/as_of_2021-05-18.parquet": "rfc", "mx_sat_69b/as_of_2022-11-30.parquet": "rfc"}
_PART = 20


def copy_short_data(folder: Path) -> Path:
    """The folder with a copy of the data of which the two large files are short."""
    shutil.copytree(DATA, folder)
    for file, column in PREMISES.items():
        shorten_file(folder / file, column)
    return folder


def shorten_file(file: Path, column: str, named: Collection[str] = ()) -> None:
    """Leaves all rows of every twentieth of those whose numbers a column holds, and of those that are named."""
    table = pq.read_table(file)
    numbers = pc.cast(table.column(column), pa.string())
    kept = pc.unique(numbers).to_pylist()[::_PART]
    pq.write_table(table.filter(pc.is_in(numbers, value_set=pa.array({*kept, *named}))), file)
