"""A catalogue in the order in which a citizen asks: what is recorded, what follows, for how long, how to get off."""

from goodstanding.web.rulebook.parts import does, glance, parts

__all__ = ["does", "glance", "parts"]
