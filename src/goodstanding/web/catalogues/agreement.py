"""Whether sources agree with their own findings; an exception shows to those who may see its record."""

from __future__ import annotations

import datetime

from goodstanding.access import Actor
from goodstanding.register.files.file_access import may_see_record
from goodstanding.register.files.record_display import is_document_number
from goodstanding.register.files.records import find_subject_of_record
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.search.outcome_agreement import Agreement, OutcomeDifference, measure_agreement
from goodstanding.web.catalogues.rule_schemas import AgreementDifference, AgreementSchema, SourceAgreement
from goodstanding.web.http import clock
from goodstanding.web.http.register_info import cache_by_ledger_size

SHOWN_DIFFERENCES = 200


def present_agreement(name: str, day: datetime.date, actor: Actor) -> AgreementSchema:
    """The agreement of a catalogue's sources on a day, with the exceptions that the actor may see."""
    agreement = get_cached_agreement(name, day)
    visible_differences = [
        difference
        for difference in agreement.differences[:SHOWN_DIFFERENCES]
        if _may_see_difference(difference.position, actor)
    ]
    names = {source.id: source.name for source in get_enacted(name).catalogue.sources}
    return AgreementSchema(
        catalogue=name,
        at=agreement.at,
        published=agreement.published,
        agree=agreement.agree,
        differ=agreement.differ,
        unproven=agreement.unproven,
        by_source=[
            SourceAgreement(source=source_id, name=names.get(source_id, source_id), **counts)
            for source_id, counts in agreement.by_source.items()
        ],
        differences=[_present_difference(difference) for difference in visible_differences],
        withheld=agreement.differ - len(visible_differences),
    )


@cache_by_ledger_size
def get_cached_agreement(name: str, day: datetime.date) -> Agreement:
    """The same for whoever runs the register; worked out once for each ledger size."""
    return measure_agreement(name, day)


def _present_difference(difference: OutcomeDifference) -> AgreementDifference:
    return AgreementDifference(
        position=difference.position,
        source=difference.source,
        reference=difference.reference if is_document_number(difference.reference) else "",
        published=difference.published,
        follows=difference.follows,
        why=difference.why,
    )


def _may_see_difference(position: int, actor: Actor) -> bool:
    subject_id = find_subject_of_record(position)
    return subject_id is not None and may_see_record(subject_id, position, actor, clock.get_moment()).allowed
