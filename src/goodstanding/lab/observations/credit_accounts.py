"""Credit card accounts whose next month is known: what was on record before, as columns that a score may weigh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
DATA_FILE = "lab/observations/data/taiwan_accounts.parquet"
_MONTHS = range(1, 7)


@dataclass(frozen=True, slots=True)
class CreditAccounts:
    """Anonymous accounts of 2005, a row each: delays and means before, and who defaulted in the month after.

    Every column is higher where default is likelier to be feared: delays in months, the use of the limit, the negative
    logarithms of limit and payments.
    """

    newest_delay: Numbers
    delays: Numbers  # a row each, six months, the newest first
    means: Numbers  # limit, use of the limit, payments
    demographics: Numbers
    defaulted: NDArray[np.bool_]


@cache
def read_credit_accounts() -> CreditAccounts:
    """The 30,000 accounts of the published file."""
    with (package_files("goodstanding") / DATA_FILE).open("rb") as file:
        rows = pq.read_table(file)
    delays = np.column_stack([_list_numbers(rows, f"delay_{month}") for month in _MONTHS])
    defaulted = rows["defaulted"].to_numpy(zero_copy_only=False).astype(np.bool_)
    demographics = np.column_stack([_list_numbers(rows, name) for name in ("sex", "education", "marriage", "age")])
    return CreditAccounts(delays[:, 0], delays, _list_means(rows), demographics, defaulted)


def _list_means(rows: pa.Table) -> Numbers:
    limit = np.maximum(_list_numbers(rows, "credit_limit"), 1.0)
    owed = np.mean([_list_numbers(rows, f"bill_{month}") for month in _MONTHS], axis=0)
    paid = [_list_numbers(rows, f"paid_{month}") for month in _MONTHS]
    payments = np.mean([np.log1p(np.maximum(amounts, 0.0)) for amounts in paid], axis=0)
    return np.column_stack([-np.log(limit), owed / limit, -payments])


def _list_numbers(rows: pa.Table, column: str) -> Numbers:
    numbers = rows[column].to_numpy(zero_copy_only=False).astype(np.float64)
    return np.asarray(np.nan_to_num(numbers, nan=35.0), dtype=np.float64)  # two ages are missing
