"""Texts in the encodings that people have: the trials of `benchmarks.decoding`.

Prose is the Universal Declaration of Human Rights, as libexttextcat 3.4.5 carries it in
langclass/ShortTexts (`apt-get source libexttextcat`), with the paragraphs of XQuAD and, in English,
of SQuADShifts; tables are made of Faker's names, streets and numbers.
"""

from __future__ import annotations

import gzip
import json
import marshal
import random
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from faker import Faker

LENGTHS = (20, 50, 200, 2000)  # characters; of what is no text, bytes
WESTERN = ["de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "ca"]
CENTRAL = ["pl", "cs", "sk", "hu", "hr", "sl", "ro"]
# kind of prose: its languages, and the encodings that each is found in
PROSE: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "Western": (WESTERN, ["cp1252"]),
    "English, few signs": (["en"], ["cp1252"]),
    "English, typeset": (["en typeset"], ["cp1252"]),
    "Western, Latin-9": (WESTERN, ["iso8859-15"]),
    "Western, DOS": (WESTERN, ["cp437", "cp850"]),
    "Western, Macintosh": (WESTERN, ["mac-roman"]),
    "Central European": (CENTRAL, ["cp1250", "iso8859-2"]),
    "Central European, DOS": (CENTRAL, ["cp852"]),
    "Baltic": (["lt", "lv"], ["cp1257", "iso8859-13"]),
    "Turkish": (["tr"], ["cp1254"]),
    "Vietnamese": (["vi"], ["cp1258"]),
    "Cyrillic, Windows": (["ru", "uk", "bg", "sr-Cyrl", "mk"], ["cp1251"]),
    "Cyrillic, KOI8": (["ru", "uk"], ["koi8-u"]),
    "Cyrillic, ISO": (["ru", "bg", "sr-Cyrl"], ["iso8859-5"]),
    "Cyrillic, DOS": (["ru", "bg"], ["cp866"]),
    "Greek": (["el"], ["cp1253", "iso8859-7"]),
    "Hebrew": (["he"], ["cp1255"]),
    "Arabic": (["ar"], ["cp1256"]),
    "Thai": (["th"], ["cp874"]),
    "Japanese, Shift_JIS": (["ja"], ["cp932"]),
    "Japanese, EUC": (["ja"], ["euc_jp"]),
    "Chinese": (["zh-Hans"], ["gb18030"]),
    "Chinese, Big5": (["zh-Hant"], ["cp950"]),
    "Korean": (["ko"], ["cp949"]),
    "UTF-16, no mark": (
        ["de", "pl", "ru", "el", "he", "th", "ja", "zh-Hans", "ko"],
        ["utf-16-le", "utf-16-be"],
    ),
}
# kind of table: Faker's places, and the encoding
TABLES: Mapping[str, tuple[Sequence[str], str]] = {
    "Western": (["de_DE", "fr_FR", "es_ES", "pt_BR", "sv_SE"], "cp1252"),
    "Central European": (["pl_PL", "cs_CZ", "hu_HU"], "cp1250"),
    "Cyrillic": (["ru_RU", "uk_UA"], "cp1251"),
    "Greek": (["el_GR"], "cp1253"),
    "Japanese, Shift_JIS": (["ja_JP"], "cp932"),
    "half-width kana": (["ja_JP"], "cp932"),
    "Japanese, EUC": (["ja_JP"], "euc_jp"),
    "Chinese": (["zh_CN"], "gb18030"),
    "Chinese, Big5": (["zh_TW"], "cp950"),
    "Korean": (["ko_KR"], "cp949"),
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # apart from their vowels in cp1258
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")  # all that the encodings of Romanian have
# katakana and its marks, each with its half-width form
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFFA0)} | {
    "\u3099": "ﾞ",
    "\u309a": "ﾟ",
}


class Trial(NamedTuple):
    """Bytes, and the text that they are: None where they are none."""

    kind: str
    length: int
    data: bytes
    text: str | None


def trials(texts: Path, data: Path, each: int, seed: int) -> Iterator[Trial]:
    """At most `each` of every kind, length, language and encoding; `texts` is ShortTexts."""
    chance = random.Random(seed)
    prose = _prose(texts, data)
    for kind, (languages, encodings) in PROSE.items():
        for language, encoding, length in product(languages, encodings, LENGTHS):
            made = (_cut(prose[language], length, chance) for _ in range(2 * each))
            yield from _trials(kind, length, made, encoding, each)
    for kind, (places, encoding) in TABLES.items():
        for place, length in product(places, LENGTHS):
            fake = Faker(place)
            fake.seed_instance(seed)
            made = (_table(fake, length, kind == "half-width kana") for _ in range(2 * each))
            yield from _trials(f"table: {kind}", length, made, encoding, each)
    western = [prose[language] for language in WESTERN]
    for length in LENGTHS[1:]:
        for _ in range(each):
            yield _mixed(chance.choice(western), length, "cp1252", chance)
            yield _mixed(prose["ru"], length, "cp1251", chance)
            yield _damaged(chance.choice([prose["el"], prose["ja"]]), length, chance)
    for length in LENGTHS:
        for _ in range(each):
            yield from (Trial("no text", length, data, None) for data in _no_text(length, chance))


def _trials(
    kind: str, length: int, made: Iterable[str], encoding: str, each: int
) -> Iterator[Trial]:
    """The first of the texts that the encoding has all characters of."""
    encoded = (_encoded(text, encoding) for text in made)
    for data in islice(filter(None, encoded), each):
        yield Trial(kind, length, data, data.decode(encoding))


def _encoded(text: str, encoding: str) -> bytes:
    """The text as `encoding` has it; nothing where it lacks a character."""
    for form in (text, _older(text)):
        try:
            return form.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b""


def _older(text: str) -> str:
    """Vietnamese with its tones apart from the vowels, Romanian with cedillas."""
    apart = []
    for c in text.translate(_CEDILLAS):
        parts = unicodedata.normalize("NFD", c)
        tones = [part for part in parts if part in _TONES]
        rest = "".join(part for part in parts if part not in _TONES)
        apart += [unicodedata.normalize("NFC", rest), *tones]
    return "".join(apart)


def _cut(text: str, length: int, chance: random.Random) -> str:
    """`length` characters from the beginning of a word on, one at least not of ASCII."""
    while True:
        at = chance.randrange(len(text))
        word = max(text.rfind(mark, max(0, at - 20), at) for mark in " \n") + 1
        cut = text[word or at :][:length]
        if not cut.isascii():
            return cut


def _table(fake: Faker, length: int, kana: bool) -> str:
    """Rows of name, age, town and street; in place of the street the name in half-width kana."""
    lines: list[str] = []
    while sum(map(len, lines)) < length or all(line.isascii() for line in lines):
        where = _half_width(fake.kana_name()) if kana else fake.street_address()
        age, fee = fake.random_int(18, 90), fake.random_int(10, 9999)
        cells = [fake.name(), where, str(age), fake.city(), str(fee)]
        lines.append(",".join(cell.replace("\n", " ") for cell in cells) + "\r\n")
    return "".join(lines)


def _half_width(kana: str) -> str:
    """Katakana as one byte each in Shift_JIS, the sound marks apart."""
    return "".join(_HALF.get(c, c) for c in unicodedata.normalize("NFD", kana))


def _mixed(whole: str, length: int, encoding: str, chance: random.Random) -> Trial:
    """Lines of 30 characters, a fifth of them, and one at least, not in UTF-8."""
    lines: list[str] = []
    while len(lines) < max(3, length // 30):
        line = " ".join(_cut(whole, 30, chance).split())
        if not line.isascii() and _encoded(line, encoding):
            lines.append(_encoded(line, encoding).decode(encoding))
    other = set(chance.sample(range(len(lines)), max(1, len(lines) // 5)))
    data = [line.encode(encoding if i in other else "utf-8") for i, line in enumerate(lines)]
    return Trial(f"UTF-8, lines of {encoding}", length, b"\n".join(data), "\n".join(lines))


def _damaged(whole: str, length: int, chance: random.Random) -> Trial:
    """UTF-8 that was cut amid its last character."""
    text = _cut(whole, length, chance).rstrip()
    while text.isascii() or text[-1].isascii():
        text = _cut(whole, length, chance).rstrip()
    return Trial("UTF-8, cut off", length, text.encode()[:-1], text[:-1] + "\ufffd")


def _no_text(length: int, chance: random.Random) -> Iterator[bytes]:
    """Noise, numbers of 16 and 32 bits and of floating point, what is compressed, and a program."""
    heights = [round(chance.gauss(300, 80)) for _ in range(length)]
    shares = [chance.gauss(0, 1) for _ in range(length)]
    program = compile(f"x = {heights[:50]}\ny = x[{heights[0]}] + 1", "a.py", "exec")
    yield chance.randbytes(length)
    yield struct.pack(f"<{length}h", *heights)[:length]
    yield struct.pack(f"<{length}i", *heights)[:length]
    yield struct.pack(f"<{length}d", *shares)[:length]
    yield zlib.compress(repr(heights).encode())[:length]
    yield marshal.dumps(program)[:length]


def _prose(texts: Path, data: Path) -> Mapping[str, str]:
    """All that is written in each language."""
    found: dict[str, list[str]] = {}
    for language in {language for languages, _ in PROSE.values() for language in languages}:
        raw = (texts / f"{language.split()[0]}.txt").read_bytes()
        found[language] = [raw.decode("iso8859-1" if language == "ca" else "utf-8")]
    xquad = data / "xquad"
    with gzip.open(xquad / "xquad_multilingual.jsonl.gz", "rt", encoding="utf-8") as lines:
        languages = {row["doc"]: row["lang"] for row in map(json.loads, lines)}
    with gzip.open(xquad / "xquad_multilingual.docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            language = languages.get(row["doc"], "").replace("zh", "zh-Hans")
            found.setdefault(language, []).append(row["text"])
    wiki = json.loads((data / "squadshifts" / "new_wiki_even_articles.json").read_text("utf-8"))
    found["en"] = [p["context"] for article in wiki["data"] for p in article["paragraphs"]]
    found["en typeset"] = list(map(_typeset, found["en"]))
    return {name: "\n".join(parts).replace("\ufeff", "") for name, parts in found.items()}


def _typeset(text: str) -> str:
    """The text with the quotation marks and dashes that a word processor makes."""
    text = re.sub(r"(?<=\w)'", "’", text).replace(" - ", " – ").replace("--", "—")
    return re.sub(r'"', "”", re.sub(r'(?<!\w)"(?=\w)', "“", text))
