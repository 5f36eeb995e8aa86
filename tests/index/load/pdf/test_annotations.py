"""What lies on a page: typed text, notes with their author, stamps; and what nobody sees of it."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from index.load.loading import load_file
from tests.index.load.pdf.forms import Rect, data, lines_of, load, lying
from tests.index.load.pdfs import line, lines, pdf, stream

BODY = lines("The eels are counted in May, below the weir.", "Nobody counts them in June at all.")
TEXT = "The eels are counted in May, below the weir. Nobody counts them in June at all."
HERE: Rect = (40.0, 345.0, 120.0, 360.0)
NO_FORM = "/Lang (en)"


def test_typed_text_stands_behind_its_label_or_by_itself() -> None:
    content = f"{BODY}\n{line(40, 300, 'Name of the weir:')}"
    marks = [
        lying("FreeText", (150, 297, 300, 311), "/Contents (Upper Orre)"),
        lying("FreeText", (40, 200, 300, 214), "/Contents (Received on 4 March.)"),
        lying("FreeText", (250, 345, 390, 358), "/Contents (seen by K. Lund)"),
    ]
    assert lines_of(content, marks, catalog=NO_FORM) == [
        TEXT, "seen by K. Lund", "Name of the weir: Upper Orre", "Received on 4 March.",
    ]  # fmt: skip


def test_comments_stand_behind_their_page_with_their_author() -> None:
    marks = [
        lying("Text", HERE, "/T (Ida Holm) /Contents (Ask Ole.\\rHe knows.)"),
        lying("Highlight", HERE, "/T (Ole Berg) /Contents (In April, too.)"),
        lying("Square", HERE, "/Contents (Which weir?)"),
        lying("Highlight", HERE, "/T (Ole Berg) /Contents (counted in May)"),  # of the page
        lying("Text", HERE, "/T (Ida Holm) /Contents (Accepted) /StateModel (Review)"),
        lying("Popup", HERE, "/Contents (Ask Ole.)"),
        lying("Link", HERE, "/Contents (a link)"),
    ]
    assert lines_of(BODY, marks) == [
        TEXT,
        "Comment by Ida Holm: Ask Ole. He knows.",
        "Comment by Ole Berg: In April, too.",
        "Comment: Which weir?",
    ]


def test_a_comment_has_the_page_that_it_is_on() -> None:
    mark = lying("Text", HERE, "/T (Ida Holm) /Contents (Ask Ole.)")
    file = pdf([BODY, line(40, 300, "Two.")], page="/Annots [10 0 R]", more=[mark])
    (document,) = load_file(file, "a.pdf").documents
    first, second = (document.text.index("Ask"), document.text.rindex("Ask"))
    assert [document.page(first), document.page(second)] == ["p. 1", "p. 2"]


def test_what_is_struck_out_is_read_and_named() -> None:
    loaded = load(BODY, [lying("StrikeOut", HERE, "/T (Ole)"), lying("StrikeOut", HERE, "")])
    assert [d.text for d in loaded.documents] == [TEXT]
    (failure,) = loaded.failures
    assert failure.partly
    assert failure.reason == (
        "form.pdf, p. 1: 2 passages are struck out and read all the same; to have it left out, "
        "delete it and save anew"
    )


def test_what_is_hidden_is_named_and_not_read() -> None:
    marks = [
        lying("Text", HERE, "/F 2 /Contents (Fire Ole.)"),
        lying("FreeText", HERE, "/F 32 /Contents (Sell the weir.)"),
        lying("StrikeOut", HERE, "/F 2"),
    ]
    loaded = load(BODY, marks)
    (document,), (failure,) = loaded.documents, loaded.failures
    assert document.text == TEXT
    assert document.meta["aside"] == "Fire Ole. Sell"
    assert "2 stretches of text (23 characters)" in failure.reason


def test_what_a_stamp_or_a_signature_draws_is_read() -> None:
    drawn = stream(
        line(2, 4, "Signed by Kari Lund"),
        "/Type /XObject /Subtype /Form /BBox [0 0 200 15] /Resources << /Font << /F1 4 0 R >> >>",
    )
    place = (40, 200, 240, 215)
    stamp = lying("Stamp", place, "/F 4 /AP << /N 11 0 R >>")
    signature = lying("Widget", place, "/F 4 /FT /Sig /T (s) /AP << /N 11 0 R >>")
    note = lying("Text", HERE, "/Contents (Ask Ole.)")
    for mark in (stamp, signature):
        assert lines_of(BODY, [mark], more=[drawn]) == [TEXT, "Signed by Kari Lund"]
    hidden = stamp.replace("/F 4", "/F 2")
    assert lines_of(BODY, [hidden], more=[drawn]) == [TEXT]
    assert lines_of(BODY, [stamp.replace("11 0", "12 0"), note], more=[drawn])[1:] == [
        "Signed by Kari Lund", "Comment: Ask Ole.",
    ]  # fmt: skip


marks = st.builds(
    lambda kind, rect, flags, words: lying(
        kind, (rect[0], rect[1], rect[2], rect[3]), f"/F {flags} /Contents ({words}) /T ({words})"
    ),
    st.sampled_from(["Text", "FreeText", "Stamp", "StrikeOut", "Widget", "Caret", "Odd"]),
    st.tuples(*[st.integers(-50, 450)] * 4),
    st.integers(0, 64),
    st.sampled_from(["", "weir", "Nobody counts", "\\\\377\\\\376x"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(marks, max_size=5))
def test_whatever_lies_on_a_page_the_page_is_read(lie: list[str]) -> None:
    (document,) = load_file(data(BODY, lie), "a.pdf").documents
    assert TEXT in " ".join(document.text.split())
