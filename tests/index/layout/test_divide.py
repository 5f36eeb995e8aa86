"""Every character is white space or in exactly one piece; every sentence in one passage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given

from index.encoder.encode import OnnxEncoder
from index.language.alphanumerics import as_shown, letters
from index.layout.divide import MAX_LETTERS, layout
from index.load.loading import load_text
from index.passages.chunking import split
from index.passages.texts import passage_text, prefix_of, sentence_text
from index.pieces import Kind, Piece
from index.types import Document, Passage
from tests.doubles import EELS, HARBOUR, FakeEncoder, document
from tests.strategies import documents


def pieces_of(text: str, source: str = "made.txt") -> list[tuple[Kind, str]]:
    made = document(text, source)
    return [(p.kind, made.text[p.start : p.end]) for p in layout(made)]


def passages_of(made: Document, limit: int = 256) -> list[Passage]:
    return split(made, FakeEncoder().count_tokens, limit)


def check_cover(made: Document, pieces: Sequence[Piece]) -> None:
    """Ordered, disjoint, not empty, and only white space between them."""
    at = 0
    for piece in pieces:
        assert at <= piece.start < piece.end
        assert not made.text[at : piece.start].strip(), repr(made.text[at : piece.start])
        cut = made.text[piece.start : piece.end]
        assert cut == cut.strip()
        at = piece.end
    assert not made.text[at:].strip(), repr(made.text[at:])


@given(documents())
@example(document("•first\n•second\n1. third\n(a) fourth\n- \n-\n"))
@example(document("\x1cword\x1d\x85next\u3000", "made.md"))
@example(document("- a\n\n  - b\n\n    > c\n    > 1. d\n", "made.md"))
def test_every_character_is_in_exactly_one_piece(made: Document) -> None:
    check_cover(made, layout(made))


@given(documents())
def test_every_sentence_is_in_exactly_one_passage(made: Document) -> None:
    sentences = [(p.start, p.end) for p in layout(made) if p.kind is Kind.SENTENCE]
    spoken = [s.span for p in passages_of(made) for s in p.sentences]
    assert spoken == sorted(spoken)
    assert all(a.end <= b.start for a, b in pairwise(spoken))
    # a long sentence is cut into several; together they are the sentence
    for start, end in sentences:
        inside = [s for s in spoken if start <= s.start and s.end <= end]
        left = list(made.text[start:end])
        for span in inside:
            left[span.start - start : span.end - start] = " " * (span.end - span.start)
        assert not "".join(left).strip()
    assert all(any(a <= s.start and s.end <= b for a, b in sentences) for s in spoken)


@given(documents())
def test_no_passage_crosses_a_heading(made: Document) -> None:
    headings = [p for p in layout(made) if p.kind in (Kind.HEADING, Kind.TITLE)]
    for passage in passages_of(made):
        assert not any(passage.start < h.end and h.start < passage.end for h in headings)


def tokens_of(passage: Passage, encoder: OnnxEncoder) -> int:
    texts = [
        sentence_text(passage.document, s._replace(lead=None, role="body"))
        for s in passage.sentences
    ]
    return sum(encoder.count_tokens(texts))


@pytest.mark.slow
@given(made=documents())
@example(made=document("ﷺ" * 170))
@example(made=document("한국어는" * 45))
@example(made=document("😀 " * 170 + "word"))
def test_no_passage_has_more_than_180_tokens(made: Document, tiny_encoder: OnnxEncoder) -> None:
    for passage in split(made, tiny_encoder.count_tokens, 256):
        # one character that folds to more tokens than have room cannot be cut
        if passage.end - passage.start > 1:
            assert tokens_of(passage, tiny_encoder) <= 180


@pytest.mark.slow
@given(made=documents())
@example(made=document("ﷺ" * 170))
@example(made=document("한국어는" * 45))
@example(made=document("चीनी कृत्रिम बुद्धिमत्ता " * 40))
def test_nor_with_the_default_encoder(made: Document, default_encoder: OnnxEncoder) -> None:
    for passage in split(made, default_encoder.count_tokens, default_encoder.config.max_tokens):
        assert tokens_of(passage, default_encoder) <= 180


@pytest.mark.parametrize("limit", [64, 128, 256, 512])
def test_a_lower_limit_of_the_encoder_makes_shorter_passages(
    limit: int, tiny_encoder: OnnxEncoder
) -> None:
    made = document("The harbour of Brell\n\n" + "The dredger removed mud from the basin. " * 200)
    found = split(made, tiny_encoder.count_tokens, limit)
    longest = max(tokens_of(p, tiny_encoder) for p in found)
    prefix = tiny_encoder.count_tokens([prefix_of(made.title, ())])[0]
    room = min(180, limit - prefix)
    assert room - 16 < longest <= room


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    "text", ["x" * 100_000, "word " * 20_000, "東京" * 50_000, "a\u3000" * 50_000]
)
def test_a_sentence_of_100000_characters_is_cut_and_nothing_lost(
    text: str, suffix: str, tiny_encoder: OnnxEncoder
) -> None:
    made = document(text, f"made{suffix}")
    pieces = layout(made)
    check_cover(made, pieces)
    assert all(p.end - p.start <= 4 * MAX_LETTERS for p in pieces)
    assert all(len(letters(as_shown(made.text[p.start : p.end]))) <= MAX_LETTERS for p in pieces)
    passages = split(made, tiny_encoder.count_tokens, 256)
    assert all(tokens_of(p, tiny_encoder) <= 180 for p in passages)
    spoken = "".join(made.cut(s.span) for p in passages for s in p.sentences)
    assert "".join(spoken.split()) == "".join(text.split())


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n"])
def test_a_line_break_between_blocks_ends_a_sentence(gap: str) -> None:
    assert pieces_of(f"a line of prose without an end{gap}and a second. A third.\n") == [
        (Kind.SENTENCE, "a line of prose without an end"),
        (Kind.SENTENCE, "and a second."),
        (Kind.SENTENCE, "A third."),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("marker", ["-", "*", "•", "1.", "2)"])
def test_bullets_and_numbers_are_markers(marker: str, suffix: str) -> None:
    text = f"We found these things:\n\n{marker} The first thing is mud.\n\nAfter it came more.\n"
    found = pieces_of(text, f"made{suffix}")
    assert (Kind.MARKER, marker) in found
    assert (Kind.SENTENCE, "The first thing is mud.") in found


def test_a_list_item_carries_the_sentence_that_introduces_it() -> None:
    made = document(EELS, "eels.md")
    leads = {
        made.cut(s.span): made.cut(s.lead)
        for p in passages_of(made)
        for s in p.sentences
        if s.lead is not None
    }
    assert leads == {
        "Turbines at the weir kill one eel in five.": "Three things threaten the eels:",
        "Warm summers empty the shallow ponds.": "Three things threaten the eels:",
        "Poachers take glass eels in spring.": "Three things threaten the eels:",
    }
    item = next(s for p in passages_of(made) for s in p.sentences if s.lead)
    assert sentence_text(made, item).startswith("Three things threaten the eels: Turbines")


def test_title_headings_furniture_and_prose_are_told_apart() -> None:
    found = pieces_of(HARBOUR)
    assert (Kind.TITLE, "The Harbour of Brell") in found
    assert (Kind.HEADING, "The lighthouse") in found
    assert (Kind.FURNITURE, "Loading comments...") in found
    assert (Kind.SENTENCE, "It took eleven months.") in found


def test_bylines_and_datelines_are_quotable_sentences_with_a_role() -> None:
    made = document(HARBOUR)
    roles = {made.text[p.start : p.end]: p.role for p in layout(made) if p.kind is Kind.SENTENCE}
    assert roles["By Ida Holm"] == "byline"
    assert roles["May 3, 2021"] == "dateline"
    assert roles["It took eleven months."] == "body"
    signed = {s.role for p in passages_of(made) for s in p.sentences if len(p.sentences) <= 2}
    assert {"byline", "dateline"} <= signed


def test_a_guessed_heading_below_a_number_stands_under_it() -> None:
    berths = "Harbour Act\n\nArticle 3\n\nBerths\n\nBerths are let by the year.\n\n"
    act = f"{berths}Article 4\n\nFines\n\nA fine is low.\n\nWinter\n\nThe harbour freezes.\n"
    passages = split(document(act, "act.txt"), FakeEncoder().count_tokens)
    paths = [("Article 3", "Berths"), ("Article 4", "Fines"), ("Winter",)]
    assert [p.headings for p in passages] == paths


def test_title_and_headings_stand_before_a_passage_but_not_in_it() -> None:
    made = document(EELS, "eels.md")
    passage = next(p for p in passages_of(made) if "Turbines" in p.text)
    assert passage.headings[-1] == "Threats"
    assert passage_text(passage).startswith("Eels in the river Tarn. Threats. Three things")
    assert "Threats" not in passage.text


def test_a_huge_heading_does_not_drown_its_passages() -> None:
    made = load_text(f"# {'long ' * 20_000}\n\nThe eel is a fish.\n".encode(), "made.md")
    (passage,) = passages_of(made)
    assert passage.text == "The eel is a fish."
    assert len(passage_text(passage)) < 2_000


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("he said it.\r\n\r\nthen he left.\r\n", ["he said it.", "then he left."]),
        ("\u200fשלום עולם. מה שלומך?\u200f\n", ["\u200fשלום עולם.", "מה שלומך?\u200f"]),
        ("これは文です。次の文です。\n", ["これは文です。", "次の文です。"]),
        (
            "the <b>mud</b> is <i>old</i>. it smells.\n",
            ["the <b>mud</b> is <i>old</i>.", "it smells."],
        ),
    ],
)
def test_other_writing_is_split_and_kept(text: str, sentences: list[str]) -> None:
    assert [cut for kind, cut in pieces_of(text) if kind is Kind.SENTENCE] == sentences


def test_markup_is_not_embedded() -> None:
    made = document(
        "he said the **mud** of [Brell](http://x.y) is <b>old</b> and “deep”.", "made.md"
    )
    (passage,) = passages_of(made)
    assert (
        sentence_text(made, passage.sentences[0]) == 'he said the mud of Brell is old and "deep".'
    )


@pytest.mark.slow
@pytest.mark.parametrize("space", ["  ", "\n", " <unk> ", " \n  "])
def test_a_dump_is_cut_at_the_same_words_whatever_stands_between_them(
    space: str, tiny_encoder: OnnxEncoder
) -> None:
    words = [f"entry{i} of the ledger," for i in range(900)]
    plain, other = (cut(document(s.join(words), "made.md"), tiny_encoder) for s in (" ", space))
    assert plain == other
    assert len(plain) > 10


def cut(made: Document, encoder: OnnxEncoder) -> list[str]:
    """The letters of each sentence."""
    passages = split(made, encoder.count_tokens)
    return [letters(as_shown(made.cut(s.span))) for p in passages for s in p.sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The model of 01.AI is good. It is new.", ["The model of 01.AI is good.", "It is new."]),
        ("Nach Abs. 2 gilt es. Vol. 3 ended.", ["Nach Abs. 2 gilt es.", "Vol. 3 ended."]),
        ("Para. 3 holds, Ex. 4 does not.", ["Para. 3 holds, Ex. 4 does not."]),
        ("He lives at No. 5. It is nice.", ["He lives at No. 5.", "It is nice."]),
        ("She said no. Two came.", ["She said no.", "Two came."]),
        ("Install the app. 3 steps follow.", ["Install the app.", "3 steps follow."]),
    ],
)
def test_a_point_inside_a_name_and_before_a_number_ends_no_sentence(
    text: str, sentences: list[str]
) -> None:
    assert [s for kind, s in pieces_of(f"{text}\n") if kind is Kind.SENTENCE] == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("**It may end. Now.** You may.", ["**It may end.", "Now.**", "You may."]),
        ("**Short: it may end.** You may.", ["**Short: it may end.**", "You may."]),
        ("_It is gone._ It stays.", ["_It is gone._", "It stays."]),
        ("Two * three is six. * Four is not.", ["Two * three is six.", "* Four is not."]),
    ],
)
def test_a_closing_mark_belongs_to_the_sentence_that_it_closes(
    text: str, sentences: list[str]
) -> None:
    found = [s for kind, s in pieces_of(f"# A\n\n{text}\n", "a.md") if kind is Kind.SENTENCE]
    assert found == sentences
