"""Pages that help: how the register works, accessibility, privacy, and whom to write to."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.web.about.help_schemas import HelpPage, HelpSection
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink

HELP_TEMPLATE = "web/about/help.html"


def _build_link(title: str, name: str) -> PageLink:
    return PageLink(title=title, address=reverse(name))


def build_how_it_works_page(request: HttpRequest) -> HelpPage:
    """From a published rule to an outcome, and what anybody can do about it."""
    return HelpPage(
        about=describe_register(),
        title=_("How it works"),
        lead=_("From a published rule to an outcome that you can check, contest and see end."),
        sections=_list_steps(),
    )


show_how_it_works_page = make_page_view(HELP_TEMPLATE)(build_how_it_works_page)


def _list_steps() -> list[HelpSection]:
    return [
        HelpSection(
            title=_("1. Rules are published"),
            paragraphs=[
                _("A catalogue says what is recorded, what follows, for how long, and on which law."),
                _("Anybody can comment on a draft. Three people sign before it is in force."),
            ],
            links=[_build_link(_("Catalogues"), "catalogues"), _build_link(_("The charter"), "charter")],
        ),
        HelpSection(
            title=_("2. Authorities state what they found"),
            paragraphs=[_("Each record names its source and day, and stands in a ledger that nobody can rewrite.")],
            links=[_build_link(_("Sources and licences"), "sources"), _build_link(_("The ledger"), "ledger")],
        ),
        HelpSection(
            title=_("3. The organisation is heard"),
            paragraphs=[
                _("Before a listing, the organisation gets a notice, sees the evidence and has days to answer."),
                _("Until the decision is final, only the parties know of the case."),
            ],
        ),
        HelpSection(
            title=_("4. The outcome says why"),
            paragraphs=[
                _("Each outcome stands beside the records, the rule and the article of the law."),
                _("Each ends: on its last day at the latest, or sooner by a newer finding, a repair or an appeal."),
            ],
            links=[_build_link(_("What goes when"), "retention")],
        ),
        HelpSection(
            title=_("5. You can contest it"),
            paragraphs=[
                _("Is this your organisation? Sign in, claim its file, then answer, dispute a record or appeal."),
            ],
            links=[_build_link(_("Sign in"), "sign-in"), _build_link(_("Contact"), "contact")],
        ),
    ]


def build_accessibility_page(request: HttpRequest) -> HelpPage:
    """How these pages can be used, and how that is tested."""
    return HelpPage(
        about=describe_register(),
        title=_("Accessibility"),
        lead=_("These pages are made to be used by everybody, with any device."),
        sections=[
            HelpSection(
                title=_("What works"),
                paragraphs=[
                    _("Everything can be done with a keyboard alone, and without JavaScript, passkeys excepted."),
                    _("Pages fit a screen 320 pixels wide, and text can be enlarged to 200 %."),
                    _("No meaning rests on colour alone: each status has a shape and a word."),
                    _("Charts have their figures in a table beside them, and letters are tagged PDF files."),
                ],
            ),
            HelpSection(
                title=_("How it is tested"),
                paragraphs=[
                    _("The tests of the program open its pages in a browser and check them with axe."),
                    _("No person has audited them against a standard yet."),
                ],
            ),
            HelpSection(
                title=_("What does not work yet"),
                paragraphs=[
                    _("Names and free text are shown in the language of their source."),
                    _("A letter in a script for which the register has no font is offered as a page instead."),
                ],
                links=[_build_link(_("Tell us what you could not use"), "contact")],
            ),
        ],
    )


show_accessibility_page = make_page_view(HELP_TEMPLATE)(build_accessibility_page)


def build_privacy_page(request: HttpRequest) -> HelpPage:
    """What is kept of people who are on file, act here, or only look."""
    return HelpPage(
        about=describe_register(),
        title=_("Privacy"),
        lead=_("What this register keeps about people, who sees it, and when it goes."),
        sections=[
            HelpSection(
                title=_("If you only look"),
                paragraphs=[
                    _("You need no account. No page loads anything from elsewhere, and nothing follows you."),
                    _("A cookie is set when you sign in or open a form, and serves that alone."),
                ],
            ),
            HelpSection(
                title=_("If you have an account"),
                paragraphs=[
                    _("Kept are your name, e-mail address, roles and sign-in methods."),
                    _("When you open what is not public in a file, the subject of the file can see that you did."),
                ],
            ),
            HelpSection(
                title=_("If a file names you"),
                paragraphs=[
                    _("A natural person has no page here and is found by no search."),
                    _("Each kind of record has a day on which it is erased. What is erased cannot be brought back."),
                ],
                links=[
                    _build_link(_("What goes when"), "retention"),
                    _build_link(_("What this register refuses to do"), "refuses"),
                ],
            ),
        ],
    )


show_privacy_page = make_page_view(HELP_TEMPLATE)(build_privacy_page)


def build_contact_page(request: HttpRequest) -> HelpPage:
    """Whom to write to, by what it is about."""
    answerable = [
        f"{enacted.catalogue.title}: {enacted.catalogue.answers.body}"
        for enacted in list_enacted().values()
        if enacted.catalogue.answers
    ]
    return HelpPage(
        about=describe_register(),
        title=_("Contact"),
        lead=_("Whom to turn to depends on what it is about."),
        sections=[
            HelpSection(
                title=_("A record or outcome about your organisation"),
                paragraphs=[
                    _("Sign in and claim its file. There you answer, dispute a record, ask for repair or appeal."),
                    _("Each record names the authority that stated it. You can also write to that authority."),
                ],
                links=[_build_link(_("Sign in"), "sign-in"), _build_link(_("Sources"), "sources")],
            ),
            HelpSection(
                title=_("A rule"),
                paragraphs=answerable or [_("No catalogue in force names a body that answers for it.")],
                links=[_build_link(_("Catalogues"), "catalogues")],
            ),
            HelpSection(
                title=_("This register"),
                paragraphs=[_("The overseer watches over every case. Its figures are public.")],
                links=[_build_link(_("Oversight"), "oversight")],
            ),
        ],
    )


show_contact_page = make_page_view(HELP_TEMPLATE)(build_contact_page)
