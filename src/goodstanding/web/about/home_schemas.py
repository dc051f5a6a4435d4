"""What the home page and its JSON twin say."""

from __future__ import annotations

from goodstanding.web.catalogues.rule_schemas import CatalogueLine, CountryCatalogues, EnactmentLine
from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class HomeClaim(FrozenSchema):
    """A claim that the laboratory tried, and its verdict."""

    title: str
    verdict: str
    address: str


class HomePage(RegisterResponse):
    """What this register holds, its newest rules, and the experiments of its laboratory."""

    subjects: int
    events: int
    catalogues: list[CatalogueLine]
    countries: list[CountryCatalogues]
    enactments: list[EnactmentLine]
    claims: list[HomeClaim]
