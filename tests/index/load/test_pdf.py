"""PDF: what is refused and why, pages and their names, what the file says of itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from pypdfium2 import raw

from index import limits
from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.loading import Loaded, load_file
from index.types import BlockKind, Document
from tests.index.load.pdfs import line, lines, pdf, stream

FORMATS = Path(__file__).parents[2] / "formats"
PICTURE = "10 10 m 20 20 l S\n" * 50


def load(data: bytes, source: str = "file.pdf") -> Document:
    loaded = load_file(data, source)
    assert not loaded.failures
    return loaded.documents[0]


def words(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[b.body : b.end] for b in document.blocks if b.kind is kind]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(data, "file.pdf")
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "there is nothing in it; remove it"),
        (b" \n", "there is nothing in it; remove it"),
        (b"%PDF-1.7\n", "it is damaged, or no PDF; open it in a PDF viewer and save it anew"),
        (b"Dear clerk,", "it is damaged, or no PDF; open it in a PDF viewer and save it anew"),
        (pdf([]), "there are no pages in it; save it anew, or remove it"),
        (pdf(["", ""]), "its pages are empty; remove it"),
        (pdf([""] * 2001), "it has 2,001 pages, and 2,000 is the most that is read; split it"),
        (
            (FORMATS / ".refused" / "locked.pdf").read_bytes(),
            "it is protected by a password; save it without one",
        ),
        (
            (FORMATS / ".refused" / "scanned.pdf").read_bytes(),
            "its pages are pictures without text; "
            "run OCR over the file, for example ocrmypdf, and add what it writes",
        ),
    ],
)
def test_what_is_refused_says_what_to_do(data: bytes, why: str) -> None:
    assert refusal(data) == f"file.pdf: {why}"


def test_an_encryption_that_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "FPDF_GetLastError", lambda: raw.FPDF_ERR_SECURITY)
    why = "its encryption is of a kind that cannot be read; save it without"
    assert refusal(b"%PDF") == f"file.pdf: {why}"


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHARS", 20)
    assert refusal(pdf([line(40, 300, "Eels climb.")] * 3)) == (
        "file.pdf: over 0 million characters of text; split it into smaller files"
    )


def test_pages_without_text_are_one_failure_that_names_them() -> None:
    text = line(40, 300, "The ferry sails at nine.")
    loaded = load_file(pdf([PICTURE, text, PICTURE, PICTURE, ""]), "a.pdf")
    assert [d.text for d in loaded.documents] == ["The ferry sails at nine."]
    assert loaded.documents[0].page(0) == "p. 2"
    (failure,) = loaded.failures
    assert failure.source == "a.pdf, pp. 1, 3-4"
    assert failure.reason.startswith("a.pdf, pp. 1, 3-4: pictures without text; run OCR over")


def test_damaged_pages_are_a_failure_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = raw.FPDF_LoadPage
    monkeypatch.setattr(raw, "FPDF_LoadPage", lambda d, n: None if n == 1 else whole(d, n))
    loaded = load_file(pdf([line(40, 300, "Eels.")] * 3), "a.pdf")
    (failure,) = loaded.failures
    assert failure == Failure(
        "a.pdf, p. 2", "a.pdf, p. 2: damaged; open it in a PDF viewer and save it anew"
    )
    monkeypatch.setattr(raw, "FPDF_LoadPage", lambda d, n: None)
    assert refusal(pdf([line(40, 300, "Eels.")])) == (
        "file.pdf: its pages are damaged; open it in a PDF viewer and save it anew"
    )


def test_pages_are_called_by_their_labels() -> None:
    roman = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    pages = [line(40, 300, f"Page {word} begins here.") for word in ("one", "two", "three", "four")]
    document = load(pdf(pages, catalog=roman))
    assert [page.name for page in document.pages] == ["p. i", "p. ii", "p. 1", "p. 2"]


def test_a_label_that_stands_on_several_pages_has_the_running_number() -> None:
    twice = "/PageLabels << /Nums [0 << /S /D >> 2 << /S /D >>] >>"
    pages = [line(40, 300, f"Page {word} begins here.") for word in ("one", "two", "three", "four")]
    document = load(pdf(pages, catalog=twice))
    assert [p.name for p in document.pages] == ["p. 1", "p. 2", "p. 1 (3 of 4)", "p. 2 (4 of 4)"]


def test_a_paragraph_goes_on_over_a_page_end_and_its_sentences_have_their_own_page() -> None:
    first = lines(
        "The sluice is opened when the tide turns, and", "the warden writes the hour in a book that"
    )
    second = lines(
        "hangs beside the wheel. The council reads it.",
        "Nobody else does, or so they say in the inn.",
    )
    document = load(pdf([first, second]))
    assert words(document, BlockKind.PARAGRAPH) == [
        "The sluice is opened when the tide turns, and the warden writes the hour in a book that "
        "hangs beside the wheel. The council reads it. Nobody else does, or so they say in the inn."
    ]
    assert document.page(document.text.index("The sluice")) == "p. 1"
    assert document.page(document.text.index("hangs") - 1) == "p. 1"
    assert document.page(document.text.index("hangs")) == "p. 2"
    assert document.page(document.text.index("The council")) == "p. 2"


def test_a_word_that_a_page_end_parts_is_whole() -> None:
    first = lines(
        "The sluice is opened when the tide turns, and", "the clerk keeps the notes of the govern-"
    )
    second = lines(
        "ment in a chest. The council reads them there.",
        "Nobody else does, or so they say in the inn.",
    )
    document = load(pdf([first, second]))
    assert "the notes of the government in a chest." in document.text
    assert document.page(document.text.index("ment in")) == "p. 2"


@pytest.mark.parametrize(
    ("end", "begin"),
    [
        (
            "the warden writes the hour in a book today.",
            "every month the council reads what he wrote.",
        ),
        ("the warden writes it", "the council reads what the warden wrote there."),
        (
            "the warden writes the hour in a book that",
            "- the book hangs beside the wheel of the sluice",
        ),
    ],
)
def test_a_paragraph_ends_with_its_page(end: str, begin: str) -> None:
    first = lines("The sluice is opened when the tide turns, and", end)
    document = load(pdf([first, lines(begin, "and nobody else has read it for many a year.")]))
    assert len(document.blocks) == 2
    assert [page.start for page in document.pages] == [b.start for b in document.blocks]


def test_a_footnote_does_not_stand_between() -> None:
    first = lines(
        "The sluice is opened when the tide turns, and", "the warden writes the hour in a book that"
    )
    note = line(40, 60, "1 The book was begun in the year of the flood.", 7)
    second = lines(
        "hangs beside the wheel. The council reads it.",
        "Nobody else does, or so they say in the inn.",
    )
    document = load(pdf([f"{first}\n{note}", second]))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2
    assert [page.name for page in document.pages] == ["p. 1", "p. 2", "p. 1"]
    assert document.page(document.text.index("The book was")) == "p. 1"


def test_running_lines_are_rules_and_interrupt_nothing() -> None:
    def page(n: int, *texts: str) -> str:
        head = "The tide tables" if n % 2 else "Varn harbour"
        return "\n".join([line(40, 380, head, 8), lines(*texts), line(190, 20, f"- {n} -", 8)])

    pages = [
        page(
            n,
            f"The {noun} has a chapter of its own in the book,",
            f"where {noun} and harbour are compared, and it",
        )
        for n, noun in enumerate(("moon", "water", "ferry", "pilot", "wheel"), 3)
    ]
    document = load(
        pdf([*pages, page(8, "says so. Nobody has read it for many a year by", "now.")])
    )
    rules = words(document, BlockKind.RULE)
    assert [r for r in rules if r.startswith("-")] == [f"- {n} -" for n in range(3, 9)]
    assert rules.count("The tide tables") == rules.count("Varn harbour") == 3
    assert "where wheel and harbour are compared, and it says so. Nobody" in document.text
    assert len(words(document, BlockKind.PARAGRAPH)) == 1


def test_the_same_words_at_the_head_of_two_pages_of_many_stay_text() -> None:
    seen = ("Seven", "Seven", "Nine", "Four", "Twelve", "Ten")
    pages = [
        lines(f"{word} eels were seen at the lower gate.", f"It was the day of Saint {saint}.")
        for word, saint in zip(seen, "ABCDEF", strict=True)
    ]
    assert not words(load(pdf(pages)), BlockKind.RULE)


def test_the_title_of_some_slides_is_no_running_line() -> None:
    titles = ("Moon", "Tides", "Tides", "Tides", "Ferry", "Pilot")
    pages = [
        line(40, 350, title, 24) + "\n" + lines(f"Point {word} is made here.", y=300)
        for title, word in zip(titles, ("one", "two", "three", "four", "five", "six"), strict=True)
    ]
    assert words(load(pdf(pages)), BlockKind.HEADING) == list(titles)


@pytest.mark.parametrize(
    ("info", "catalog", "said"),
    [
        (
            "/Title (Tide tables) /Author (Ines Thistle) /CreationDate (D:20230214093000+01'00')",
            "/Lang (en-GB)",
            {"author": "Ines Thistle", "date": "2023-02-14", "language": "en"},
        ),
        (
            "/Title (Microsoft Word - tables.doc) /Author (Admin) /CreationDate (yesterday)",
            "/Lang (x)",
            {},
        ),
        ("/CreationDate (D:20231350)", "", {}),
        ("/CreationDate (D:19700101000000Z)", "", {}),
        (
            "/CreationDate (2021-06-30T12:00:00Z)",
            "/Lang (de)",
            {"date": "2021-06-30", "language": "de"},
        ),
    ],
)
def test_what_the_file_says_of_itself(info: str, catalog: str, said: dict[str, str]) -> None:
    document = load(pdf([lines("The moon was full.")], info=info, catalog=catalog))
    known = {k: v for k, v in document.meta.items() if k not in ("sha256", "loader")}
    assert known == {"language": "en", **said}


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Tide tables of Varn", "Tide tables of Varn"),
        ("Microsoft Word - Tide tables", "Tide tables"),
        ("Microsoft Word - tables.doc", "file"),
        ("untitled", "file"),
        ("File", "file"),
        ("x" * 400, "file"),
        ("PowerPoint Presentation", "file"),
        ("scan_0012.pdf", "file"),
    ],
)
def test_a_title_that_the_text_has_not_stands_above_it(title: str, shown: str) -> None:
    document = load(pdf([lines("The moon was full.")], info=f"/Title ({title})"))
    assert document.title == shown
    above = [] if shown == "file" else [shown]
    assert words(document, BlockKind.HEADING) == above


def test_headings_have_levels_by_their_size_and_weight() -> None:
    body = lines("The moon draws the water after it, twice a day.", y=280)
    page = "\n".join([
        line(40, 360, "Tide tables", 20),
        line(40, 330, "1. The moon", 14),
        line(40, 300, "Its quarters", 10, "F2"),
        body,
        line(40, 250, "42", 30),
    ])  # fmt: skip
    document = load(pdf([page]))
    heads = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    assert [(document.text[b.start : b.end], b.level) for b in heads] == [
        ("Tide tables", 1),
        ("1. The moon", 2),
        ("Its quarters", 3),
    ]
    assert document.title == "Tide tables"


def test_the_outline_names_headings_that_look_like_text() -> None:
    outline = [
        "<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
        "<< /Title (On the moon) /Parent 10 0 R /First 12 0 R /Last 12 0 R /Dest [13 0 R /Fit] >>",
        "<< /Title (Its quarters) /Parent 11 0 R /Dest [13 0 R /Fit] >>",
    ]
    page = "\n".join([
        line(40, 360, "On the moon"),
        line(40, 330, "Its quarters"),
        lines("The moon draws the water after it, twice a day.", y=300),
    ])  # fmt: skip
    document = load(pdf([page], catalog="/Outlines 10 0 R", more=outline))
    heads = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    assert [(document.text[b.start : b.end], b.level) for b in heads] == [
        ("On the moon", 1),
        ("Its quarters", 2),
    ]


def test_an_outline_that_leads_in_circles_ends() -> None:
    outline = [
        "<< /Type /Outlines /First 11 0 R /Last 11 0 R >>",
        "<< /Title (On) /Parent 10 0 R /First 11 0 R /Next 11 0 R >>",
    ]
    document = load(pdf([lines("The moon.")], catalog="/Outlines 10 0 R", more=outline))
    assert document.text == "The moon."


def test_what_was_filled_into_a_form_is_read() -> None:
    look = stream(
        "BT /F1 10 Tf 2 4 Td (Ottilie Marsh) Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 150 16] /Resources << /Font << /F1 4 0 R >> >>",
    )
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ottilie Marsh) "
        "/Rect [160 296 310 312] /F 4 /AP << /N 11 0 R >> >>"
    )
    data = pdf(
        [line(40, 300, "Name of the applicant:")],
        catalog="/AcroForm << /Fields [10 0 R] >>",
        page="/Annots [10 0 R]",
        more=[field, look],
    )
    assert load(data).text == "Name of the applicant: Ottilie Marsh"


def test_nothing_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    open_: list[str] = []

    def watch(opens: str, closes: str) -> None:
        begin, end = getattr(raw, opens), getattr(raw, closes)

        def opened(*given: Any) -> Any:
            made = begin(*given)
            open_.extend([opens] * bool(made))
            return made

        def closed(*given: Any) -> None:
            open_.remove(opens)
            end(*given)

        monkeypatch.setattr(raw, opens, opened)
        monkeypatch.setattr(raw, closes, closed)

    watch("FPDF_LoadMemDocument64", "FPDF_CloseDocument")
    watch("FPDF_LoadPage", "FPDF_ClosePage")
    watch("FPDFText_LoadPage", "FPDFText_ClosePage")
    watch("FPDF_StructTree_GetForPage", "FPDF_StructTree_Close")
    load((FORMATS / "minutes-tagged.pdf").read_bytes())
    refusal(pdf([]))
    monkeypatch.setattr(limits, "MAX_CHARS", 5)
    refusal(pdf([lines("The moon was full.")] * 2))
    assert open_ == []


@pytest.mark.slow
def test_several_may_read_at_once() -> None:
    files = sorted(FORMATS.glob("*.pdf")) * 2

    def read(file: Path) -> Loaded:
        return load_file(file.read_bytes(), file.name)

    with ThreadPoolExecutor(4) as pool:
        assert [r.documents for r in pool.map(read, files)] == [read(f).documents for f in files]


@given(st.binary(max_size=300))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    for held in (data, b"%PDF-1.7\n" + data):
        with pytest.raises(UnreadableDocument, match=r"\Afile\.pdf: .+; .+"):
            load_file(held, "file.pdf")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(p.name for p in FORMATS.glob("*.pdf"))),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30),
)
def test_a_damaged_file_loads_or_is_refused(
    name: str, kept: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray((FORMATS / name).read_bytes())
    for at, value in flips:
        data[int(at * (len(data) - 1))] = value
    cut = bytes(data[: int(kept * len(data))]) if kept > 0.5 else bytes(data)
    try:
        documents = load_file(cut, name).documents
    except UnreadableDocument:
        return
    assert all(d.text and d.blocks for d in documents)


@pytest.mark.slow
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=30),
            max_size=6,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_letter_is_kept(pages: list[list[str]]) -> None:
    def seen(text: str) -> list[str]:
        return sorted(c for c in text if c.isascii() and c.isalnum())

    held = [[text for text in page if text.strip()] for page in pages]
    data = pdf([lines(*page, pitch=30) for page in held])
    try:
        text = load_file(data, "file.pdf").documents[0].text
    except UnreadableDocument:
        text = ""
    assert seen(text) == seen("".join(t for page in held for t in page))
