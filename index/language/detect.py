"""The language of a document: what the file says of it, held against what its text looks like."""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import Any

ENGLISH = "en"
_PART = 2000  # characters looked at, twice
_LETTERS = 40  # a shorter text in Latin letters may be a name, a title or a line of figures
_EXCLUDED = 0.003  # what is less likely than this it is not; near languages share the rest
_IGNORED = {"vo"}  # numbers look like Volapük

# Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese, Korean: what is put into [ ] of a pattern
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u318f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)

_UNSPACED = re.compile(f"[{UNSPACED}]")
_ADDRESS = re.compile(r"\S{1,100}(?:://|@)\S+")
_FIGURES = re.compile(r"[\d_]+")
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ua71f\ua800-\ud7ff\uf900-\U0001efff\U00020000-\U0003ffff]+"
)
_LATIN = re.compile(r"[A-Za-z\u00aa-\u036f\u1e00-\u1eff\ua720-\ua7ff]+")
_END_OF_TAG = re.compile(r"[-_;,.\s]")
# what else files call a language: three letters (ISO 639-2 and -3), old codes, names
_NAMES = """
ar ara arabic|cs ces cze czech|da dan danish dansk|de deu ger german deutsch|el ell gre greek
en eng english|es spa spanish español castellano|et est estonian|fa fas per persian farsi
fi fin finnish suomi|fr fra fre french français|he heb iw hebrew|hi hin hindi|hu hun hungarian
id ind in indonesian|it ita italian italiano|ja jpn japanese|ko kor korean|nl nld dut dutch
no nob nor nb norwegian norsk|nn nno|pl pol polish polski|pt por portuguese português
ro ron rum mo romanian|ru rus russian русский|sk slk slo slovak|sl slv slovenian|sr srp serbian
sv swe swedish svenska|th tha thai|tl fil|tr tur turkish türkçe|uk ukr ukrainian|vi vie vietnamese
yi yid ji yiddish|zh zho chi cmn yue wuu chinese 中文
"""
_CALLED = {
    name: names.split()[0] for names in re.split(r"[|\n]", _NAMES.strip()) for name in names.split()
}
_lock = Lock()


def word_count(line: str) -> int:
    """How many words a line has; in scripts without spaces two characters make one."""
    count = len(line.split())
    return count if line.isascii() else count + len(_UNSPACED.findall(line)) // 2


def language_of(text: str, said: str = "") -> str:
    """The ISO 639-1 code of the language of `text`; "en" where it is not clear.

    `said` is what the file says ("de-AT", "deu", "German"). It is believed unless the text speaks
    against it, as it does where a German page kept its template's "en": so it decides between
    near languages, and for texts too short to tell. What could be English is English.
    """
    tag = code_of(said)
    sample = _FIGURES.sub(" ", _ADDRESS.sub(" ", _sample(text)))
    latin = _LATIN.findall(sample)
    in_latin = len(latin) >= sum(map(word_count, _OTHER_SCRIPT.findall(sample)))
    if in_latin and sum(map(len, latin)) < _LETTERS:
        return tag or ENGLISH
    # an Arabic name in an English text does not speak for Arabic
    words = (_OTHER_SCRIPT if in_latin else _LATIN).sub(" ", sample)
    likely: dict[str, float] = dict(_detector().rank(" ".join(words.split())))
    for code in filter(None, (tag, ENGLISH)):
        if likely.get(code, 1.0) >= _EXCLUDED:
            return code
    return max(likely, key=lambda code: likely[code])


def code_of(said: str) -> str:
    """The ISO 639-1 code of a tag or a name ("en_US", "deu", "French"); "" for none."""
    name = _END_OF_TAG.split(said.strip().casefold())[0]
    return _CALLED.get(name, name if name in _codes() else "")


def _sample(text: str) -> str:
    """The beginning, and as much from the middle: a summary may be in another language."""
    middle = max(_PART, len(text) // 2)
    return f"{text[:_PART]} {text[middle : middle + _PART]}"


def _codes() -> frozenset[str]:
    return frozenset(_detector().nb_classes)


def _detector() -> Any:
    """py3langid's model (naive Bayes over byte n-grams), loaded once: 0.6 s."""
    with _lock:
        return _load()


@cache
def _load() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages([c for c in found.labels if len(c) == 2 and c not in _IGNORED])
    return found
