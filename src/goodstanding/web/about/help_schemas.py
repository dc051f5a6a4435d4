"""Pages that help: what they say, in sections."""

from __future__ import annotations

from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink, RegisterResponse


class HelpSection(FrozenSchema):
    """One answer: its paragraphs, and where to go on."""

    title: str
    paragraphs: list[str]
    links: list[PageLink] = []


class HelpPage(RegisterResponse):
    """A page that helps."""

    title: str
    lead: str
    sections: list[HelpSection]
