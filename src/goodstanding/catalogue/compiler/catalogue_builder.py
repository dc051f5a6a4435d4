"""A catalogue from its parsed content: what the rules say, and beside it instruments, sources, feeds and examples."""

from __future__ import annotations

from typing import Any

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue

Content = dict[str, Any]


def build_catalogue(content: Content, texts: dict[str, str], digest: str) -> Catalogue:
    """The catalogue that this content says, its form checked; raises ValidationError."""
    feeds = {name: Feed.model_validate(feed) for name, feed in content["feeds"].items()}
    parts = {"feeds": feeds, "examples": tuple(content["examples"]), "files": texts, "digest": digest}
    return Catalogue.model_validate(content | parts)
