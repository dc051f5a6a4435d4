"""A notice to write letters from."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from goodstanding.procedure.notices import CitedLaw, Exhibit, Notice, NoticeKind

CHECKPOINT = (
    "goodstanding.example/register\n611208\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n\n"
    "— goodstanding.example/register Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE"
    "+xeMcTOAYQ8=\n"
)


def exhibit(number: int = 1, name: str = "penalty decision.pdf") -> Exhibit:
    """A file in evidence."""
    return Exhibit(name, hashlib.sha256(bytes([number])).hexdigest(), 214_312, "application/pdf")


def notice(kind: NoticeKind = NoticeKind.PROPOSAL, **changes: Any) -> Notice:
    """A notice of a kind, whole, with changes."""
    proposal = kind is NoticeKind.PROPOSAL
    contents: dict[str, Any] = {
        "reference": "GS-1204",
        "kind": kind,
        "day": date(2026, 3, 2),
        "language": "en",
        "subject_name": "Example Qingshan Foods Co., Ltd",
        "subject_identifier": "cn-uscc:91350100M000100Y43",
        "office_name": "Linhe Market Regulation Bureau",
        "decided_by": "Ana Torres",
        "matter": "The company is put on the list of serious violations for three years.",
        "follows": ("Tenders for food supply may weigh it", "The listing is public until it ends"),
        "laws": (
            CitedLaw("SAMR Order 44", "2", "A heavier penalty for a serious violation leads to the list.", True),
            CitedLaw("Administrative Reconsideration Law 2023", "20"),
        ),
        "facts": (("Penalty decision", "Linhe Market 2026 No. 118"),),
        "reasons": "Food was sold after its safe date.\n\nThe decision was not appealed.",
        "evidence": (exhibit(1), exhibit(2, "photo.jpg")),
        "takes_effect": None if proposal else date(2026, 3, 9),
        "ends_on": None if proposal else date(2029, 3, 9),
        "reply_until": date(2026, 3, 13) if proposal else None,
        "silence_until": date(2026, 4, 13),
        "appeal_until": date(2026, 4, 2) if kind.value.endswith("decision") else None,
        "appeal_to": "the Provincial Market Regulation Administration",
        "how_to_answer": "Answer at https://register.example/cases/1204.",
        "position": 611_022,
        "size": 611_208,
        "checkpoint": CHECKPOINT,
    }
    return Notice(**(contents | changes))
