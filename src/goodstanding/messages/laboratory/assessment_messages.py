"""Why something of a run was not measured, and why a comparison is refused."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class AssessmentMessage(MessageCode):
    """The reasons for which a measure is left out, never shown as nothing."""

    NOBODY_REACHED = "nobody-reached", _("The rules reach nobody of this kind.")
    NO_LISTS = "no-lists", _("These rules keep no list.")
    NO_DEBTS = "no-debts", _("The behaviour says nothing of debts.")
    NO_TERM_TO_END = "no-term-to-end", _("The rules set no time within which it ends.")
    NO_SUCH_MISTAKE = "no-such-mistake", _("By assumption no office makes such a mistake here.")
    NO_REACH = "no-reach", _("These rules bind nobody else.")
    NO_TIE = "no-tie", _("The world ties nobody of this kind to %(word)s.")
    TOO_FEW = "too-few", _("It rests on %(number)s of %(people)s; at least %(least)s are needed.")
    TWIN_WITHOUT_BREACHES = "twin-without-breaches", _("Nobody fell who would also have breached without the measures.")
    BEHAVIOUR_NOT_GIVEN = (
        "behaviour-not-given",
        _("The run was given arrays alone, which do not say it."),
        _("a run given the catalogue by name"),
    )
    COPIES_NOT_SAID = "copies-not-said", _("The behaviour does not say who else holds copies.")
    PASSING_NOT_SAID = "passing-not-said", _("The behaviour does not say how often holders fetch from one another.")
    TRAIT_MISSING = "trait-missing", _("The population has no trait %(trait)s.")
    PLACES_ALIKE = "places-alike", _("Every place notices alike here, by assumption.")
    NO_DUTIES = "no-duties", _("No act that these rules record is a duty left undone.")
    NO_NUMBERS = "no-numbers", _("The world gives firms no turnover.")
    NO_EFFECT_ON_MEANS = "no-effect-on-means", _("No measure here has a known effect on anybody's means.")
    TIME_TOO_SHORT = "time-too-short", _("The run is shorter than %(months)s months.")
    NOBODY_SHARED = (
        "nobody-shared",
        _("%(first)s concerns %(kinds)s and %(second)s does not: nobody lives under both."),
        _("catalogues about the same kind of people or firms"),
    )
    POPULATIONS_DIFFER = (
        "populations-differ",
        _("%(first)s is lived by %(people)s and %(second)s by %(others)s."),
        _("catalogues whose behaviours draw the same country and part"),
    )
    CATALOGUE_UNKNOWN = "laboratory-catalogue-unknown", _("There is no catalogue %(name)s.")
    AGENT_UNKNOWN = "agent-unknown", _("The rules reach nobody of the population.")
