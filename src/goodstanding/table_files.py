"""Tables of many rows in temporary files: what is looked at is mapped into memory, and can be let go of at any time."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Iterable
from itertools import chain
from threading import Lock
from weakref import WeakSet

import pyarrow as pa
import pyarrow.compute as pc

MANY = 50_000  # rows: fewer take less memory than what works on them
AT_ONCE = 20_000

_mappings: WeakSet[mmap.mmap] = WeakSet()
_lock = Lock()


def write_table_file(tables: Iterable[pa.Table]) -> pa.Table:
    """The rows of tables, of which there is one, in a file; it has no name, and goes with the table that is given."""
    parts = iter(tables)
    first = next(parts)
    with tempfile.TemporaryFile() as file:
        with pa.ipc.new_file(file, first.schema) as writer:
            for part in chain([first], parts):
                writer.write_table(part, AT_ONCE)
                release_table_pages()
        file.flush()
        mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with _lock:
        _mappings.add(mapping)
    return pa.ipc.open_file(pa.py_buffer(mapping)).read_all()


def is_large(table: pa.Table) -> bool:
    """Whether a table has so many rows that it belongs into a file."""
    return bool(table.num_rows > MANY)


def move_to_file(table: pa.Table) -> pa.Table:
    """A table of many rows laid into a file; one of few as it is."""
    return write_table_file([table]) if is_large(table) else table


def filter_table(table: pa.Table, mask: pa.ChunkedArray) -> pa.Table:
    """The rows for which the mask says so; many of them in a file of their own, and all of them as they are."""
    if pc.all(mask).as_py():
        return table
    if not is_large(table):
        return table.filter(mask)
    starts = range(0, table.num_rows, AT_ONCE)
    return write_table_file(table.slice(start, AT_ONCE).filter(mask.slice(start, AT_ONCE)) for start in starts)


def release_table_pages() -> None:
    """Lets go of what was looked at of such tables; whoever looks again has it read again."""
    with _lock:
        for mapping in _mappings:
            mapping.madvise(mmap.MADV_DONTNEED)
