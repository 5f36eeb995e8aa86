"""Blocks to a text: every character is in a block, and pages begin with what stands on them."""

from __future__ import annotations

from hypothesis import given, strategies as st

from index.load.writer import Writer, with_title
from index.types import BlockKind, Document, Page

KINDS = st.sampled_from(
    [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.ROWS, BlockKind.RULE]
)


@given(st.lists(st.tuples(st.text(max_size=40), KINDS, st.sampled_from(["", "- "]))))
def test_every_visible_character_is_in_one_block(added: list[tuple[str, BlockKind, str]]) -> None:
    writer = Writer()
    for text, kind, marker in added:
        writer.add(text, kind, marker=marker)
    made = writer.parsed()
    at = 0
    for block in made.blocks:
        assert not made.text[at : block.start].strip()
        assert at <= block.start <= block.body < block.end
        at = block.end
    assert not made.text[at:].strip()


def test_pages_begin_where_their_first_block_does() -> None:
    writer = Writer()
    writer.page("p. 1")
    writer.add("The  eel\nis a fish.")
    writer.page("p. 2")
    writer.page("p. 3")
    writer.add("Turbines", BlockKind.HEADING, level=2)
    writer.add("one\n  two", BlockKind.ROWS)
    writer.page("p. 4")
    made = writer.parsed({"author": "", "title": "Eels"}, "#1")
    assert made.text == "The eel is a fish.\n\nTurbines\n\none\n  two"
    assert made.pages == (Page(0, "p. 1"), Page(20, "p. 3"))
    assert (made.meta, made.part) == ({"title": "Eels"}, "#1")
    document = Document("", made.text, "", "", pages=made.pages)
    assert [document.page(i) for i in (0, 19, 20, 40)] == ["p. 1", "p. 1", "p. 3", "p. 3"]
    assert Document("", "text", "", "").page(2) == ""


def test_a_title_goes_before_all_and_moves_the_rest() -> None:
    writer = Writer()
    writer.page("p. 1")
    writer.add("an eel", BlockKind.ITEM, marker="- ")
    made = with_title(writer.parsed({}, "#1"), "Eels")
    assert (made.text, made.part) == ("Eels\n\n- an eel", "#1")
    assert [(b.kind, made.text[b.body : b.end], b.level) for b in made.blocks] == [
        (BlockKind.HEADING, "Eels", 1),
        (BlockKind.ITEM, "an eel", 0),
    ]
    assert made.pages == (Page(6, "p. 1"),)


def test_what_is_only_carried_along_stands_together() -> None:
    writer = Writer()
    for line in ("> Is it?", "> Or not?"):
        writer.add(line, BlockKind.RULE)
    assert writer.parsed().text == "> Is it?\n> Or not?"


def test_a_page_may_begin_in_a_block() -> None:
    writer = Writer()
    writer.page("p. 1")
    writer.add("The eel climbs.")
    writer.page("p. 2", 7)
    writer.page("p. 3")
    writer.add("It rests.")
    made = writer.parsed()
    assert made.pages == (Page(0, "p. 1"), Page(8, "p. 2"), Page(17, "p. 3"))


def test_who_adds_a_block_is_told_where_it_stands() -> None:
    writer = Writer()
    assert writer.add(" ") is None
    added = [
        writer.add("The  eel\nclimbs."),
        writer.add("by night", BlockKind.ITEM, marker="- "),
        writer.add("  a\n  b", BlockKind.ROWS),
    ]
    made = writer.parsed()
    assert [made.text[b.body : b.end] for b in added if b] == ["The eel climbs.", "by night", "b"]
    assert added == [made.blocks[0], made.blocks[1], made.blocks[3]]
