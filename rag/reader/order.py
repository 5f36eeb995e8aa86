"""The order of the sentences that were read, where the question says where to look.

References, code and dumps are quoted only when they are asked for; "Article 34" is looked for under
that heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import not_
from pathlib import PurePosixPath

from index import Document, Passage, name_stems, stems
from rag.query import AskedQuestion
from rag.reader.rows import rank_rows
from rag.readings import Reading

_REFERENCES = re.compile(
    r"(?i)[\W\d]*(?:(?:list of )?references|bibliography|works cited|literature(?: cited)?"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliographie)\W*"
)
_ASKED = re.compile(
    r"(?i)\b(?:references?|cit(?:e[sd]?|ations?|ing)|bibliograph\w+|literature|sources?|literatur|quellen?)\b"
)
# "How do I install it?" asks for a command
_CODE_WORDS = re.compile(
    r"""(?xi)\b(?:code|snippets?|commands?|scripts?|syntax|examples?|functions?|methods?|class(?:es)?
        |modules?|variables?|parameters?|arguments?|options?|flags?|settings?|config\w*|regex\w*
        |sql|json|yaml|xml|html|css|shell|api|endpoints?|quer(?:y|ies)|dumps?|hex\w*|base64|bytes?
        |checksums?|install\w*|befehle?|beispiele?|quell(?:text|code)\w*|skripte?|funktion(?:en)?
        |einstellung(?:en)?|how\s+to|how\s+(?:do|can|should|would)\s+(?:i|we|you|one)
        |wie\s+\w+\s+(?:ich|man|wir))\b"""
)
# f(x), --flag, a_name, aName, a::b, `code`, ./a/path, a.py
_CODE_MARKS = re.compile(
    r"""(?x) [A-Za-z]\w*\((?!s\))[^()]*\) | (?:\A|\s)--?[a-z][\w-]+ | \w_\w | \b[a-z]+[A-Z]
    | \w::\w | ` | (?:\A|\s)[~.]{0,2}/\w
    | \w\.(?:py|js|ts|sh|c|h|cpp|rs|go|java|json|ya?ml|toml|cfg|ini)\b"""
)
_ASKS_OF_WRITING = re.compile(
    r"""(?xi)\b(?: wr(?:ote|ites?|iting|itten) | author\w* | publi(?:sh|cation)\w* | sen[dt]\w*
    | recei[pv]\w* | address\w* | e-?mails? | mail\w* | letters? | messages? | whom | dat(?:e|ed|um)
    | post(?:s|ed)? | issued | released | articles? | documents? | geschrieben | schr(?:ieb|eib)\w*
    | verfasst\w* | veröffentlich\w* | gesendet | geschickt | empf(?:änger|angen)\w* | wem
    | nachrichten? | briefe? | artikel )\b"""
)
# each kind, and how else it is written; "the state of the art 2024" and "part 3 times" name none
_KINDS = (
    r"article|art\.|artikel", r"section|sect?\.|§+|abschnitt", r"clause", r"rule",
    r"chapter|kapitel", r"paragraph|para\.",
)  # fmt: skip
# what is said of a section that is asked for as a whole
_SAYS = re.compile(
    r"(?i)\b(?:says?|states?|stand|read|contains?|mean|regulates?|covers?|quote|show|give|me|text|full"
    r"|according|laut|gemäß|steht|stehen|sagt|besagt|regelt|lautet|enthält|bedeutet|zitiere|zeige?|mir|wortlaut)\b"
)
_LEAD = 0.01  # log odds, by which a section that is named is ahead
_NAMED_SECTION = re.compile(rf"(?i)(?<!\w)({'|'.join(_KINDS)})\s*(\d+(?:\.\d+)*[a-z]?)\b")


def in_order(question: AskedQuestion, readings: Sequence[Reading], sure: float) -> list[Reading]:
    """The readings, best first; ties stay in order.

    What stands under "References" is left out, unless the question asks for such or nothing else
    was read. So is code where prose is a sure answer, of the probability `sure` or more; and so is
    when a letter was written, and to whom, where that holds no word of the question. Where the
    question names a section by its number, what stands under such a heading comes first. Of rows
    those come first that hold what is asked for.
    """
    ranked = sorted(readings, key=lambda r: -r.score)
    if not _ASKED.search(question.text):
        ranked = [r for r in ranked if not is_reference(r.hit.passage)] or ranked
    if not (_CODE_WORDS.search(question.text) or _CODE_MARKS.search(question.text)):
        ranked = _without_code(ranked, sure)
    if not _ASKS_OF_WRITING.search(question.text):
        ranked = [r for r in ranked if not _only_dates(question, r)] or ranked
    return _section_first(question, rank_rows(question, ranked))


def without_section(question: str) -> str:
    """A question that says "it" in place of the sections that it names by their numbers."""
    return " ".join(_NAMED_SECTION.sub(" it ", question).split())


def _without_code(ranked: list[Reading], sure: float) -> list[Reading]:
    """The readings of prose, where one of them would do as an answer; else all."""
    prose = [r for r in ranked if r.role != "code"]
    return prose if any(r.probability >= sure for r in prose) else ranked


def section_named(question: AskedQuestion) -> re.Pattern[str] | None:
    """What begins as the heading of the section that a question names by its number; or None."""
    named = _NAMED_SECTION.search(question.text)
    if named is None:
        return None
    kind = next(kind for kind in _KINDS if re.fullmatch(kind, named[1], re.IGNORECASE))
    number = re.escape(named[2])
    # "34. Fees", "34 Fees", and not "34 people"
    alone = rf"{number}(?=\W*\Z|[.:)\]–—-]+(?!\w)|\s+(?-i:[^\W\d_a-zäöüßéè]))"
    return re.compile(rf"(?i)\W*(?:(?:{kind})\s*{number}(?!\w|\.\d)|{alone})")


def asks_for_section(question: AskedQuestion, document: Document) -> bool:
    """Whether it asks what a section of a document says, and nothing else."""
    named = re.compile(re.escape(PurePosixPath(document.source).name), re.IGNORECASE)
    asked = _SAYS.sub(" ", _NAMED_SECTION.sub(" ", named.sub(" ", question.text)))
    language = document.language
    own = AskedQuestion(asked).words(language).asked_stems if any(map(str.isalnum, asked)) else ()
    called = stems(document.title, language)
    return set(own) <= name_stems(document.source, language).union(called)


def _section_first(question: AskedQuestion, ranked: list[Reading]) -> list[Reading]:
    heading = section_named(question)
    if heading is None or not ranked:
        return ranked
    is_own = [any(map(heading.match, r.hit.passage.headings)) for r in ranked]
    own, others = list(compress(ranked, is_own)), list(compress(ranked, map(not_, is_own)))
    if not own or not others or own[0] is ranked[0]:
        return ranked
    lead = ranked[0].score - own[0].score + _LEAD
    return [*(replace(r, score=round(r.score + lead, 6)) for r in own), *others]


def _only_dates(question: AskedQuestion, reading: Reading) -> bool:
    """Whether a line dates or addresses a letter, and says nothing of what is asked.

    Of other texts the date is often that of what they tell: minutes, an amendment.
    """
    passage = reading.hit.passage
    if not any(sentence.role == "recipients" for sentence in passage.sentences):
        return False
    if passage.sentences[passage.place(reading.span)].role not in ("dateline", "recipients"):
        return False
    return question.words(passage.document.language).asked_stems.isdisjoint(reading.stems)


def is_reference(passage: Passage) -> bool:
    """Whether a passage stands under "References", or another heading of that kind."""
    return any(map(_REFERENCES.fullmatch, passage.headings))
