"""Tables of words and articles that come with a package of this program, as YAML."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from goodstanding.catalogue.compiler.parsed_store import digest_of, find_parsed, keep_parsed


@cache
def read_packaged(package: str, file: str) -> dict[str, Any]:
    """What a package's own file of data says; parsed once for all processes."""
    text = (files(package) / file).read_text(encoding="utf-8")
    content: dict[str, Any] | None = find_parsed("data", digest_of(text))
    if content is None:
        from goodstanding.catalogue.compiler.source_positions import SourcePositions

        content = SourcePositions().read(file, text)
        keep_parsed("data", digest_of(text), content)
    return content
