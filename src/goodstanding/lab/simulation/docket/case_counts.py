"""What a run counts of cases, read from the columns that the kernel adds up."""

from __future__ import annotations

from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.docket.docket_table import ABLE, COUNTS, OPENED, PERFORMED, SETTLED
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.run_counts import CaseCounts


def count_case_columns(scheme: SchemeArrays) -> int:
    """How many columns a scheme's cases have; none without cases."""
    return COUNTS + 2 * len(scheme.stated_cases.list_names) if scheme.stated_cases else 0


def read_case_counts(scheme: SchemeArrays, columns: Integers) -> CaseCounts | None:
    """The counts in these columns; None where a scheme has no cases."""
    if scheme.stated_cases is None:
        return None
    lists = len(scheme.stated_cases.list_names)
    debts, able, performed, settled = (int(columns[place]) for place in (OPENED, ABLE, PERFORMED, SETTLED))
    listed, unable = columns[COUNTS : COUNTS + lists], columns[COUNTS + lists :]
    return CaseCounts(debts, able, performed, settled, listed, unable)
