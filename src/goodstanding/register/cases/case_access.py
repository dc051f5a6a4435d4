"""Whether somebody may see a case, and because of which rule."""

from __future__ import annotations

from goodstanding.access import Action, Actor, Decision, may
from goodstanding.procedure.case_states import Act
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.files.file_access import build_case_resource
from goodstanding.register.rules.authorities import load_authority_tree

_ACTS_FOR_A_BODY = (Act.APPEAL, Act.IMPOSE_INTERIM)


def decide_case_access(case_file: CaseFile, actor: Actor) -> Decision:
    """Whether somebody may see a case, and because of which rule."""
    tree = load_authority_tree()
    sources = {case_file.source, tree.now(case_file.source)}
    is_heard_by_body = any(case_act.act in _ACTS_FOR_A_BODY for case_act in case_file.acts) and tree.apart(
        case_file.source, actor.scope
    )
    return may(actor, Action.SEE_CASE, build_case_resource(case_file.subject, sources, is_heard_by_body))
