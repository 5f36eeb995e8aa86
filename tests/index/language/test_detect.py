"""Which language a text is in: English is not lost to noise, and a file's own word is weighed."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

import seeds
from index.language import detect
from index.language.detect import code_of, language_of, word_count
from index.load.loading import load_file
from tests.doubles import WORLD

TESTS = Path(__file__).parents[2]
GERMAN = (TESTS / "formats" / "hafenordnung.txt").read_text("utf-8")
DANISH = "Ålen vandrer om efteråret fra åen ud i havet, og fiskerne må ikke fange den i december."
TEXTS = {
    "de": GERMAN,
    "fr": (TESTS / "formats" / "anguille.txt").read_text("utf-8"),
    "zh": (TESTS / "formats" / "gangkou.txt").read_text("utf-8"),
    "es": "El puerto se dragó en 1987 y las anguilas volvieron al río dos años más tarde.",
    "it": "Il porto di Montalga fu dragato nel 1987; le anguille tornarono due anni dopo.",
    "da": DANISH,
    "ru": "Гавань углубили в 1987 году.",
    "ar": "جُرِف الميناء عام 1987.",
    "he": "הנמל הועמק בשנת 1987.",
    "ja": "港は1987年に浚渫された。",
    "ko": "항구는 1987년에 준설되었다.",
    "th": "ท่าเรือถูกขุดลอกในปี 1987",
    "hi": "बंदरगाह को 1987 में गहरा किया गया।",
    "el": "Το λιμάνι βυθοκορήθηκε το 1987.",
}
UNCLEAR = [
    "", " ", "1987", "Müller", "By Ida Holm", "3 mai 2021", "Café Zürich, Genève", "Menu", "…",
    "The harbour of Brell", "Share on Twitter", "Total: 1,204; Q1: 12; Q2: 33",
    " ".join(str(n * 7919) for n in range(300)), "for i in range(10): print(x[i])",
    "By Søren Kjær and Zoë Müller\nÅrhus", "https://www.beispiel.de/nachrichten/der-hafen-von-brell",
    "ⴰⵣⵓⵍ", "☃ ☃ ☃", "\ud800\udfff", "x" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_short_or_unclear_is_english(text: str) -> None:
    assert language_of(text) == "en"


def test_english_is_not_lost() -> None:
    pages = sorted((TESTS / "index/layout/pages").glob("*.txt"))
    articles = sorted(seeds.FOLDER.glob("*.txt"))
    found = {p.name: language_of(p.read_text("utf-8")) for p in (*pages, *articles)}
    assert len(found) == 25
    assert {name: code for name, code in found.items() if code != "en"} == {
        "20-stadtwald.txt": "de"
    }
    lines = [line for p in (*pages[:19], *articles) for line in p.read_text("utf-8").splitlines()]
    assert [line for line in lines if language_of(line) != "en"] == []
    assert {language_of(text) for text in WORLD.values()} == {"en"}


def test_a_foreign_name_in_an_english_text_does_not_speak_for_its_script() -> None:
    name = "أبو زيد عبد الرحمن بن محمد بن صقر"
    text = f"Ibn Saqr (Arabic: {name}) kept the lighthouse of Brell for years."
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        (GERMAN, "en", "de"),  # a template's tag
        (GERMAN, "en-US", "de"),
        (GERMAN, "de-AT", "de"),
        (WORLD["harbour.txt"], "de", "en"),
        ("Der Hafen", "de", "de"),  # too short to tell: the file is believed
        ("1987", "fr", "fr"),
        (DANISH, "nb", "no"),  # as likely as Danish
        (DANISH, "xx", "da"),
        (DANISH, "", "da"),
        ("Der Hafen", "x-default", "en"),
    ],
)
def test_what_a_file_says_is_believed_unless_its_text_speaks_against_it(
    text: str, said: str, language: str
) -> None:
    assert language_of(text, said) == language


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("en", "en"), ("en_GB.UTF-8", "en"), (" DE-de ", "de"), ("deu", "de"), ("ger", "de"),
        ("German", "de"), ("Français", "fr"), ("English (UK)", "en"), ("nb-NO", "no"), ("iw", "he"),
        ("zh-Hant-TW", "zh"), ("yue", "zh"), ("中文", "zh"), ("cy", "cy"), ("", ""), ("-", ""),
        ("und", ""), ("vo", ""), ("q", ""), ("klingon", ""), ("\ud800", ""),
    ],
)  # fmt: skip
def test_tags_and_names_of_languages_are_two_letters(said: str, code: str) -> None:
    assert code_of(said) == code


def test_what_the_folders_owner_says_decides() -> None:
    data = WORLD["harbour.txt"].encode()
    assert load_file(data, "a.txt").documents[0].meta["language"] == "en"
    assert load_file(data, "a.txt", {"language": "German"}).documents[0].language == "de"
    assert load_file(data, "a.txt", {"language": "??"}).documents[0].language == "en"


def test_a_document_without_a_language_is_english() -> None:
    (document,) = load_file(b"It was dredged.", "a.txt").documents
    assert document.language == document.meta["language"] == "en"


@pytest.mark.slow
def test_the_model_is_loaded_once_and_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from py3langid.langid import LanguageIdentifier

    loads: list[str] = []
    real = LanguageIdentifier.from_model_file

    def counted(file: str, **settings: Any) -> Any:
        loads.append(file)
        return real(file, **settings)

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", counted)
    monkeypatch.setattr(socket, "socket", refuse)
    detect._load.cache_clear()
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(language_of(GERMAN))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["de"] * 4
    assert len(loads) == 1


@pytest.mark.parametrize(
    ("line", "count"),
    [("", 0), ("the eel weir", 3), ("naïve café", 2), ("疏浚船将从北港池", 5), ("AI 技术", 3)],
)
def test_two_characters_of_a_script_without_spaces_make_a_word(line: str, count: int) -> None:
    assert word_count(line) == count
