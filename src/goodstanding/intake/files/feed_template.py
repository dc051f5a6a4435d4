"""An empty file of a feed: the header that its files have, to be filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from goodstanding.catalogue.feeds import FileForm
from goodstanding.plain_text import quote_cell

_SEPARATORS = {"tab": "\t"}


def render_template(columns: Sequence[str], written: FileForm) -> str:
    """The header as CSV, with the separator that the feed names."""
    stream = io.StringIO()
    separator = written.separator or ","
    writer = csv.writer(stream, delimiter=_SEPARATORS.get(separator, separator), lineterminator="\r\n")
    writer.writerow(map(quote_cell, columns))
    return stream.getvalue()
