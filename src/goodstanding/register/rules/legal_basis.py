"""On which article a rule rests, as a page names it, and whether it was compared with its text."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import BASIS, CHARTER, LegalRule


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The article a rule rests on, as a page names it, and whether it was compared with its text.

    `read_in` names the secondary source that was read instead, where one was.
    """

    instrument: str
    article: str
    title: str
    verified: bool
    note: str
    read_in: str = ""

    @property
    def citation(self) -> str:
        """`Código Fiscal de la Federación, art. 69-B`."""
        return f"{self.instrument}, {self.article}"


def find_legal_basis(catalogue: Catalogue, rule: LegalRule) -> LegalBasis | None:
    """The basis of a rule; None where the rule inherits its scheme's."""
    match = BASIS.match(rule.basis)
    if not match:
        return None
    kind = rule.basis.split(" ")[1]
    if match["instrument"] == CHARTER:
        return LegalBasis(_("Charter"), f"{kind} {match['article']}", "", rule.is_compared, rule.note, rule.read_in)
    instrument = catalogue.instruments[match["instrument"]]
    article = instrument.articles[match["article"]]
    is_compared = article.verified and rule.is_compared
    return LegalBasis(
        instrument.title, f"{kind} {match['article']}", article.title, is_compared, rule.note, rule.read_in
    )
