"""What is refused of a catalogue's behaviour, of channels, and of rules that have no array form."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class BehaviourMessage(MessageCode):
    """Why a file of behaviour or of channels is refused, or a rule cannot be compiled."""

    BEHAVIOUR_MISSING = (
        "behaviour-missing",
        _("The catalogue %(name)s has no behaviour.yaml, so nobody can live under it."),
        _("a file behaviour.yaml beside its catalogue.yaml"),
    )
    BEHAVIOUR_OF_ANOTHER = "behaviour-of-another", _("The behaviour is that of %(name)s.")
    WORD_UNKNOWN = "behaviour-word-unknown", _("There is no %(kind)s %(name)s here.")
    RUN_OUTSIDE_LAW = (
        "run-outside-law",
        _("The run from %(first)s to %(end)s leaves the time in which the rules are in force."),
    )
    LAW_FROM_TO = "law-from-to", _("between %(first)s and %(end)s")
    LAW_FROM = "law-from", _("from %(first)s on")
    SOURCE_WITHOUT_MANDATE = "behaviour-source-without-mandate", _("%(source)s issues no records of type %(record)s.")
    AGENT_NOT_CONCERNED = "agent-not-concerned", _("%(record)s concerns nobody who does %(act)s.")
    VALUE_OF_NO_FIELD = "value-of-no-field", _("%(value)s is no value of the field %(field)s.")
    SHARES_NOT_WHOLE = "shares-not-whole", _("the shares sum to %(sum)s")
    SHARES_WHOLE = "shares-whole", _("shares that sum to 1")
    SHARES_UNFOUNDED = (
        "shares-unfounded",
        _("nothing says where the shares and days of %(rule)s come from"),
        _("`shares:` with where they were read, or why they had to be made up"),
    )
    ALTERNATIVES_TOO_MANY = (
        "alternatives-too-many",
        _("the shares of the alternatives can sum to %(sum)s"),
        _("at most 1 of one occasion"),
    )
    FIELD_SOURCE_UNREADABLE = (
        "field-source-unreadable",
        _("%(value)s is nothing that a field can come from"),
    )
    FIELD_SOURCE_FORMS = (
        "field-source-forms",
        _("a constant, shares by value, {for_life: …}, a reference such as agent.kind, or {of: reference, as: …}"),
    )
    INCOMPLETE_UNCLEAR = (
        "incomplete-unclear",
        _("%(field)s is no constant and not drawn for each record, so nobody can leave it out"),
        _("a field of `fields` that is a constant or has shares by value"),
    )
    LEVEL_MISSING = "level-missing", _("%(reference)s can be %(level)s, of which nothing is said")
    WHOLE_NUMBER = "whole-number", _("a whole number, such as 15")
    TRUE_OR_FALSE = "true-or-false", _("true or false")
    MONTH_UNCLEAR = "month-unclear", _("in which month of the year it is made is not clear")
    MONTH_FORMS = "month-forms", _("`when: every-year` with `month:` from 1 to 12, and no `month:` otherwise")
    DAYS_UNORDERED = "days-unordered", _("%(least)s to %(most)s are no days")
    DAYS_ORDER = "days-order", _("the fewest days first, from 0 to %(most)s")
    TRIGGER_UNCLEAR = (
        "trigger-unclear",
        _("what is followed by a record is not clear"),
    )
    TRIGGER_FORMS = (
        "trigger-forms",
        _("one of enters, leaves, reaches, opens, performs, settles and cannot"),
    )
    TIME_UNCLEAR = (
        "time-unclear",
        _("how long it takes is not clear"),
    )
    TIME_FORMS = (
        "time-forms",
        _("days, or `within:` a rule's own term with `late:` and `late_by:`"),
    )
    DISPUTE_RECORD_UNCLEAR = (
        "dispute-record-unclear",
        _("what a dispute that is upheld does is not clear"),
    )
    DISPUTE_FORMS = (
        "dispute-forms",
        _("`does: withdraw`, `does: correct`, or `does: record` with `record:` and `fields:`"),
    )
    TERM_UNKNOWN = (
        "term-unknown",
        _("%(name)s has no term in the catalogue"),
        _("a list with `ends_within`, or a procedure whose appeal has `decided_in`"),
    )
    EFFECT_EMPTY = "effect-empty", _("the channel does nothing"), _("means, acts or gain")

    RULE_WITHOUT_ARRAYS = "rule-without-arrays", _("The rule has no array form: %(reason)s")
    NUMBER_SUMMED = (
        "number-summed",
        _("it adds up or compares %(field)s, which can be any number"),
        _("a distribution of a few numbers for the field, in the behaviour"),
    )
    ANSWERS_DIFFER = "answers-differ", _("%(record)s gives different answers on different days")
    LENGTH_NOT_FOUND = "length-not-found", _("the day %(day)s is no length of time after the conduct")
    SCHEME_WITH_CONDITIONS = "scheme-with-conditions", _("a measure that rests on points asks about single records")
    START_BOUNDED = "start-bounded", _("what somebody starts with cannot be told from the score")
    VARIANTS_TOO_MANY = (
        "variants-too-many",
        _("%(rule)s can produce %(number)s records that differ"),
        _("at most %(most)s"),
    )
