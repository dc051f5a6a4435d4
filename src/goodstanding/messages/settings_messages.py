"""What is wrong with a register's folder and settings."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_SETTING_WRONG = _("The setting %(name)s is %(value)s.")


class SettingsMessage(MessageCode):
    """Why a register cannot be opened as its settings say."""

    FOLDER_WITHOUT_REGISTER = (
        "folder-without-register",
        _("There is no register in %(folder)s."),
        _("goodstanding init DIR makes one; --register DIR or GOODSTANDING_REGISTER names another folder"),
    )
    SETTINGS_UNREADABLE = "settings-unreadable", _("The settings cannot be read.")
    SETTING_UNKNOWN = "setting-unknown", _("Unknown setting: %(names)s."), _("one of %(settings)s")
    SETTING_TYPE = (
        "setting-type",
        _SETTING_WRONG,
        _('a text in quotation marks; for demonstration true or false, for lists ["…", "…"]'),
    )
    SETTING_NO_COUNT = "setting-no-count", _SETTING_WRONG, _("a whole number above 0")
    VARIABLE_NO_SWITCH = "variable-no-switch", _("The variable says neither yes nor no: %(value)s."), _("1 or 0")
    VARIABLE_NO_COUNT = (
        "variable-no-count",
        _("The variable is no number that can be: %(value)s."),
        _("a whole number from 0 to %(most)s"),
    )
    DISK_FULL = (
        "disk-full",
        _("The disk is full, or fails; what was under way was not written: %(problem)s"),
        _("free space, then the same again"),
    )
    DISK_READ_ONLY = (
        "disk-read-only",
        _("The register's files cannot be opened for writing: %(problem)s"),
        _("files and folder that belong to who runs the program, on a disk that can be written"),
    )
    DATABASE_LOCKED = (
        "database-locked",
        _("Another program holds the register's database: %(problem)s"),
        _("the same again when the other is done"),
    )
    DATABASE_DAMAGED = (
        "database-damaged",
        _("The register's database is damaged, or its disk is: %(problem)s"),
        _("goodstanding verify says what; goodstanding rebuild makes the tables anew, a backup gives the ledger back"),
    )
    DATABASE_AWAY = (
        "database-away",
        _("The register's database does not answer: %(problem)s"),
        _("a server that runs, at the address in GOODSTANDING_DATABASE or goodstanding.toml"),
    )
    DATABASE_FAILS = "database-fails", _("The register's database refuses: %(problem)s")
    POINTER_UNREADABLE = (
        "pointer-unreadable",
        _("The number of the tables in use cannot be read."),
        _("a whole number, that of the file in the same folder; without the file, 1"),
    )
    CLOCK_OF_REGISTER_IN_USE = (
        "clock-of-register-in-use",
        _("The day of a register in use is the day it is; nothing was started."),
        _("no %(variable)s, or a demonstration register"),
    )
    CLOCK_NO_DAY = "clock-no-day", _("%(text)s is no day."), _("YYYY-MM-DD, such as 2027-01-05")
    WITNESS_WITHOUT_WAY = (
        "witness-without-way",
        _("The setting witnesses names no way to a witness: %(address)s."),
        _("file:/a/path or https://an.address; http:// only to this machine itself"),
    )
    MAIL_WITHOUT_WAY = (
        "mail-without-way",
        _("The setting mail names no way to send."),
        "console:, folder:outbox, smtp://user:password@host:587 or smtps://user:password@host:465",
    )
