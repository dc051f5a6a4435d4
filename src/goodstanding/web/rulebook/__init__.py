"""A catalogue in the order in which a citizen asks: what is recorded, what follows, for how long, how to get off."""

from goodstanding.web.rulebook.parts import build_catalogue_glance, build_catalogue_sections, describe_catalogue_content

__all__ = ["build_catalogue_glance", "build_catalogue_sections", "describe_catalogue_content"]
