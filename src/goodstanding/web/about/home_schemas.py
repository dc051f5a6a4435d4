"""What the home page and its JSON twin say."""

from __future__ import annotations

from goodstanding.web.catalogues.rule_schemas import CatalogueLine
from goodstanding.web.schemas.page_frame import RegisterResponse


class HomePage(RegisterResponse):
    """What this register holds."""

    subjects: int
    events: int
    catalogues: list[CatalogueLine]
