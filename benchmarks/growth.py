"""Peak memory of whole commands, ingest, rebuild and verify, where a register is nearly four times as large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.harness.isolated_process import Measurement, measure_call
from benchmarks.harness.registers import FEED, NOW, STATED, Registers, enact_feed, locate_feed_file, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result

SMALL, LARGE = 267_000, 1_000_000
BAR = Bar(1.3, most=True)


def run(registers: Registers) -> Iterator[Outcome]:
    """How many times the memory that the smaller register takes."""
    small, large = (measure_commands(registers.of(f"rows_{rows}"), rows) for rows in (SMALL, LARGE))
    for name in small:
        figure = large[name].peak_mb / small[name].peak_mb
        peer = Peer(f"MB at {SMALL:,} rows", small[name].peak_mb)
        samples = {"mb": [small[name].peak_mb, large[name].peak_mb], "wall_s": [small[name].wall_s, large[name].wall_s]}
        note = f"{large[name].peak_mb:,.0f} MB at {LARGE:,} rows"
        yield Result(f"memory at {LARGE:,} rows: {name}", figure, "times", BAR, peer, samples, note)


def measure_commands(folder: Path, rows: int) -> dict[str, Measurement]:
    """Ingest, rebuild and verify of so many rows, each in a process of its own."""
    file = folder.with_suffix(".parquet")
    measure_call(write_rows, str(file), rows)
    measured = {"ingest": measure_call(ingest_rows, str(folder), str(file))}
    measured["rebuild"] = measure_call(rebuild_whole, str(folder))
    measured["verify"] = measure_call(verify_whole, str(folder))
    return measured


def write_rows(target: str, rows: int) -> None:
    """Writes the feed's file so often, each time as other establishments, that it has so many rows."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(locate_feed_file()).replace_schema_metadata(None)
    column = table.column_names.index("row_id")
    parts, left = [], rows
    for number in range(-(-rows // table.num_rows)):
        numbers = pc.add(pc.cast(table.column("row_id"), pa.int64()), number * 10_000_000)
        parts.append(table.set_column(column, "row_id", pc.cast(numbers, pa.string())).slice(0, left))
        left -= parts[-1].num_rows
    pq.write_table(pa.concat_tables(parts), target)


def ingest_rows(folder: str, file: str) -> dict[str, Any]:
    """Takes the file into a new register."""
    enact_feed(folder)
    from goodstanding.intake.ingest import ingest_file

    taken = ingest_file(Path(file), FEED, NOW, STATED)
    return {"issued": taken.issued, "quarantined": taken.quarantined}


def rebuild_whole(folder: str) -> dict[str, Any]:
    """Builds the tables anew, compares and switches, as the command does."""
    use_register(folder)
    from goodstanding.register.projection.rebuild import rebuild_projection

    return {"differences": len(rebuild_projection().differences)}


def verify_whole(folder: str) -> dict[str, Any]:
    """Verifies everything, as the command does."""
    use_register(folder)
    from goodstanding.intake.submissions.submission_checks import list_submission_faults
    from goodstanding.register.projection.verification import verify_register

    return {"findings": len(verify_register(further=(list_submission_faults,)).findings)}
