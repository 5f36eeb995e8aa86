"""The order of the sentences that were read, where the question says where to look.

References are quoted only when they are asked for; "Article 34" is looked for under that heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import not_

from rag.query import AskedQuestion
from rag.reader.rows import rank_rows
from rag.types import Reading

_REFERENCES = re.compile(
    r"(?i)[\W\d]*(?:(?:list of )?references|bibliography|works cited|literature(?: cited)?"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliographie)\W*"
)
_ASKED = re.compile(
    r"(?i)\b(?:references?|cit(?:e[sd]?|ations?|ing)|bibliograph\w+|literature|sources?|literatur|quellen?)\b"
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
_LEAD = 0.01  # log odds, by which a section that is named is ahead
_NAMED_SECTION = re.compile(rf"(?i)(?<!\w)({'|'.join(_KINDS)})\s*(\d+(?:\.\d+)*[a-z]?)\b")


def in_order(question: AskedQuestion, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, best first; ties stay in order.

    What stands under "References" is left out, unless the question asks for such or nothing else
    was read; and so is when a letter was written, and to whom, where that holds no word of the
    question. Where the question names a section by its number, what stands under such a heading
    comes first. Of rows those come first that hold what is asked for.
    """
    ranked = sorted(readings, key=lambda r: -r.score)
    if not _ASKED.search(question.text):
        ranked = [r for r in ranked if not _is_reference(r)] or ranked
    if not _ASKS_OF_WRITING.search(question.text):
        ranked = [r for r in ranked if not _only_dates(question, r)] or ranked
    return _section_first(question, rank_rows(question, ranked))


def _section_first(question: AskedQuestion, ranked: list[Reading]) -> list[Reading]:
    named = _NAMED_SECTION.search(question.text)
    if named is None or not ranked:
        return ranked
    kind = next(kind for kind in _KINDS if re.fullmatch(kind, named[1], re.IGNORECASE))
    heading = re.compile(rf"(?i)\W*(?:(?:{kind})\s*)?{re.escape(named[2])}(?!\w|\.\d)")
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


def _is_reference(reading: Reading) -> bool:
    return any(map(_REFERENCES.fullmatch, reading.hit.passage.headings))
