"""What pages, twins and `/v1` say: one shape each, so that none can say more or less than another."""

from goodstanding.web.shapes.answers import About, Answer, Link, Named, Paging, Problem, Reason, Shape

__all__ = ["About", "Answer", "Link", "Named", "Paging", "Problem", "Reason", "Shape"]
