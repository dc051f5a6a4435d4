"""The article that a rule rests on, as pages and answers say it."""

from __future__ import annotations

from goodstanding.register.rules.legal_basis import LegalBasis
from goodstanding.web.schemas.page_frame import LegalBasisSchema


def present_legal_basis(law: LegalBasis | None) -> LegalBasisSchema | None:
    """The article a rule rests on."""
    if law is None:
        return None
    return LegalBasisSchema(
        citation=law.citation, title=law.title, verified=law.verified, note=law.note, read_in=law.read_in
    )
