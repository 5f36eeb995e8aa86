"""The documents that a question names: "in lease.txt", "according to the 2021 minutes".

What is only spoken of is not named: a title is taken for one only behind words that say where to
look, and most of them are believed only before a title that can be no other thing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from index import Document, Query, clean, placed_words
from rag.editions import edition_of, versions_in

MOST_WORDS = 10  # of a title
FEW = 20  # documents, of which the names of files are looked for where none is named
_SUFFIX = re.compile(r"\w\.\w{1,12}(?!\w)")
# who says so names a source; who says "in" may speak of a place or a time
_SURE = re.compile(
    r"(?i)\b(?:according\s+to|as\s+per|laut|gemäß|gemäss|selon|d'après|según)\s"
    r"|\bwhat\s+(?:do|does|did)\s(?=.{1,200}\b(?:say|state|mention|tell|report)s?\b)"
    r"|\bwas\s+(?:sagt|sagen|steht\s+(?:im|in))\s"
)
_PERHAPS = re.compile(r"(?i)\b(?:in|from|within|im|aus)\s")
_DETERMINER = r"(?:the|our|my|your|this|that|of|der|die|das|dem|den|des|unser\w*|le|la|les|el|los)"
_START = re.compile(rf"(?i)[\s\"“„«']*(?:{_DETERMINER}\s+)*[\s\"“„«']*\Z")
_BETWEEN = re.compile(
    rf"(?i)[\s_–-]+(?:(?:{_DETERMINER}|for|on|and|to|in|vom|von|und|für|zur|zum)\s+)*"
)
_DOCUMENT = re.compile(
    r"""(?xi)(?:agreement|annex|appendix|brochure|bulletin|by-?law|charter|constitution|contract
    |form|guide|guideline|handbook|instruction|lease|letter|manual|memo|memorandum|minute|newsletter
    |notice|plan|policy|policie|procedure|proposal|protocol|readme|regulation|report|review|rule
    |statement|statute|terms|transcript
    |\w*(?:anleitung|bericht|beschluss|brief|handbuch|leitfaden|ordnung|protokoll|rechnung|regeln
    |richtlinie|satzung|vertrag))(?:s|n|en|e)?"""
)

Words = frozenset[str]  # the stems of a name


class Names:
    """What the documents of an engine are called; thread-safe."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    def named(self, question: Query) -> tuple[Document, ...]:
        """The documents that a question names, in order; none where it names all of them, or none.

        By the name of a file with its suffix, by a whole title, or the name of a file without its
        suffix, behind words that say where to look, or by a version.
        """
        found = self._by_file(question.text) or self._by_title(question)
        found = self._by_version(question.text, found)
        return found if len(found) < len(self._documents) else ()

    def called(self, words: str) -> tuple[Document, ...]:
        """The documents in whose title or file's name all of these words stand, in order.

        Where they are all that some are called, but for what most documents are called, those.
        None where no word counts, as in "the".
        """
        found, exact = set[str](), set[str]()
        for language, titles in self._titles.items():
            own = {stem for _, _, stem in placed_words(clean(words), language)}
            for name, called in titles.items() if own else ():
                if own <= name:
                    ids = {d.id for d in called}
                    found |= ids
                    exact |= ids if name - own <= self._common else set()
        return tuple(d for d in self._documents if d.id in (exact or found))

    def without_files(self, text: str, named: Sequence[Document] = ()) -> str:
        """A text that says "the document" in place of the names of files of those it names.

        Where it names none, of the first `FEW`: what alone is asked is not named, it is all.
        """
        return without_files(text, named or self._documents[:FEW])

    @property
    def documents(self) -> Sequence[Document]:
        """Those whose names they are."""
        return self._documents

    @cached_property
    def _common(self) -> Words:
        """The stems that stand in the names of more than half of the documents."""
        by_document: dict[str, set[str]] = {}
        for titles in self._titles.values():
            for name, called in titles.items():
                for document in called:
                    by_document.setdefault(document.id, set()).update(name)
        counts = Counter(stem for stems in by_document.values() for stem in stems)
        return frozenset(stem for stem, n in counts.items() if 2 * n > len(by_document))

    def _by_file(self, question: str) -> tuple[Document, ...]:
        """Those of which the path, or else the file's name, stands in the question."""
        if not _SUFFIX.search(question):
            return ()
        asked = question.casefold()
        sources = ((d, d.source.partition("#")[0].casefold()) for d in self._documents)
        paths = [(d, PurePosixPath(source)) for d, source in sources]
        near = [(d, path) for d, path in paths if path.suffix and path.name in asked]
        named = [(d, path) for d, path in near if _stands(path.name, asked)]
        exact = [d for d, path in named if len(path.parts) > 1 and _stands(str(path), asked)]
        return tuple(exact or (d for d, _ in named))

    def _by_title(self, question: Query) -> tuple[Document, ...]:
        leads = [(m.end(), True) for m in _SURE.finditer(question.cleaned)]
        leads += [(m.end(), False) for m in _PERHAPS.finditer(question.cleaned)]
        for at, is_sure in leads:
            for language in self._titles:
                runs = [frozenset(run) for run in _runs(question, at, language)]
                known = (self._titles[language].get(run, {}) for run in reversed(runs))
                found = [
                    d
                    for d, is_plain in next(filter(None, known), {}).items()
                    if is_sure or is_plain
                ]
                if found:
                    return tuple(found)
        return ()

    def _by_version(self, question: str, named: tuple[Document, ...]) -> tuple[Document, ...]:
        """Of the documents named, or of all, those of a version that the question names."""
        asked = versions_in(question)
        if not asked:
            return named  # every document would be made for nothing
        own = [d for d in named or self._documents if edition_of(d).version in asked]
        return tuple(own) or named

    @cached_property
    def _titles(self) -> Mapping[str, Mapping[Words, Mapping[Document, bool]]]:
        """By language and by words, the documents so called, and whether it can be nothing else."""
        found: dict[str, dict[Words, dict[Document, bool]]] = {}
        for document in self._documents:
            own = found.setdefault(document.language, {})
            name = re.sub(r"[\W_]+", " ", PurePosixPath(document.source).stem)
            for title in (document.title, name):
                placed = placed_words(clean(title), document.language)
                if 0 < len(placed) <= MOST_WORDS:
                    stems = frozenset(stem for _, _, stem in placed)
                    own.setdefault(stems, {})[document] = _is_plain([w for _, w, _ in placed])
        return found


def without_files(question: str, documents: Sequence[Document]) -> str:
    """A question that says "the document" in place of the names of these documents' files."""
    paths = (PurePosixPath(document.source.partition("#")[0]) for document in documents)
    names = {name for path in paths for name in (path.as_posix(), path.name) if path.suffix}
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if not every:
        return question
    return re.sub(rf"(?i)(?<![\w.-])(?:{every})(?![\w-]|\.\w)", "the document", question)


def _runs(question: Query, at: int, language: str) -> Iterator[list[str]]:
    """The stems of the first words behind a place, of the first two, and so on."""
    run: list[str] = []
    end = at
    for start, written, stem in question.words(language).placed:
        if start < at:
            continue
        between = question.cleaned[end:start]
        if not (_BETWEEN.fullmatch(between) if run else _START.fullmatch(between)):
            return
        run = [*run, stem]
        end = start + len(written)
        yield run
        if len(run) == MOST_WORDS:
            return


def _is_plain(words: Sequence[str]) -> bool:
    """Whether a title is that of a document, and no name of a thing, a place or a time."""
    if len(words) < 2:
        return False
    return len(words) > 3 or any(map(_DOCUMENT.fullmatch, words))


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text, not as a part of a longer one."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", text))
