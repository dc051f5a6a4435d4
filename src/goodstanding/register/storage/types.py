"""The types of columns that the projection's tables are read and written in."""

from __future__ import annotations

import pyarrow as pa


def build_schema(**types: pa.DataType) -> pa.Schema:
    """A schema from names and types."""
    return pa.schema(list(types.items()))


TEXT, NUMBER, DAY = pa.string(), pa.int64(), pa.date32()
