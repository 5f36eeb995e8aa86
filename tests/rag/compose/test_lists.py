"""A list is one quotation: what leads to it and all its members, wherever it was met."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.passages.chunking import split
from index.passages.table import PassageTable
from index.types import Document, Sentence, Span
from rag.compose.lists import MOST, whole_list
from tests.doubles import FakeEncoder, document

LIST = "Bring to the pier:"
MADE = f"""# Rules

Everybody is welcome. {LIST}

- a lamp. It must burn.
- two ropes
- bread

The pier opens at six.

1. Ring the bell.
2. Wait.
"""


def section_of(made: Document, words: str) -> tuple[Span, tuple[Sentence, ...]]:
    """Where a sentence that holds these words stands, and its section."""
    passages = split(made, FakeEncoder().count_tokens)
    table = PassageTable.from_passages([made], passages)
    at, passage = next((s, p) for p in passages for s in p.sentences if words in made.cut(s.span))
    return at.span, tuple(s for own in table.around(passage) for s in own.sentences)


def found_by(words: str, made: Document, *, several: bool = False) -> tuple[str, list[str]] | None:
    found = whole_list(made, *section_of(made, words), several=several)
    if found is None:
        return None
    return " ".join(map(made.cut, found.leads)), [made.cut(m) for m in found.members(made)]


@pytest.mark.parametrize("words", [LIST, "a lamp", "It must burn", "two ropes", "bread"])
def test_its_lead_and_each_member_find_the_whole_list(words: str) -> None:
    members = ["a lamp. It must burn.", "two ropes", "bread"]
    assert found_by(words, document(MADE, "a.md")) == (LIST, members)


def test_steps_are_found_in_order() -> None:
    found = found_by("Wait", document(MADE, "a.md"))
    assert found == ("", ["Ring the bell.", "Wait."])


@pytest.mark.parametrize("words", ["Everybody", "opens at six"])
def test_what_stands_beside_a_list_is_none_of_it(words: str) -> None:
    assert found_by(words, document(MADE, "a.md")) is None


def test_one_member_is_no_list_and_a_thousand_are_too_many() -> None:
    assert found_by("lamp", document("Bring:\n\n- a lamp\n\nThat is all.\n", "a.md")) is None
    many = "".join(f"- lamp {n} of the pier\n" for n in range(MOST + 1))
    assert found_by("lamp 7 ", document(f"Bring:\n\n{many}", "a.md")) is None


PARAGRAPHS = [f"Lamp {n} burns. It was lit in May. The keeper saw it." for n in range(3)]


def test_paragraphs_are_a_list_where_they_are_numbered_alone() -> None:
    dashed = document("".join(f"- {p}\n" for p in PARAGRAPHS), "a.md")
    assert found_by("Lamp 1", dashed) is None
    numbered = document("".join(f"{n}. {p}\n" for n, p in enumerate(PARAGRAPHS, 1)), "a.md")
    assert found_by("Lamp 1", numbered) == ("", PARAGRAPHS)


def test_a_list_that_is_several_passages_long_is_found_from_each() -> None:
    many = [f"lamp {n} of the long pier of Tarn" for n in range(300)]
    made = document("Bring:\n\n" + "".join(f"- {m}\n" for m in many), "a.md")
    for words in ("lamp 0 ", "lamp 150 ", "lamp 299 "):
        assert found_by(words, made) == ("Bring:", many)


def test_paragraphs_are_a_list_where_several_things_are_asked_for() -> None:
    made = document("We advise this.\n\n" + "".join(f"- {p}\n" for p in PARAGRAPHS), "a.md")
    assert found_by("Lamp 1", made, several=True) == ("", PARAGRAPHS)
    assert found_by("We advise", made, several=True) == ("We advise this.", PARAGRAPHS)
    assert found_by("We advise", made) is None


def test_a_picture_is_no_end_of_a_list_and_other_text_is() -> None:
    for between, is_end in (("![A lamp](lamp.png)", False), ("```\nlamp\n```", True)):
        made = document(f"Bring:\n\n- ropes\n- bread\n\n{between}\n\n- salt\n- tea\n", "a.md")
        found = found_by("ropes", made)
        assert found is not None
        assert ("tea" not in found[1]) is is_end


STEPS = """# Lamp

1. Climb the tower.

The stairs are wet in winter.

2. Light the lamp.

3. Ring the bell.

The pier opens at six.
"""


@pytest.mark.parametrize("words", ["Climb", "stairs", "Light", "Ring"])
def test_what_stands_between_two_steps_is_part_of_them(words: str) -> None:
    steps = [
        "Climb the tower.",
        "The stairs are wet in winter.",
        "Light the lamp.",
        "Ring the bell.",
    ]
    assert found_by(words, document(STEPS, "a.txt")) == ("", steps)


def test_what_stands_below_the_last_step_or_between_others_is_not() -> None:
    assert found_by("opens at six", document(STEPS, "a.txt")) is None
    apart = "1. Climb the tower.\n\nThe stairs are wet.\n\n3. Light the lamp.\n"
    assert found_by("stairs", document(apart, "a.txt")) is None


NESTED = """# Boote

1. Jedes Boot hat einen Platz am Steg.
   a. Davon sind ausgenommen:
      - Ruderboote
      - Boote des Hafens
      - Gäste bis drei Tage
   b. Ein Platz gilt ein Jahr.
2. Der Hafenmeister führt die Liste.
"""


@pytest.mark.parametrize("words", ["ausgenommen", "Ruderboote", "Gäste"])
def test_a_list_in_a_list_is_quoted_with_the_member_that_leads_to_it(words: str) -> None:
    members = ["Ruderboote", "Boote des Hafens", "Gäste bis drei Tage"]
    assert found_by(words, document(NESTED, "a.md")) == ("Davon sind ausgenommen:", members)


@pytest.mark.parametrize("words", ["Jedes Boot", "gilt ein Jahr", "Hafenmeister"])
def test_a_member_of_the_outer_list_finds_all_of_it(words: str) -> None:
    found = found_by(words, document(NESTED, "a.md"))
    assert found is not None
    assert len(found[1]) == 7


@given(st.lists(st.sampled_from(["- a lamp\n", "- two\n", "\nIt is so.\n\n", "\n# Pier\n\n"])))
def test_a_list_is_a_stretch_of_its_section(lines: list[str]) -> None:
    made = document("".join(["It begins.\n\n", *lines]), "a.md")
    passages = split(made, FakeEncoder().count_tokens)
    table = PassageTable.from_passages([made], passages)
    for passage in passages:
        section = [s for own in table.around(passage) for s in own.sentences]
        assert set(passage.sentences) <= set(section)
        for sentence in passage.sentences:
            found = whole_list(made, sentence.span, section)
            if found is not None:
                assert sentence.span in found.parts
                assert list(found.parts) == sorted(found.parts)
                assert "item" in {s.role for s in section if s.span in found.sentences}
                assert "#" not in made.text[found.parts[0].start : found.parts[-1].end]
