"""What pages, twins and `/v1` say: one shape each, so that none can say more or less than another."""

from goodstanding.web.shapes.answers import (
    FrozenSchema,
    LegalBasisSchema,
    PageLink,
    PagingSchema,
    ProblemSchema,
    RegisterInfo,
    RegisterResponse,
    SubjectSummary,
)

__all__ = [
    "FrozenSchema",
    "LegalBasisSchema",
    "PageLink",
    "PagingSchema",
    "ProblemSchema",
    "RegisterInfo",
    "RegisterResponse",
    "SubjectSummary",
]
