"""The form of a file of a source: by which feed, stated on which day; the file waits in it until it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from goodstanding.catalogue.feeds import ENCODINGS, Encoding
from goodstanding.errors import BadInput, NotFound
from goodstanding.intake.files.upload_store import check_file_name, drop_upload, get_upload, keep_upload
from goodstanding.intake.mapping.feed_mapping import list_days_in_name
from goodstanding.intake.submissions.batches import Submission, find_submission_by_digest
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format
from goodstanding.intake.submissions.statements import (
    SubmittedStatement,
    can_wait,
    is_of_encoding,
    read_statement,
    refuse_if_of_persons,
)
from goodstanding.web.forms.review_form import NO_TEXT, ReviewForm, ReviewStep
from goodstanding.web.http import clock
from goodstanding.web.http.parameters import parse_day

SALT = "goodstanding.upload"
DAY_SECONDS = 24 * 60 * 60
_CHOICES = ("feed", "stated", "encoding")


class UploadForm(ReviewForm):
    """A file of a source: chosen now, or named by the token under which an earlier look left it."""

    submission_format: SubmissionFormat
    stated: date

    def __init__(
        self, source: str, data: Any = None, uploads: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        super().__init__(NO_TEXT, data=data, uploads=uploads, initial=initial)
        self.source, self.name, self.digest = source, "", ""
        values = self.data if self.is_bound else self.initial
        self.typed = {name: str(values.get(name, "")).strip()[:200] for name in _CHOICES}
        self.asks_encoding = bool(self.typed["encoding"])
        self.statement: SubmittedStatement | None = None
        self.earlier_submission: Submission | None = None

    @property
    def token(self) -> str:
        """What stands for the file, its feed and its day until it is sent; nothing where no file waits."""
        values = self.typed | {"source": self.source, "digest": self.digest, "name": self.name}
        return signing.dumps(values, salt=SALT) if self.digest else ""

    def clean(self) -> dict[str, Any]:
        """The statement that the file makes; what is wrong with it, or with how it came, is the form's own error."""
        try:
            self._find_file()
            if self.cleaned_data["step"] is not ReviewStep.EDIT:
                self._read_file()
        except BadInput as error:
            self.refuse(error, "file")
        return dict(self.cleaned_data)

    def _find_file(self) -> None:
        if token := str(self.data.get("token", "")):
            waiting = parse_upload_token(token, self.source)
            self.name, self.digest = waiting["name"], waiting["digest"]
            self.typed |= {name: waiting.get(name, "") for name in self.typed if name not in self.data}
        if (file := self.files.get("file")) is not None:
            self.name = check_file_name(file.name or "")
            self.digest = keep_upload(self.source, self.name, file.read())

    def _read_file(self) -> None:
        """The statement; a slip at feed or day leaves the file waiting, and only one that is no good is dropped."""
        try:
            if not self.typed["feed"]:
                raise BadInput(_("No feed is chosen."), where="feed", remedy=_("one of those below"))
            self.submission_format = get_format(self.source, self.typed["feed"])
            if not self.digest:
                raise BadInput(
                    _("No file is chosen."), where="file", remedy=_("a .csv, .xlsx, .parquet or .jsonl file")
                )
            self.stated = self._find_stated_day()
            self._read_statement()
        except BadInput as error:
            self.asks_encoding = is_of_encoding(error)
            self._drop_if(lambda file: not can_wait(file))
            raise

    def _find_stated_day(self) -> date:
        """The day that was typed, else the one in the file's name."""
        if not self.typed["stated"]:
            days = list_days_in_name(self.name)
            if len(days) != 1:
                message = _("Nothing says on which day this file is stated.")
                raise BadInput(message, where="stated", remedy=_("a day, or a file with one day in its name"))
            self.typed["stated"] = days[0].isoformat()
        return parse_day(self.typed["stated"], "stated")

    def _read_statement(self) -> None:
        encoding = parse_encoding(self.typed["encoding"])
        try:
            statement = read_upload(self.submission_format, self.source, self.digest, self.stated, encoding)
        except NotFound as error:  # it was sent, or is too old
            if self.cleaned_data["step"] is ReviewStep.SEND:
                feed = self.submission_format.name
                self.earlier_submission = find_submission_by_digest(self.source, feed, self.stated, self.digest)
            if self.earlier_submission is None:
                raise BadInput(error.coded or error.message, where="file") from error
            return
        try:
            refuse_if_of_persons(statement)
        except BadInput:
            self._drop_if(lambda _file: True)
            raise
        self.statement = statement

    def _drop_if(self, is_unfit: Callable[[Path], bool]) -> None:
        with suppress(NotFound):
            if self.digest and not is_unfit(get_upload(self.source, self.digest)):
                return
        drop_upload(self.source, self.digest)
        self.digest = ""


def parse_encoding(text: str) -> Encoding | None:
    """The encoding that was chosen for a file; None where nothing was, or nothing that is one."""
    return next((encoding for encoding in ENCODINGS if encoding == text), None)


def parse_upload_token(token: str, source: str) -> dict[str, str]:
    """What a token stands for; raises BadInput for one that is old, forged or of another source."""
    try:
        values: dict[str, str] = signing.loads(token[:2_000], salt=SALT, max_age=DAY_SECONDS)
    except signing.BadSignature as error:
        raise BadInput(_("This preview is too old."), where="file", remedy=_("the file, sent again")) from error
    if values["source"] != source:
        raise BadInput(_("This preview is another source's."), where="file", remedy=_("the file, sent again"))
    return values


def read_upload(
    submission_format: SubmissionFormat, source: str, digest: str, stated: date, encoding: Encoding | None = None
) -> SubmittedStatement:  # fmt: skip
    """What a file that waits states; raises NotFound where it waits no more, and BadInput for one that is no such."""
    try:
        file = get_upload(source, digest)
        return read_statement(submission_format, source, file, stated, clock.get_now(), encoding=encoding)
    except FileNotFoundError:  # somebody sent it at this moment
        get_upload(source, digest)
        raise
