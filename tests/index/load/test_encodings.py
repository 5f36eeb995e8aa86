"""The encodings of what is no Unicode, and what may stand in words."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, strategies as st

from index.load.encodings import detect, is_words


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Köln",
        "don’t – 5 °C, 3 m², 2 µm, nº 4",
        "渡し船のPDFファイル",
        "PDFファイルとCSVファイル",
        "Tiê\u0301ng Viê\u0323t",  # its tones apart
        "ที่ถนน",
        "camelCase",
    ],
)
def test_words(text: str) -> None:
    assert is_words(text, torn=0.5)


@pytest.mark.parametrize(
    "text",
    [
        "libertа",  # the last letter is Cyrillic
        "grьЯe",
        "Schl•ssel",
        "bel\x81",
        "",
    ],
)
def test_no_words(text: str) -> None:
    assert not is_words(text)


def test_a_tear_in_a_long_text_is_borne() -> None:
    assert is_words("größer " * 20 + "Schl•ssel")
    assert not is_words("größer " * 4 + "Schl•ssel")


def test_degrees_are_no_characters_of_big5() -> None:
    text = "Between 13 °C and 23 °F, or 5 °C."
    assert next(detect(text.encode("cp1252"))) != "cp950"


def test_the_small_letters_of_koi8_are_no_chinese() -> None:
    data = "должны рабочими".encode("koi8-r")
    assert data.decode("gb18030")  # it could be: the words have even numbers of letters
    assert next(detect(data)) in ("koi8-r", "koi8-u")


@given(st.binary(min_size=1, max_size=100).filter(lambda data: not data.isascii()))
def test_each_is_a_codec_of_python_that_reads_the_bytes(data: bytes) -> None:
    for encoding in detect(data):
        assert codecs.lookup(encoding)
        # the end may be amid a character
        assert codecs.getincrementaldecoder(encoding)().decode(data) is not None
