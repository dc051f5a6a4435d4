"""What every check of a catalogue needs: places, names that must exist, conditions that fit their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.catalogue.condition_grammar import compared
from goodstanding.catalogue.conditions import NUMBER, TRUTH, Condition, parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import FieldRule, field_types
from goodstanding.catalogue.validation.limits import is_overflowing
from goodstanding.catalogue.validation.satisfiability import check_satisfiability
from goodstanding.errors import BadCondition, CatalogueError, UnknownKey
from goodstanding.messages import CatalogueMessage, Message, RuleMessage

Path = tuple[str | int, ...]
OCCURRED = FieldRule(type="date", title="The day it occurred", required=True)


class CheckContext:
    """A catalogue being checked: what is wrong is noted and the check goes on, so that all of it is told at once.

    Only whoever needs a condition's value is stopped by what is wrong with it.
    """

    def __init__(self, catalogue: Catalogue, places: SourcePositions) -> None:
        self.catalogue, self.places = catalogue, places
        self._conditions: dict[tuple[str, str, str], Condition] = {}
        self._can_hold: set[tuple[str, str]] = set()
        self.problems: list[CatalogueError] = []

    def attempt(self, check: Callable[..., object], *parts: object) -> bool:
        """Whether a check of these parts of the catalogue finds nothing; what it finds is told with the rest."""
        before = len(self.problems)
        try:
            check(self, *parts)
        except CatalogueError as problem:
            self.problems.append(problem)
        except KeyError:  # what it names was found not to be there
            if not self.problems:
                raise
            return False
        return len(self.problems) == before

    def where(self, *path: str | int) -> str:
        """The file and line of a path of the rules."""
        return self.places.of("catalogue.yaml", path)

    def note(self, code: RuleMessage | CatalogueMessage, *path: str | int, **params: object) -> None:
        """Notes what is wrong at a path."""
        self.problems.append(CatalogueError(Message(code, params), where=self.where(*path)))

    def require_known(
        self, name: str, names: Iterable[str], code: RuleMessage, *path: str | int, **params: object
    ) -> None:
        """Notes UnknownKey, with the nearest there is, unless the name is one of the names."""
        if problem := find_undeclared(name, names, code, lambda: self.where(*path), **params):
            self.problems.append(problem)

    def require_record_type(self, name: str, *path: str | int) -> None:
        """Notes UnknownKey unless the catalogue declares a record type of the name."""
        self.require_known(name, self.catalogue.records, RuleMessage.RECORD_TYPE_UNDECLARED, *path)

    def require_procedure(self, name: str, *path: str | int) -> None:
        """Notes UnknownKey unless the catalogue declares a procedure of the name."""
        self.require_known(name, self.catalogue.procedures, RuleMessage.PROCEDURE_UNDECLARED, *path)

    def fields(self, record: str) -> dict[str, FieldRule]:
        """What a condition over a record type may read, by name."""
        return {**self.catalogue.records[record].fields, "occurred": OCCURRED}

    def number(self, text: str, record: str, *path: str | int) -> Condition:
        """A checked expression that gives a whole number."""
        return self._parse_cached(text, record, NUMBER, path)

    def condition(self, text: str, record: str, *path: str | int) -> Condition:
        """A checked condition over a record type's fields that some record can fulfil."""
        parsed = self._parse_cached(text, record, TRUTH, path)
        if (text, record) not in self._can_hold:
            self.require_satisfiable(parsed, self.fields(record), *path)
            self._can_hold.add((text, record))
        return parsed

    def check_number(self, text: str, record: str, *path: str | int) -> None:
        """Notes what is wrong with an expression that has to give a whole number."""
        self.attempt(CheckContext.number, text, record, *path)

    def check_condition(self, text: str, record: str, *path: str | int) -> bool:
        """Whether a condition is one that some record can fulfil; if not, notes what is wrong with it."""
        return self.attempt(CheckContext.condition, text, record, *path)

    def _parse_cached(self, text: str, record: str, wants: CatalogueMessage, path: Path) -> Condition:
        key = (text, record, wants)
        if key not in self._conditions:
            fields = self.fields(record)
            parsed = parse_condition(text, field_types(fields), self.where(*path), wants)
            self.refuse_if_overflowing(parsed, fields, *path)
            self._conditions[key] = parsed
        return self._conditions[key]

    def refuse_if_overflowing(self, parsed: Condition, fields: Mapping[str, FieldRule], *path: str | int) -> None:
        """Raises BadCondition where what the fields may hold can give a number of more than 64 bits."""
        if is_overflowing(parsed.tree, fields):
            message = Message(CatalogueMessage.CONDITION_OVERFLOWS, {"text": repr(parsed.sql)})
            raise BadCondition(message, where=self.where(*path))

    def require_satisfiable(self, parsed: Condition, fields: Mapping[str, FieldRule], *path: str | int) -> None:
        """Raises BadCondition where no values that the fields may have fulfil a condition."""
        for name, value in compared(parsed.tree):
            self._refuse_impossible_value(value, fields[name], name, *path)
        if check_satisfiability([parsed.tree], fields).holds is False:
            message = Message(RuleMessage.CONDITION_NEVER_HOLDS, {"condition": repr(parsed.tree.sql())})
            raise BadCondition(message, where=self.where(*path))

    def require_reachable(self, texts: Iterable[tuple[str, Path]], record: str) -> None:
        """Of conditions of which the first that holds counts, each must hold for a record that none before it takes."""
        before: list[Condition] = []
        for text, path in texts:
            if self.check_condition(text, record, *path):
                parsed = self.condition(text, record, *path)
                trees_before = [earlier.tree for earlier in before]
                if check_satisfiability([parsed.tree], self.fields(record), trees_before).holds is False:
                    never = Message(RuleMessage.RULE_NEVER_FIRES)
                    self.problems.append(BadCondition(never, where=self.where(*path)))
                before.append(parsed)

    def _refuse_impossible_value(self, value: str, field: FieldRule, name: str, *path: str | int) -> None:
        if field.one_of and field.type != "codes" and value not in field.one_of:
            near = get_close_matches(value, field.one_of, n=1)
            params = {"field": repr(name), "value": repr(value), "codes": ", ".join(field.one_of)}
            message = Message(RuleMessage.FIELD_NEVER_HAS_VALUE, params)
            raise BadCondition(message, where=self.where(*path), remedy=near[0] if near else None)


def find_undeclared(
    name: str, names: Iterable[str], code: RuleMessage, find_place: Callable[[], str], **params: object
) -> UnknownKey | None:
    """None, or UnknownKey with the nearest there is for a name that is none of the names."""
    names = list(names)
    if name in names:
        return None
    near = get_close_matches(name, names, n=1) or [", ".join(names)]
    return UnknownKey(Message(code, {"name": repr(name), **params}), where=find_place(), remedy=near[0])
