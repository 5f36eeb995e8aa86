"""A long block is looked at in windows: its sentences are those of all of it."""

from __future__ import annotations

import pytest
import sentencex
from hypothesis import given, settings, strategies as st

from index.layout.divide import MAX_LETTERS, _ends, layout
from index.load.loading import load_text
from index.pieces import MAX_SENTENCE, Kind

SAID = (
    "The pier of Tarn was closed in May. ", "Mr. J. Holm went to Brell, e.g. on 3.5.2021. ",
    "“It was late. Nobody came.” ", "“It was late,” said Ida. ", "(See p. 4. It is long.) ",
    "Was it open? ", "No! ", "It rose by 2.5%... and fell. ", "«Il pleut. Il neige.» ",
    "'It is. It was.' ", 'He said: "Go. Now." ', "Prices [1]. See www.tarn.org or a.b@tarn.org. ",
)  # fmt: skip
HAN = "港口于一九八七年疏浚，工程持续了十一个月。灯塔矗立在东防波堤上！“船在夜里经过。”他说。"
BURMESE = "ဆိပ်ကမ်းကို မေလတွင် ပိတ်ခဲ့သည်။မီးပြတိုက်သည်အရှေ့ဘက်တွင်ရှိသည်။"


def whole(text: str, language: str) -> list[int]:
    return [found["end_index"] for found in sentencex.get_sentence_boundaries(language, text)]


@settings(max_examples=15)
@given(st.data(), st.sampled_from(["en", "de", "fr", "zh"]))
def test_the_sentences_of_a_long_block_are_those_of_the_whole(
    data: st.DataObject, language: str
) -> None:
    some = data.draw(st.lists(st.sampled_from(SAID), min_size=20, max_size=40))
    text = "".join(some) * 20
    assert len(text) > 2 * MAX_SENTENCE
    assert list(_ends(text, language)) == whole(text, language)


@pytest.mark.parametrize(("unit", "language"), [(HAN, "zh"), (HAN, "ja"), (BURMESE, "my")])
def test_a_script_without_spaces_is_cut_at_its_sentences(unit: str, language: str) -> None:
    text = unit * 400
    assert list(_ends(text, language)) == whole(text, language)


def test_an_open_quotation_hides_no_sentence_for_long() -> None:
    """What stands in quotation marks is one sentence, but no more than a window of it."""
    said = "The pier of Tarn was closed in May. "
    document = load_text(f'He began: "{said * 400}" And he ended.'.encode(), "speech.txt")
    sentences = [p for p in layout(document) if p.kind is Kind.SENTENCE]
    assert sum(p.end - p.start < 50 for p in sentences) > 250
    assert max(p.end - p.start for p in sentences) <= MAX_SENTENCE


def test_a_text_without_an_end_of_a_sentence_is_cut_where_words_end() -> None:
    said = "The pier of Tarn, closed in May, "
    document = load_text(said.encode() * 1_000, "dump.txt")
    cut = [document.text[p.start : p.end] for p in layout(document)]
    assert all(part.split()[-1] in said.split() for part in cut)
    assert max(map(len, cut)) <= 2 * MAX_LETTERS
    assert "".join("".join(cut).split()) == "".join(document.text.split())
