"""What a word is in each language, which words do not count, and what is left of the others.

English is told apart where it must stay as the reader and the benchmarks know it. A language
without a stemmer here is folded to small letters; in scripts without spaces between words each two
neighbouring characters are a word, as in Lucene's CJK analyser.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

from index.language.detect import ENGLISH, UNSPACED

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
STOPWORDS = Path(__file__).with_name("stopwords.toml")
_LISTED_AS = {"nn": "no"}  # both ways of writing Norwegian have one list
# the lists are of statements: these are what a question begins with
_ASKING = {
    "da": "hvad hvem hvilken hvilket hvilke hvor hvordan hvorfor hvornår",
    "de": "wann warum wem wen wer weshalb wessen wieso wieviel wohin woher wofür worin worüber "
    "wurde wurden worden wäre gibt gab",
    "en": "would could may might also us",
    "es": "cómo cuál cuáles cuándo cuánta cuántas cuánto cuántos dónde quién quiénes",
    "fr": "a cet cette comment combien dont lequel laquelle où pourquoi quand quel quelle quelles "
    "quels quoi",
    "it": "quali quando",
    "ja": "いくつ いくら いつ だれ どこ どの どのくらい どれ なぜ ですか ますか",
    "ko": "누가 무엇 무엇을 어디 어디에 어떻게 언제 얼마나 왜",
    "nl": "hoe hoeveel waar waarom wanneer welk welke wie",
    "pt": "onde porque quais quantas quantos quanto quanta",
    "ru": "зачем какие каком которая которое которые который почему сколько",
    "sv": "hur varför vem vilka vilken vilket",
    "zh": "为什么 为何 什么 什么时候 何时 哪个 哪些 哪里 多少 怎么 怎样 时候 是否 几个 吗 呢",
}  # fmt: skip
# a name in code is the words that it is made of: "beer_servings", "totalLitres" (no "iPhone");
# "U.S." is one word, the same as "US"; an apostrophe ends a word ("China's")
_ENGLISH_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_CAMEL, _HUMP = re.compile("[a-z]{3,}(?:[A-Z][a-z]{2,})+"), re.compile("[A-Z]?[a-z]+")
_BEFORE_MONTH = re.compile(
    r"""(?xi) (?:\d | [:;,(/] | \b(?:in|of|by|since|until|till|from|to|and|or|during|last|next|this
    |early|late|mid|on|before|after|for|through|between))[\ -]*\Z"""
)
_ACRONYM_US = "u.s."
_POINTS = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")  # Hebrew, Arabic
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_BIG_I = str.maketrans("Iİ", "ıi")
_DOTLESS = {"az", "tr"}


class LanguageRules(NamedTuple):
    """How a language's text becomes words."""

    word: re.Pattern[str]
    stop: frozenset[str]
    fold: Callable[[str], str]
    stem: Callable[[str], str]
    pieces: (
        re.Pattern[str] | None
    )  # parts of a match: stop words, and runs of scripts without spaces


class Word(NamedTuple):
    """A word that counts: where it starts, as it was written, and its stem."""

    at: int
    written: str
    stem: str


@cache
def rules_of(language: str) -> LanguageRules:
    """The rules of an ISO 639-1 code; none is unknown."""
    listed = (_stopwords().get(_LISTED_AS.get(language, language), ""), _ASKING.get(language, ""))
    silent = " ".join(listed).split()
    if language == ENGLISH:
        stem = _stemmer("english")
        return LanguageRules(_ENGLISH_WORD, frozenset(silent), _fold_english, stem, None)
    fold = _fold_dotless if language in _DOTLESS else _fold
    algorithm = _ALGORITHMS.get(language, "")
    stem = _stemmer(algorithm) if algorithm in Stemmer.algorithms() else str
    stop = frozenset(map(fold, silent))
    return LanguageRules(_word(), stop, fold, stem, _pieces(stop))


@cache
def _stopwords() -> Mapping[str, str]:
    return tomllib.loads(STOPWORDS.read_text("utf-8"))


def words_in(cleaned: str, rules: LanguageRules) -> Iterator[Word]:
    """The words that count, in order; of a run of Chinese one for each pair of characters."""
    for at, written, folded in _tokens(cleaned, rules):
        if folded not in rules.stop or _is_month(cleaned, at, written):
            yield Word(at, written, rules.stem(folded.replace(".", "")))


def _is_month(cleaned: str, at: int, written: str) -> bool:
    """Whether "May" is the month: a number or "in", "since", … stands beside it."""
    if written != "May":
        return False
    before, after = cleaned[max(0, at - 12) : at], cleaned[at + 3 : at + 6]
    return bool(_BEFORE_MONTH.search(before)) or bool(re.match(r"[ ,-]+\d", after))


def silent_words(cleaned: str, rules: LanguageRules) -> frozenset[str]:
    """The words that do not count, folded."""
    return frozenset(f for _, _, f in _tokens(cleaned, rules) if f in rules.stop)


def _tokens(cleaned: str, rules: LanguageRules) -> Iterator[tuple[int, str, str]]:
    for match in rules.word.finditer(cleaned):
        written = match.group()
        for at, part in _parts(written, rules.pieces):
            folded = rules.fold(part)
            if folded:
                yield match.start() + at, written, folded


def _parts(written: str, pieces: re.Pattern[str] | None) -> Iterator[tuple[int, str]]:
    if _CAMEL.fullmatch(written):
        yield from ((found.start(), found.group()) for found in _HUMP.finditer(written))
        return
    if pieces is None or written.isascii():
        yield 0, written
        return
    for match in pieces.finditer(written):
        at, part = match.start(), match.group()
        if match["stop"] or len(part) < 3 or not _UNSPACED.match(part):
            yield at, part
        else:
            yield from ((at + i, part[i : i + 2]) for i in range(len(part) - 1))


def _pieces(stop: Iterable[str]) -> re.Pattern[str]:
    """What a run of Chinese falls into: no space parts its stop words from the others."""
    unspaced = sorted(filter(_UNSPACED.fullmatch, stop), key=len, reverse=True)
    silent = "|".join(unspaced) or "(?!)"
    return re.compile(f"(?P<stop>{silent})|(?:(?!{silent})[{UNSPACED}])+|[^{UNSPACED}]+")


@cache
def _word() -> re.Pattern[str]:
    r"""Like the English one; the vowels of Indic and Thai letters are marks, which \w is not."""
    marks = (chr(c) for c in range(0x300, 0x1B00) if unicodedata.category(chr(c))[0] == "M")
    return re.compile(rf"(?:[^\W\d_]\.){{2,}}|(?:[^\W_]|[{''.join(marks)}])+")


def _fold_english(word: str) -> str:
    return _ACRONYM_US if word == "US" else word.casefold()  # the country, not the pronoun


def _fold(word: str) -> str:
    return _POINTS.sub("", word.casefold())


def _fold_dotless(word: str) -> str:
    return word.translate(_BIG_I).casefold()


def _stemmer(algorithm: str) -> Callable[[str], str]:
    inner = Stemmer.Stemmer(algorithm)
    return lru_cache(maxsize=100_000)(lambda word: str(inner.stemWord(word)))
