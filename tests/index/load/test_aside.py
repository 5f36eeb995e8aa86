"""Words of a file that are not in its text are kept, so that nobody says they stand nowhere."""

from __future__ import annotations

from io import BytesIO

from docx import Document as Docx

from index.language import Query
from index.load.loading import load_text
from index.search.mentions import Mention, Missing, Where
from tests.index.search.test_multilingual import retriever_over

PAGE = b"""<title>Minutes</title><style>.zebra {}</style><script>let quagga</script>
<nav><a>Members</a></nav><main><h1>Minutes of May</h1><p>The assembly raised the levy on barges
by two shillings, and nobody spoke against it.</p><p hidden>Okapi.</p></main>
<footer><p>Contact: Gunnar</p></footer>"""
RECORDS = b"""[{"text": "The assembly raised the levy on barges by two shillings.",
"clerk": "Gunnar", "author": "Ida Holm", "views": 12}]"""


def test_a_pages_frame_and_what_it_hides_are_told_apart_from_nowhere() -> None:
    page = load_text(PAGE, "minutes.html")
    assert page.meta["aside"] == "Members Okapi. Contact: Gunnar"
    missing = retriever_over([page]).missing(
        Query("Did Gunnar, a member, contact okapi, zebra or quagga?")
    )
    told = [Mention(w, "minutes.html", Where.LEFT_OUT) for w in ("Gunnar", "contact", "okapi")]
    inside = Mention("member", "minutes.html", Where.LEFT_OUT)
    assert missing == Missing(("zebra", "quagga"), (told[0], inside, *told[1:]))


def test_a_label_without_a_value_of_its_own_is_told_apart_from_nowhere() -> None:
    record = load_text(RECORDS, "minutes.json")
    assert record.meta["aside"] == "text"
    assert retriever_over([record]).missing(Query("Was Gunnar the text? Ida? Zoe?")) == Missing(
        ("Zoe",), (Mention("text", "minutes.json#1", Where.LEFT_OUT),)
    )


def test_the_margins_and_comments_of_a_word_file_are_told_apart_from_nowhere() -> None:
    made = Docx()
    run = made.add_paragraph("The assembly raised the levy").add_run(" on barges by two shillings.")
    made.sections[0].header.paragraphs[0].text = "Gunnar\tLund"
    made.sections[0].footer.paragraphs[0].add_run("Okap")
    made.sections[0].footer.paragraphs[0].add_run("is")  # one word in two runs
    made.add_comment(run, "Is this right?", "Zoe", "Z")
    data = BytesIO()
    made.save(data)
    file = load_text(data.getvalue(), "minutes.docx")
    assert file.meta["aside"] == "Is this right?"
    missing = retriever_over([file]).missing(Query("Gunnar okapis right quagga?"))
    assert missing.nowhere == ("quagga",)
    assert {m.word: m.where for m in missing.mentions} == {
        "Gunnar": Where.FURNITURE,
        "okapis": Where.FURNITURE,
        "right": Where.LEFT_OUT,
    }


def test_of_a_page_that_is_all_text_nothing_is_kept_aside() -> None:
    page = load_text(b"<p>The caf\xc3\xa9 is open, <b>always</b>.</p><p>And so on.</p>", "a.html")
    assert "aside" not in page.meta
