"""The words that answer, found again in the document: the right ones, whole ones, or none."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.language.alphanumerics import as_shown, letters
from index.language.cleaning import clean
from index.passages.chunking import split
from index.passages.texts import labelled
from index.types import Document, Passage, Sentence, Span
from rag.query import AskedQuestion
from rag.reader.candidates import Standing, standing
from rag.reader.cross_encoder import CrossEncoder
from rag.reader.emphasis import MOST_WORDS, answering_words
from rag.reader.trained import FOLDER
from tests.doubles import FakeEncoder, document
from tests.judged import judged
from tests.strategies import documents


def pointed_at(text: str, words: str, read: str | None = None) -> str | None:
    """What is emphasised in a document of one sentence when the model points at `words`."""
    made = document(text, "made.md")
    seen = clean(text) if read is None else read
    start = seen.index(words)
    found = answering_words(made, Span(0, len(text)), seen, Span(start, start + len(words)))
    return found and made.cut(found)


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("It is 41 metres tall.", "41 metres", "41 metres"),
        ("It is 41\n  metres tall.", "41 metres", "41\n  metres"),
        ("It rests for twelve hours.", "welve hou", "twelve hours"),
        ("He paid “twelve shillings”, no more.", '"twelve shillings"', "twelve shillings"),
        ("It has **41** metres and _two_ lamps.", "two", "two"),
        ("He read [the Act](http://x.y/z(1)) aloud.", "Act", "Act"),
        ("He read [the Act](http://x.y/z) at noon.", "noon", "noon"),
        ("Founded in 1987—the year of the eel.", "1987", "1987"),
        ("It costs $5.00 or more.", "5.00", "$5.00"),
        ("About 50 % is enough.", "50", "50 %"),
        ("There were three (3) of them.", "three (3", "three (3)"),
        ("They left (in 1987) by boat.", "1987)", "1987"),
        ("The U.S. did not.", "U.S", "U.S."),
        ("soft\u00adhyphens and ﬁsh.", "fish", "ﬁsh"),
        ("Ein e\u0301tude von Chopin.", "étude", "e\u0301tude"),
        ("1 and 1 and 1 are 3.", "1 are", "1 are"),
    ],
)
def test_where_the_words_stand(text: str, words: str, shown: str) -> None:
    assert pointed_at(text, words) == shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Amelia Miller", "Amelia Miller"),
        ("• Amelia Miller.", "Amelia Miller"),
        ("a b c d e f g h i j k l m n o", "a b c d e f g h i j k l m"),
        ("This is so.", "."),
        ("He read [the Act][1] aloud.", "aloud"),  # cleaning took a letter away
        ("東京は日本の首都です。", "東京"),  # one word to a program that knows spaces alone
    ],
)
def test_words_that_do_not_stand_out_or_are_not_found(text: str, words: str) -> None:
    assert pointed_at(text, words) is None


def test_a_long_line_of_signs_takes_no_time() -> None:
    assert pointed_at("-" * 100_000 + " 41 metres", "metres") == "metres"


def test_of_a_label_nothing_is_emphasised() -> None:
    read = "The Act. Author, written by, who wrote this: By Amelia Miller"
    assert pointed_at("By Amelia Miller", "Amelia Miller", read) == "Amelia Miller"
    assert pointed_at("By Amelia Miller", "this: By", read) is None
    assert pointed_at("By Amelia Miller", "Author", read) is None


def test_a_title_that_repeats_the_words_moves_nothing() -> None:
    read = "By Amelia Miller. Author, written by, who wrote this: By Amelia Miller"
    made = document("By Amelia Miller")
    start = read.rindex("Amelia")
    assert answering_words(made, Span(0, 16), read, Span(start, start + 6)) == Span(3, 9)


@given(st.data(), documents())
def test_what_is_emphasised_is_what_was_pointed_at(data: st.DataObject, made: Document) -> None:
    passages: list[Passage] = split(made, FakeEncoder().count_tokens)
    for passage in passages:
        sentence = data.draw(st.sampled_from(passage.sentences))
        read = labelled(made, sentence)
        edges = st.integers(0, len(read))
        start, end = sorted((data.draw(edges), data.draw(edges)))
        found = answering_words(made, sentence.span, read, Span(start, end))
        if found is None:
            continue
        assert sentence.start <= found.start < found.end <= sentence.end
        assert found != sentence.span
        text = made.cut(found)
        assert len(re.split(r"[\s—]+", text)) <= MOST_WORDS + text.count(" – ")
        assert letters(read[start:end]) in letters(as_shown(text)) or "](" in text
        # nothing is cut within a word
        around = made.text[found.start - 1 : found.start + 1], made.text[found.end - 1 :][:2]
        assert not any(len(pair) == 2 and pair.isalnum() for pair in around if found.start)


class _Read:
    """Documents of one sentence, and the reader that ships."""

    def __init__(self) -> None:
        self.model = CrossEncoder(FOLDER, threads=2)

    def emphasised(self, question: str, sentence: str) -> str:
        made = document(sentence)
        whole = Span(0, len(sentence))
        passage = Passage(made, *whole, sentences=(Sentence(*whole),))
        asked = AskedQuestion(question)
        (read,) = self.model.read(asked, [passage])
        found = self.model.words(asked, passage, 0, read)
        return made.cut(found) if found else ""


@pytest.fixture(scope="module")
def reader() -> _Read:
    return _Read()


@pytest.mark.slow
@pytest.mark.parametrize("case", judged("contrastive"), ids=lambda case: case["id"])
def test_of_two_candidates_the_wrong_one_is_never_emphasised(
    case: dict[str, Any], reader: _Read
) -> None:
    words = reader.emphasised(case["question"], case["sentence"])
    assert not any(wrong in words for wrong in case["wrong"])
    assert not words or any(right in words or words in right for right in case["right"])


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        (
            "How tall is the lighthouse?",
            "The lighthouse on the mole is 41 metres tall.",
            "41 metres",
        ),
        ("When was the harbour dredged?", "The harbour was dredged in 1987.", "1987"),
        ("Who wrote the report?", "The report was written by Greta Holm.", "Greta Holm"),
    ],
)
def test_the_only_candidate_is_emphasised(
    question: str, sentence: str, words: str, reader: _Read
) -> None:
    assert reader.emphasised(question, sentence) == words


@pytest.mark.parametrize(
    ("question", "sentence", "words", "how"),
    [
        ("When does it end?", "It begins on 1 April 2022 and ends on 31 March 2027.",
         "31 March 2027", Standing.BESIDE),
        ("When does it end?", "It begins on 1 April and ends on 31 March.",
         "1 April and ends on 31 March", Standing.NONE),
        ("When did it end?", "It ended in Rome in 1987.", "Rome", Standing.NONE),
        ("When did it end?", "It ended on Sunday, 9 June.", "Sunday, 9 June", Standing.ALONE),
        ("What did Otto Lind build?", "Otto Lind built the Elde Bridge.", "Elde Bridge",
         Standing.ALONE),
        ("How much is it?", "Adults pay €14 and children €6.", "€14", Standing.BESIDE),
        ("How long did it wait?", "It waited for thirty-seven minutes, not four.",
         "thirty-seven minutes", Standing.BESIDE),
        ("Where is it kept?", "Marta saw it in Rome.", "Rome", Standing.BESIDE),
        ("Where is it kept?", "Visitors see it in Rome.", "Rome", Standing.ALONE),
        ("What holds 15 boats?", "5 of 15 harbours hold them and 6 do not.", "5", Standing.BESIDE),
        ("What cleans it?", "Wipe it with alcohol.", "alcohol", Standing.UNKNOWN),
    ],
)  # fmt: skip
def test_what_stands_beside_the_words(
    question: str, sentence: str, words: str, how: Standing
) -> None:
    start = sentence.index(words)
    assert standing(AskedQuestion(question), sentence, Span(start, start + len(words))) is how
