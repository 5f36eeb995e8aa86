"""What is written is read again and compared; what a found file says, the second reader tells."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.kit.articles import Article, ArticlePart, articles
from benchmarks.kit.compared import Compared, found, table, text_of, worst
from benchmarks.kit.likeness import likeness
from benchmarks.kit.second_readers import second_readers
from benchmarks.kit.typeset import page_of
from benchmarks.kit.written import Producer, producers

QUAY = Article(
    "quay",
    "en",
    "The old quay",
    (
        ArticlePart("heading", "Its owners"),
        ArticlePart("paragraph", "The old quay was sold to the town & its people in 1973."),
        ArticlePart("heading", "Its rules"),
        ArticlePart("bullet", "It is mended each spring."),
        ArticlePart("bullet", "Nobody may moor there at night."),
        ArticlePart("heading", "Its visitors"),
        ArticlePart("number", "Ask the harbour master first."),
    ),
)


def test_an_article_says_the_numbers_of_its_lists() -> None:
    assert QUAY.text.splitlines()[-3:] == [
        "Nobody may moor there at night.",
        "Its visitors",
        "1. Ask the harbour master first.",
    ]


@pytest.mark.parametrize(
    ("suffix", "producer"),
    [(s, p) for s, p in producers() if "python" in p or p.endswith(("email", "json"))],
)
def test_what_is_written_is_read_by_both(suffix: str, producer: str, tmp_path: Path) -> None:
    file = tmp_path / f"quay{suffix}"
    producers()[suffix, producer].write({file: QUAY})
    lost = likeness(QUAY.text, text_of(file))
    assert lost.words == likeness(QUAY.text, QUAY.text).words
    assert lost.ordered == lost.words
    if not second_readers()[suffix].programs and "html" not in producer:
        other = second_readers()[suffix].read([file])[file]
        assert likeness(QUAY.text, other).words >= lost.words - 5


def test_a_page_holds_what_the_article_says(tmp_path: Path) -> None:
    (tmp_path / "quay.html").write_text(page_of(QUAY), "utf-8")
    assert likeness(QUAY.text, text_of(tmp_path / "quay.html")).shares == (1.0, 1.0, 1.0)


def test_a_producer_of_few_signs_says_what_it_cannot_write() -> None:
    assert Producer(print, encoding="cp1252").can(QUAY)
    assert not Producer(print, encoding="cp1252").can(
        QUAY._replace(parts=(ArticlePart("paragraph", "набережная"),))
    )


def test_found_files_are_compared_with_what_the_second_reader_reads(tmp_path: Path) -> None:
    text = "A line of the harbour's log, long enough to be compared with another. " * 3
    (tmp_path / "log.txt").write_text(text, "utf-8")
    (tmp_path / "short.txt").write_text("too short", "utf-8")
    (one,) = found(tmp_path)
    assert one.file.name == "log.txt"
    assert one.own.shares == (1.0, 1.0, 1.0)


def test_the_table_adds_up_each_producer_and_the_worst_file_comes_first() -> None:
    good, bad = likeness("a b", "a b"), likeness("a b", "b")
    ones = [
        Compared(".pdf", "groff", Path("good.pdf"), good, bad),
        Compared(".pdf", "groff", Path("bad.pdf"), bad),
    ]
    assert list(table(ones))[2:] == [
        "| pdf: groff | 2 | 85.7 | 85.7 | 100.0 | 1, 0 | 0, 0 | 66.7 / 66.7 / 100.0 |"
    ]
    assert next(worst(ones, 1)).startswith("  bad.pdf: ")


def test_a_file_that_is_refused_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    assert text_of(tmp_path / "broken.pdf") == ""


def test_articles_are_of_each_language_and_set_in_one_column_or_two(tmp_path: Path) -> None:
    rows = [
        {
            "doc": f"{lang}{title}{i}",
            "lang": lang,
            "title": title,
            "text": f"ArticlePart {i} was sold. Yes.",
        }
        for lang in ("en", "ru")
        for title in ("One_thing", "Two")
        for i in range(5)
    ]
    for name in ("xquad_multilingual.docs.jsonl.gz", "xquad_multilingual.jsonl.gz"):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    made = articles(tmp_path, 2)
    assert [(a.name, a.title, a.columns) for a in made[:2]] == [
        ("en0", "One thing", 1),
        ("en1", "Two", 2),
    ]
    assert len(made) == 4
    assert [part.kind for part in made[0].parts].count("bullet") == 2
    assert len(articles(tmp_path, 1)) == 2
