"""What the ledger refuses, and what does not hold in it: events and their erasure, notes, keys, proofs, tiles."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_ANOTHER_CONFIRMS = _("somebody else confirms")
_AT_MOST = _("at most %(most)s")


class LedgerMessage(MessageCode):
    """Why the ledger takes something not in, or does not hold."""

    # bodies of events
    NUMBER_NO_INTEGER = (
        "number-no-integer",
        _("%(number)s is not an integer"),
        _("count in the smallest unit and name the unit in the key"),
    )
    INTEGER_TOO_LARGE = (
        "integer-too-large",
        _("%(number)s is beyond 2^53-1, so some readers would change it"),
        _("write it as text"),
    )
    SURROGATE_ALONE = "surrogate-alone", _("a text holds half of a surrogate pair")
    BODY_TOO_DEEP = "body-too-deep", _("a body is nested too deeply")
    BODY_KEY_NOT_ASCII = "body-key-not-ascii", _("a key is not ASCII text")
    BODY_VALUE_NOT_PERMITTED = (
        "body-value-not-permitted",
        _("a body cannot hold %(value)s"),
        _("text, integers, booleans, null, lists and objects"),
    )
    BODY_NO_OBJECT = "body-no-object", _("a body is an object")
    BODY_NOT_JSON = "body-not-json", _("the bytes are not JSON: %(problem)s")
    BODY_NOT_CANONICAL = "body-not-canonical", _("the bytes are not the canonical form of what they say")
    BODY_SAYS_KIND = "body-says-kind", _("the ledger itself says kind and version")

    # what is appended, and read back
    TOO_MANY_DRAFTS = "too-many-drafts", _("%(number)s drafts in one call"), _AT_MOST
    DIGEST_LENGTH = "digest-length", _("a digest of another length"), _("%(size)s bytes")
    EVENT_KEY_NO_TEXT = "event-key-no-text", _("a key that no database keeps as text")
    EVENT_KEY_LIKE_TOMBSTONE = "event-key-like-tombstone", _("a key in the form of a tombstone")
    EVENT_KEY_ERASED = (
        "event-key-erased",
        _("What was filed under this key was erased."),
        _("a key of its own, if it is another matter"),
    )
    INSTANT_WITHOUT_ZONE = "instant-without-zone", _("an instant without a time zone"), _("an aware datetime")
    EVENTS_MISSING = "events-missing", _("events are missing")
    TILE_MISSING = "tile-missing", _("a tile is missing")
    ROWS_UNREADABLE = "rows-unreadable", _("the database cannot read its rows")

    # erasure
    ERASURE_NOT_REQUESTED = (
        "erasure-not-requested",
        _("No erasure was asked for at %(position)s."),
        _("the position of an ErasureAsked event"),
    )
    ERASURE_SIZE = "erasure-size", _("%(number)s events in one erasure"), _("1 to %(most)s")
    ERASURE_OF_NOTHING = "erasure-of-nothing", _("There is no such event, or it was erased before.")
    ERASURE_LACKS_REQUESTED = "erasure-lacks-requested", _("What was asked for is left out.")
    ERASURE_LACKS_VERSION = "erasure-lacks-version", _("A further version of the same is left out.")
    KIND_NEVER_ERASED = "kind-never-erased", _("%(kind)s is never erased")
    ERASURE_UNSIGNED = (
        "erasure-unsigned",
        _("an erasure without the signatures of who asked and who confirmed"),
        _ANOTHER_CONFIRMS,
    )
    ERASURE_SIGNED_BY_ONE = "erasure-signed-by-one", _("one person asked and confirmed"), _ANOTHER_CONFIRMS

    # the register's own keys
    SIGNING_KEY_EXISTS = "signing-key-exists", _("The register has a signing key already.")
    SIGNING_KEY_MISSING = "signing-key-missing", _("The register has no signing key."), "goodstanding init DIR"
    TOMBSTONE_SECRET_UNREADABLE = "tombstone-secret-unreadable", _("The secret of the tombstones cannot be read.")
    TOMBSTONE_SECRET_CUT_SHORT = (
        "tombstone-secret-cut-short",
        _("The secret of the tombstones is cut short."),
        _("a backup of the file"),
    )

    # keys, notes and checkpoints
    KEY_KIND = "key-kind", _("keys of kind %(kind)s are not read here"), _("an Ed25519 key")
    KEY_ID = "key-id", _("the key's id does not belong to it")
    KEY_FORM = "key-form", _("a key is its name, eight hexadecimal digits and base64, joined by plus signs")
    KEY_PARTS = "key-parts", _("a key is its name, eight hexadecimal digits and base64")
    KEY_LENGTH = "key-length", _("an Ed25519 key has 32 bytes after the one that tells its kind")
    KEY_NAME = "key-name", _("a key's name holds neither spaces nor plus signs")
    NO_PRIVATE_KEY = "no-private-key", _("this is not a private key"), _("a line that begins with %(start)s")
    PRIVATE_KEY_ID = "private-key-id", _("the private key's id does not belong to it")
    CHECKPOINT_LINES = (
        "checkpoint-lines",
        _("a checkpoint has an origin, a size, a root of 32 bytes and lines that are not empty"),
    )
    CHECKPOINT_FORM = "checkpoint-form", _("a checkpoint has an origin, a size and a root, a line each")
    CHECKPOINT_SPELLING = "checkpoint-spelling", _("the checkpoint is not written as it must be"), "%(right)s"
    CHECKPOINT_OF_ANOTHER_LOG = "checkpoint-of-another-log", _("the checkpoint is another log's"), "%(log)s"
    NOTE_FORM = "note-form", _("a note is text, an empty line, and 1 to 100 signature lines")
    NOTE_NOT_UTF8 = "note-not-utf-8", _("a note is UTF-8")
    NOTE_UNSIGNED = "note-unsigned", _("%(name)s has not signed this note")
    NOTE_SIGNED_TWICE = "note-signed-twice", _("%(name)s signed at more than one time")
    SIGNED_TEXT_FORM = (
        "signed-text-form",
        _("a signed text ends in a line break and holds no other control characters"),
    )
    SIGNATURE_WRONG = "signature-wrong", _("the signature of %(name)s does not hold")
    SIGNATURE_LINE_START = "signature-line-start", _("a signature line begins with an em dash")
    SIGNATURE_LINE_EMPTY = "signature-line-empty", _("a signature line holds no signature")
    NO_BASE64 = "no-base64", _("this is not base64")
    BASE64_SPELLING = "base64-spelling", _("this is not the one way to write it in base64")

    KEPT_CHECKPOINT_UNREADABLE = (
        "kept-checkpoint-unreadable",
        _("what was kept cannot be read as a checkpoint: %(problem)s"),
        _("the file as it was saved from the ledger page"),
    )

    # the tree and its proofs
    LEAF_BEYOND_TREE = "leaf-beyond-tree", _("a tree of %(size)s leaves has no leaf %(position)s")
    TREE_NOT_CONTINUED = "tree-not-continued", _("a tree of %(new)s leaves is no continuation of one of %(old)s")
    TREE_HASH_SIZE = "tree-hash-size", _("a hash has %(size)s bytes")
    TREE_ROOT_TWICE = "tree-root-twice", _("two roots are claimed for one size")
    TREE_EMPTY_ROOT = "tree-empty-root", _("an empty tree has another root")
    PATH_NEEDLESS = "path-needless", _("nothing needs showing between these sizes")
    PATH_TOO_LONG = "path-too-long", _("the path is too long")
    PATH_TOO_SHORT = "path-too-short", _("the path is too short")
    PATH_MISSES_ROOT = "path-misses-root", _("the path does not lead to the root")
    PATH_MISSES_OLD_ROOT = "path-misses-old-root", _("the path does not lead to the old root")
    PATH_MISSES_NEW_ROOT = "path-misses-new-root", _("the path does not lead to the new root")

    # tiles and other files of the log
    TILE_IMPOSSIBLE = "tile-impossible", _("no tile has level %(level)s, index %(index)s and width %(width)s")
    TILE_PATH = "tile-path", _("no tile has this path"), "tile/<level>/<index>[.p/<width>]"
    TILE_PATH_SPELLING = "tile-path-spelling", _("the tile has another path"), "%(right)s"
    TILE_LENGTH = (
        "tile-length",
        _("a tile of %(length)s bytes"),
        _("%(least)s to %(most)s hashes of %(size)s bytes"),
    )
    TILE_TOO_NARROW = "tile-too-narrow", _("the tile is too narrow for node (%(level)s, %(index)s)")
    ENTRY_TOO_LONG = "entry-too-long", _("an entry is longer than 65,535 bytes")
    BUNDLE_CUT_SHORT = "bundle-cut-short", _("a bundle of entries is cut short")
    BUNDLE_TOO_LARGE = "bundle-too-large", _("a bundle holds %(number)s entries"), _AT_MOST
    EVENT_UNKNOWN = "event-unknown", _("The ledger has no event %(position)s.")
    EVENT_BEYOND_CHECKPOINT = (
        "event-beyond-checkpoint",
        _("No event has position %(position)s in a ledger of %(size)s."),
    )
    TILE_UNKNOWN = "tile-unknown", _("The ledger has no such tile.")
    ENTRIES_UNKNOWN = "entries-unknown", _("The ledger has no such entries.")
    LOG_FILE_UNKNOWN = "log-file-unknown", _("The ledger has no such file.")
    NO_CHECKPOINT = "no-checkpoint", _("No checkpoint was signed.")
    NO_CHECKPOINT_OF_SIZE = "no-checkpoint-of-size", _("No checkpoint was signed at size %(size)s.")

    # witnesses
    WITNESS_AWAY = "witness-away", _("the witness cannot be reached, so it is tried again: %(problem)s")
    WITNESS_EMPTY = "witness-empty", _("the witness keeps no checkpoint yet, so nothing was compared")
    WITNESS_NOTE_UNREADABLE = (
        "witness-note-unreadable",
        _("the witness keeps what is no checkpoint of this ledger: %(problem)s"),
    )
    WITNESS_DIFFERS = (
        "witness-differs",
        _("the witness keeps a checkpoint of size %(size)s that is not this ledger's, so nothing was handed over"),
    )

    # what does not hold
    SPAN_UNREADABLE = "span-unreadable", "%(problem)s"
    EVENT_ABSENT = "event-absent", _("the event is missing")
    EVENT_UNCOVERED = "event-uncovered", _("no checkpoint covers the event")
    RECORDED_AT_ANOTHER_TIME = "recorded-at-another-time", _("recorded at %(recorded)s, but signed at %(signed)s")
    COMMITMENT_DIFFERS = "commitment-differs", _("body and salt do not give the commitment")
    FILED_DIFFERENTLY = "filed-differently", _("the event is filed under another key or digest than it was")
    BODY_DIFFERS_FROM_ROW = "body-differs-from-row", _("the row says %(row)s, the body says %(body)s")
    VERSION_WITHOUT_EARLIER = (
        "version-without-earlier",
        _("no earlier version comes before version %(version)s of %(key)s"),
    )
    TILE_NOT_STORED = "tile-not-stored", _("the tile is missing")
    TILE_DIFFERS = "tile-differs", _("the tile is not what its events give")
    TILE_WIDTH = "tile-width", _("%(length)s bytes, where a tree of %(size)s leaves has %(right)s")
    CHECKPOINT_ROW_DIFFERS = "checkpoint-row-differs", _("the checkpoint's row is not what its note says")
    CHECKPOINT_GONE = (
        "checkpoint-gone",
        _("it was signed after a checkpoint of size %(after)s, and the one before it here has size %(before)s"),
    )
    ROOT_DIFFERS = "root-differs", _("the events have another root than the checkpoint says")
    LEDGER_SHRUNK = "ledger-shrunk", _("the ledger held %(size)s events before")
    BODY_GONE = "body-gone", _("the body is gone and nothing says that it was erased")
    BODY_NOT_DESTROYED = "body-not-destroyed", _("its erasure is in the ledger, and so is its body")
    ERASED_ROW_DIFFERS = "erased-row-differs", _("what is left of the event is not what its erasure says")
    ERASURE_WITHOUT_REQUEST = "erasure-without-request", _("nobody asked for the erasure: %(problem)s")
    ERASURE_OF_ANOTHER_REQUEST = "erasure-of-another-request", _("another erasure was asked for")
    ERASURE_INCOMPLETE = "erasure-incomplete", _("more was asked for than it names")
    ERASURE_REQUESTED_BY_ANOTHER = "erasure-requested-by-another", _("somebody else asked for it")
    ERASURE_IMPOSSIBLE = "erasure-impossible", _("it names what cannot be erased")
