"""Near-copies collapse, texts that were edited never do, and a plain oracle says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from index.copies.copies import Copies
from index.copies.digests import SIZE, digest, letter_count
from index.copies.near import HOLDERS
from index.language.alphanumerics import letters
from index.passages.chunking import split
from index.passages.table import PassageTable
from index.types import Document
from tests.doubles import FakeEncoder, document
from tests.index.copied import oracle
from tests.index.copied.articles import ARTICLES
from tests.index.copied.pairs import COPIES, EDITS, Pair, dressed
from tests.judged import judged


def table_of(documents: Sequence[Document], limit: int = 256) -> PassageTable:
    passages = [p for d in documents for p in split(d, FakeEncoder().count_tokens, limit)]
    return PassageTable.from_passages(documents, passages)


def standing_of(documents: Sequence[Document]) -> list[list[int]]:
    """For each document the numbers that stand for its sentences."""
    table = table_of(documents)
    found, edges = Copies.of(table).standing.tolist(), table.edges.tolist()
    return [found[a:b] for a, b in pairwise(edges)]


@pytest.mark.slow
@pytest.mark.parametrize("limit", [60, 256])
@pytest.mark.parametrize("pair", COPIES, ids=str)
def test_a_copy_in_another_dress_stands_for_what_both_say(pair: Pair, limit: int) -> None:
    table = table_of(pair.documents, limit)
    found = Copies.of(table).standing[table.edges[1] :]
    first, second = pair.documents
    spans = table.sentences[table.edges[1] :, :2].tolist()
    both = [letters(second.cut((a, b))) in letters(first.text) for a, b in spans]
    assert [n == 0 for n in found.tolist()] == both
    assert set(found.tolist()) <= {0, -1}
    assert 0 in found


@pytest.mark.slow
@pytest.mark.parametrize("pair", EDITS, ids=str)
def test_a_text_that_was_edited_is_no_copy(pair: Pair) -> None:
    assert standing_of(pair.documents) == [[-1] * len(s) for s in standing_of(pair.documents)]


@pytest.mark.slow
@pytest.mark.parametrize("pair", EDITS, ids=str)
def test_nor_is_it_with_another_footer_in_another_order(pair: Pair) -> None:
    for changed in dressed(pair):
        assert {n for own in standing_of(changed.documents) for n in own} == {-1}


@pytest.mark.parametrize("pair", judged("near_copies"), ids=lambda pair: pair["id"])
def test_of_judged_pairs_the_same_ones_collapse(pair: dict[str, Any]) -> None:
    texts = (pair["one"], pair["other"])
    for one, other in (texts, texts[::-1]):
        first, second = standing_of([document(one, "one.txt"), document(other, "other.txt")])
        assert set(first) == {-1}
        assert (0 in second) is pair["same"]


def test_pairs_enough() -> None:
    assert len(COPIES) == len(EDITS) == 50
    assert len(ARTICLES) >= 12
    assert len({p.article for p in COPIES}) == len({p.article for p in EDITS}) == len(ARTICLES)
    counts = [len(table_of([document(t, n)]).sentences) for n, t in ARTICLES.items()]
    assert min(counts) >= 6
    assert max(counts) <= 30


SAME_WORDS = [
    ("The eel was counted.", "The  eel\nwas “counted”"),
    ("It isn't 1,204 – yet.", "It isn’t 1,204 - yet."),
    ("Pages 10–12", "pages 10-12"),
    ("the har-\nbour", "The harbour"),
    ("At −5 degrees", "At -5 degrees"),
]
OTHER_WORDS = [
    ("It rose by 1.5 metres.", "It rose by 15 metres."),
    ("It fell to 5 degrees.", "It fell to -5 degrees."),
    ("A fee of £5.", "A fee of $5."),
    ("p < 0.05", "p > 0.05"),
    ("3% of 5", "3 of 5%"),
    ("10⁵ eels", "105 eels"),
    ("1½ litres", "112 litres"),
    ("From 12 3", "From 1 23"),
    ("Written in C++.", "Written in C."),
    ("Bonfires: ✓", "Bonfires: ✗"),
    ("It was carried.", "It was not carried."),
]


@pytest.mark.parametrize(("one", "other"), SAME_WORDS)
def test_how_words_are_set_is_no_difference(one: str, other: str) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(("one", "other"), OTHER_WORDS)
def test_what_changes_the_sense_is_one(one: str, other: str) -> None:
    assert digest(one) != digest(other)


@given(st.text())
def test_a_digest_says_how_many_letters_there_are(text: str) -> None:
    assert len(digest(text)) == SIZE
    assert letter_count(digest(text)) == len(letters(text))


@given(st.text(st.characters(max_codepoint=127)))
def test_the_letters_of_plain_text_are_those_of_any_text(text: str) -> None:
    assert letters(f"{text}ß") == f"{letters(text)}ss"


# sentences of which some are variants of others, and headings
SENTENCES = [
    "The eel of Tarn is long and thin.",
    "The eel of Tarn is 12 years old.",
    "The eel of Tarn is 13 years old.",
    "Nobody counted the herons at the weir in spring.",
    "Nobody counted the geese at the weir in spring.",
    "Bread.",
    "Rye bread needs a sour starter and much time.",
    "Rye bread does not need a sour starter and much time.",
    "A mill stood there.",
    "Signed, Ida Holm.",
    "Ida Holm was in the chair.",
    "Karl Berg was in the chair.",
    "Signed, Karl Anders Berg.",
    "Its wheel broke twice in one winter, and was mended by two brothers from the coast.",
]
TITLES = ["Eels", "Herons", "Eels of 1987", "The eels of Tarn", "The geese of Tarn"]
HEADINGS = ["Threats", "Food", "Threats in 1990", "Threats in 1991"]
LINES = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from(SENTENCES[:4]),
        st.sampled_from([f"## {h}" for h in HEADINGS]),
        st.sampled_from(["- The first ditch.", "- The second ditch.", "Two of them:", "A few:"]),
    ),
    min_size=1,
    max_size=9,
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    """A few documents made of the same few lines, most of them changed from one before them."""
    made: list[list[str]] = []
    for _ in range(draw(st.integers(2, HOLDERS))):
        again = bool(made) and draw(st.booleans())
        lines = list(draw(st.sampled_from(made) if again else LINES))
        for _ in range(draw(st.integers(0, 2))):
            at = draw(st.integers(0, len(lines)))
            lines[at : at + draw(st.integers(0, 1))] = draw(LINES)[:2]
        made.append(draw(st.permutations(lines)) if draw(st.booleans()) else lines)
    titles = [draw(st.sampled_from(TITLES[:1] * 9 + TITLES)) for _ in made]
    texts = ["\n\n".join([f"# {t}", *lines, "End."]) for t, lines in zip(titles, made, strict=True)]
    found = [document(text, f"{i}.md") for i, text in enumerate(dict.fromkeys(texts))]
    return [d for d in found if d.text]


@pytest.mark.slow
@settings(max_examples=200)
@given(corpora())
def test_a_plain_oracle_says_the_same(documents: list[Document]) -> None:
    table = table_of(documents)
    assert Copies.of(table).standing.tolist() == oracle.near_copies(table)


@pytest.mark.slow
@given(corpora())
def test_what_stands_for_a_sentence_says_it_and_stands_itself(documents: list[Document]) -> None:
    table = table_of(documents)
    found = Copies.of(table).standing
    of = np.repeat(table.rows[:, 0], table.rows[:, 2])
    said = [
        letters(documents[n].cut((a, b)))
        for n, (a, b) in zip(of.tolist(), table.sentences[:, :2].tolist(), strict=True)
    ]
    for row in np.flatnonzero(found >= 0).tolist():
        original = int(found[row])
        assert original < of[row]
        assert said[row] in [s for s, n in zip(said, of.tolist(), strict=True) if n == original]
        assert (found[of == original] == -1).all()
        assert set(found[of == of[row]].tolist()) <= {original, -1}


FAMILIES = [
    Document(d.id, d.text, d.title, f"{i}{d.source}", d.meta, d.blocks)
    for i, d in enumerate([*COPIES[0].documents, *COPIES[5].documents, *EDITS[12].documents])
]


def groups(documents: Sequence[Document]) -> set[frozenset[str]]:
    """The sources that stand for one another."""
    found = defaultdict(set)
    for number, own in enumerate(standing_of(documents)):
        found[max(own) if max(own) >= 0 else number].add(documents[number].source)
    return {frozenset(group) for group in found.values()}


@pytest.mark.slow
@given(st.permutations(FAMILIES))
def test_the_order_of_documents_says_only_which_stands_for_the_other(
    documents: list[Document],
) -> None:
    assert groups(documents) == groups(FAMILIES)
    assert sorted(map(len, groups(FAMILIES))) == [1, 1, 2, 2]


TEXT = """\
The fee for a boat is due in spring. It is paid at the window of the harbour office. The office
closes for lunch. Receipts are written by hand, in the order in which the boats were built.

The harbour master keeps the keys. He has two dogs, of which one is deaf and the other lame.
"""


def collapse(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the second of two files (name, text) is a near-copy of the first."""
    first, second = (document(text, source) for source, text in (one, other))
    return max(standing_of([first, second])[1]) >= 0


@pytest.mark.parametrize(
    ("one", "other", "are_copies"),
    [
        ("Harbour fees", "Harbour fees - Brell Times", True),
        ("Harbour fees", "The office closes, receipts are written by hand", True),
        ("Harbour fees of Brell", "Harbour fees of Tarn", False),
        ("Brell", "Tarn", False),
        ("Rules for guests of Brell Marina", "What Tarn asks", False),
        ("Harbour fees", "Harbour fees 2021", False),
        ("Harbour fees at 3.40 crowns", "Harbour fees at 34.0 crowns", False),
        ("Harbour fees in spring", "No harbour fees in spring", False),
    ],
)
def test_titles(one: str, other: str, are_copies: bool) -> None:
    files = [(f"{i}.md", f"# {title}\n\n{TEXT}") for i, title in enumerate((one, other))]
    files[1] = (files[1][0], files[1][1] + "\nCopied by the harbour museum.\n")
    assert collapse(*files) == collapse(*files[::-1]) == are_copies


@pytest.mark.parametrize(
    ("one", "other", "are_copies"),
    [
        ("fees-2020.txt", "fees-2021.txt", True),  # nobody called them that
        ("Fees 2020.txt", "Fees 2021.txt", True),
        ("a.md", "Minutes of 3 May.md", True),
    ],
)
def test_the_name_of_a_file_is_no_title(one: str, other: str, are_copies: bool) -> None:
    assert collapse((one, TEXT), (other, f"{TEXT}\nCopied by hand.\n")) == are_copies


def test_a_title_that_names_its_file_too_is_one() -> None:
    files = [(f"{t}.md", f"# {t}\n\n{TEXT}") for t in ("Minutes of 3 May", "Minutes of 4 May")]
    assert not collapse(*files)


def test_a_sentence_under_another_heading_is_looked_at() -> None:
    fees = ["The fee is forty crowns.", "The fee is twenty crowns."]
    first = f"# Fees\n\n{TEXT}\n## Adults\n\n{fees[0]}\n\n## Children\n\n{fees[1]}\n"
    second = f"# Fees\n\n{TEXT}\n## Adults\n\n{fees[1]}\n\n## Children\n\n{fees[0]}\n"
    *same, adults, children = standing_of([document(first, "a.md"), document(second, "b.md")])[1]
    assert set(same) == {0}
    assert (adults, children) == (-1, -1)
    plain = document(second.replace("## Adults\n\n", "").replace("## Children\n\n", ""), "c.md")
    assert set(standing_of([document(first, "a.md"), plain])[1]) == {0}


def test_an_item_of_another_list_is_looked_at() -> None:
    first = (
        f"# Fees\n\n{TEXT}\nAdults pay:\n\n- Forty crowns.\n\nChildren pay:\n\n- Twenty crowns.\n"
    )
    second = first.replace("Forty", "x").replace("Twenty", "Forty").replace("x", "Twenty")
    found = standing_of([document(first, "a.md"), document(second, "b.md")])[1]
    assert found == [0] * 6 + [0, -1, 0, -1]


def test_where_a_line_ends_is_no_edit() -> None:
    mole = "The mole was built of the granite of Hallin by the old town itself between 1587 and"
    first = document(f"{TEXT}\n{mole}\n1591. It lasts.\n", "a.txt")
    second = document(f"{TEXT}\n{mole} 1591.\nIt lasts.\n\nSo it is said.\n", "b.txt")
    one, other = standing_of([first, second])
    assert len(one) == len(other) == 9  # the first is cut at the end of the line
    assert other == [0] * 8 + [-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Ida Holm", "By Jens Holt"),
        ("Signed, Ida Holm.", "Signed, Karl Anders Berg."),
        ("Bea Molnar was in the chair.", "Idris Vaughan was in the chair."),
        ("The vote was unanimous.", "The vote was not unanimous."),
        ("12 March 2018", "13 April 2018"),
        ("港は晴れです。", "港は雨です。"),
    ],
)
def test_the_first_and_the_last_sentence_show_an_edit_too(one: str, other: str) -> None:
    texts = [f"# Fees\n\n{said}\n\n{TEXT}" for said in (one, other)]
    assert not collapse(("a.md", texts[0]), ("b.md", texts[1]))
    texts = [f"# Fees\n\n{TEXT}\n{said}\n" for said in (one, other)]
    assert not collapse(("a.md", texts[0]), ("b.md", texts[1]))


def test_a_sentence_in_the_place_of_another_is_an_edit_and_behind_the_last_it_is_none() -> None:
    other = TEXT.replace("The office\ncloses for lunch.", "Nobody minds.")
    assert not collapse(("a.txt", TEXT), ("b.txt", other))
    ends = ["Nobody minds.", "It rains on most days of the year."]
    assert collapse(*((f"{i}.txt", f"{TEXT}\n{end}\n") for i, end in enumerate(ends)))


def test_a_copy_is_found_among_more_documents_than_are_tried_for_a_sentence() -> None:
    made = [
        document(f"{TEXT}\nBoat {n} lies at berth {n} of the mole.\n", f"{n}.txt")
        for n in range(3 * HOLDERS)
    ]
    assert {n for own in standing_of(made) for n in own} == {-1}
    last = document(f"{made[-1].text}\nPainted in spring by the school.\n", "copy.txt")
    assert max(standing_of([*made, last])[-1]) == 3 * HOLDERS - 1


def test_a_document_that_says_nothing_stands_alone() -> None:
    silent = [document("😀 ok", "a.txt"), document("😀 ok!", "b.txt")]
    assert standing_of([silent[0], document(TEXT, "c.txt"), silent[1]]) == [[], [-1] * 6, []]
    assert Copies.of(PassageTable.from_passages([], [])).standing.tolist() == []
