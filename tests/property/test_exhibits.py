"""Whatever is handed in as evidence is taken or refused, and nothing that acts gets in."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.exhibits import REAL, chunk, object_stream, pdf, stream
from tests.profiles import share_of_examples

from goodstanding.errors import BadFile
from goodstanding.evidence.file_names import LONGEST, clean_file_name
from goodstanding.evidence.images import check_jpeg, check_png
from goodstanding.evidence.inspection import InspectedFile, inspect_file
from goodstanding.evidence.media_types import ENDINGS, TITLES
from goodstanding.evidence.office_documents import check_office_document
from goodstanding.evidence.pdf import check_pdf
from goodstanding.evidence.pdf_objects import ReadingAllowance, read_value
from goodstanding.evidence.text_files import check_csv_table, check_text

ENDS = st.sampled_from(sorted(REAL))
SEEDS = st.integers(0, 2**32)
ACTION = b"<< /S /JavaScript /JS (app.alert(1)) >>"
RICH = pdf(b"/Lang (en)", object_stream(b"<< /Title (x) >>", b"[1 2 3]"), stream(b"BT (text) Tj ET"))
TOKENS = st.sampled_from([*b"<< >> [ ] ( ) \\ /A 1 0 R < > % endobj stream #4a".split(), b" ", b"\n"])
CHECKS = (
    check_pdf,
    check_office_document,
    check_png,
    check_jpeg,
    check_text,
    check_csv_table,
)


def find_inspected_file(name: str, content: bytes) -> InspectedFile | None:
    """What a file is, or None where it is refused; any other error is a fault."""
    try:
        return inspect_file(name, content)
    except BadFile as refused:
        assert refused.where is not None
        assert refused.remedy
        return None


def damage_file(content: bytes, random: Random) -> bytes:
    """A file with some bytes changed, cut out, doubled or moved."""
    damaged = bytearray(content)
    for _change in range(random.randint(1, 8)):
        start = random.randrange(len(damaged) + 1)
        end = min(len(damaged), start + random.choice((1, 2, 4, 16, 64, len(damaged))))
        piece = bytes(damaged[start:end])
        damaged[start:end] = random.choice(
            (b"", piece + piece, random.randbytes(len(piece)), b"\x00" * len(piece), piece[::-1])
        )
    return bytes(damaged)


@settings(max_examples=share_of_examples(300))
@given(st.binary(max_size=400), ENDS, st.sampled_from([b"", *{content[:8] for content in REAL.values()}]))
def test_any_bytes_are_taken_or_refused(content: bytes, ending: str, first: bytes) -> None:
    """Random bytes, also behind the first bytes of a known format, end in an answer."""
    find_inspected_file(f"a.{ending}", first + content)


@settings(max_examples=share_of_examples(400))
@given(ENDS, SEEDS)
def test_bent_files_are_taken_or_refused(ending: str, seed: int) -> None:
    """Real files, changed, cut or with parts moved, end in an answer; what is taken has a type that is taken."""
    look = find_inspected_file(f"a.{ending}", damage_file(REAL[ending], Random(seed)))
    assert look is None or look.media_type in TITLES


@settings(max_examples=share_of_examples(300))
@given(st.sampled_from([*REAL.values(), RICH]), SEEDS, st.sampled_from(CHECKS))
def test_no_check_fails_on_what_another_is_for(content: bytes, seed: int, check) -> None:  # type: ignore[no-untyped-def]
    """Each check refuses what it cannot read, whatever it is given."""
    with suppress(BadFile):
        check(damage_file(content, Random(seed)))


@settings(max_examples=share_of_examples(200))
@given(ENDS, st.integers(0, 10_000))
def test_a_file_cut_short_is_refused(ending: str, length: int) -> None:
    """No part of a picture, document or archive passes for the whole."""
    content = REAL[ending]
    if ending in ("txt", "csv") or length >= len(content.rstrip(b"\n")):
        return
    cut = find_inspected_file(f"a.{ending}", content[:length])
    assert cut is None


@settings(max_examples=share_of_examples(200))
@given(st.integers(0, len(RICH)))
def test_a_program_put_anywhere_into_a_document_is_found(place: int) -> None:
    """A program is found between and inside objects, streams, texts and comments."""
    assert find_inspected_file("a.pdf", RICH[:place] + b" 30 0 obj " + ACTION + b" endobj " + RICH[place:]) is None


@settings(max_examples=share_of_examples(200))
@given(st.data())
def test_a_program_is_found_however_its_name_is_spelt(data: st.DataObject) -> None:
    """Any letters of the name may be escaped, in any case, in an object, an object stream or another stream."""
    spelt = b"".join(
        data.draw(st.sampled_from([bytes([byte]), b"#%02x" % byte, b"#%02X" % byte])) for byte in b"JavaScript"
    )
    value = b"<< /S /%s /X (app.alert(1)) >>" % spelt
    wrapped = data.draw(
        st.sampled_from([value, object_stream(b"17", value), stream(value), stream(value, b"", packed=False)])
    )
    assert find_inspected_file("a.pdf", pdf(b"", wrapped)) is None


@settings(max_examples=share_of_examples(100))
@given(ENDS, st.sampled_from([b"<script>alert(1)</script>", b"MZ", b"\x00" * 3 + b"evil", REAL["docx"], REAL["pdf"]]))
def test_nothing_can_be_put_behind_a_picture_a_document_or_an_archive(ending: str, behind: bytes) -> None:
    """A file that goes on after its end is refused."""
    if ending not in ("txt", "csv"):
        assert find_inspected_file(f"a.{ending}", REAL[ending] + behind) is None


@given(st.text() | st.text(alphabet="./\\:\x00\r\n\u202e\u200b\ud800 a\u0301工é\"';%", max_size=300))
@example("A\x08\u0300")
def test_a_plain_name_is_one_and_stays_one(name: str) -> None:
    """A name of at most 120 characters without folders, control characters or marks, which cleaning leaves as it is."""
    plain = clean_file_name(name)
    assert 0 < len(plain) <= LONGEST
    assert not set(plain) & set('/\\\x00\r\n\u202e\u200b"<>|?*:')
    assert plain.strip(". ") == plain
    assert clean_file_name(plain) == plain
    plain.encode()


@given(st.sampled_from(sorted(ENDINGS)), st.text(max_size=300))
def test_the_ending_of_a_name_survives(ending: str, stem: str) -> None:
    """However long a name is, it still says what the file is."""
    plain = clean_file_name(f"a{stem}.{ending}".replace("/", "").replace("\\", ""))
    assert plain.endswith(f".{ending}")


@settings(max_examples=share_of_examples(300))
@given(st.binary(max_size=300) | st.lists(TOKENS).map(b"".join), st.integers(0, 300))
def test_any_value_is_read_to_an_end(content: bytes, at: int) -> None:
    """Reading a value stops within the file, and takes no more than it is allowed."""
    allowance = ReadingAllowance(tokens=2_000)
    _value, end = read_value(content, at, allowance)
    assert end <= max(len(content), at)


@settings(max_examples=share_of_examples(60))
@given(st.binary(max_size=200), st.sampled_from([b"tEXt", b"zTXt", b"iCCP", b"eXIf"]))
def test_notes_in_a_picture_do_no_harm(note: bytes, kind: bytes) -> None:
    """A picture with notes of any content is a picture, and is sent as one only."""
    content = REAL["png"][:33] + chunk(kind, note) + REAL["png"][33:]
    look = find_inspected_file("a.png", content)
    assert look is None or look.media_type == "image/png"
