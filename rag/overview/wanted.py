"""What an overview is asked for: of which documents, which section, on what topic, how long.

What frames the question ("give me a short summary of") is taken from its ends; what is left is the
name of a document, or else the topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from index import Document
from rag.named import Names
from rag.query import AskedQuestion
from rag.reader import section_named, without_section
from rag.statements import in_digits

BRIEF, DETAILED, MOST = 3, 10, 50  # sentences
Heading = Callable[[str], object]


class OverviewRequest(NamedTuple):
    """What is asked for. `topic` is "" for all that is said, and `documents` () for all there are.

    `is_named` tells the heading of the section that is asked for, where one is; `sentences` is how
    many, None where that is not said.
    """

    topic: str = ""
    documents: tuple[Document, ...] = ()
    is_named: Heading | None = None
    sentences: int | None = None


def request_of(question: AskedQuestion, names: Names) -> OverviewRequest:
    """What a question that asks for an overview wants; `names` are those of the documents."""
    sentences, text = _length(question.cleaned)
    documents = names.named(question)
    text = names.without_files(text, documents)
    is_named, text = _section(text)
    subject, topic = _parted(_inner(text))
    if subject and (called := _called(subject, names)):
        subject, documents = "", documents or called
    if len(documents) == len(names.documents):
        documents = ()
    whole = topic if is_generic(subject) else f"{subject} {topic}"
    return OverviewRequest(_topic(whole), documents, is_named, sentences)


def _called(subject: str, names: Names) -> tuple[Document, ...]:
    """The documents of a name, without the word for what they are: "the July meeting"."""
    found = names.called(subject)
    bare = " ".join(_DOCUMENTS.sub(" ", subject).split())
    return found if found or bare == subject else names.called(bare)


_COUNTS = {
    "ein": "1", "einem": "1", "einer": "1", "zwei": "2", "drei": "3", "vier": "4", "fünf": "5",
    "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "a": "1",
    "one": "1",
}  # fmt: skip
_UNITS = (
    r"(?:sentences?|bullets?(?:\s+points?)?|(?:main\s+|key\s+)?points?|lines?(?!\s+of)|takeaways?"
    r"|s(?:atz|ätzen?)|stichpunkten?|punkten?|zeilen?)"
)
_COUNTED = re.compile(
    rf"""(?xi)\b(?:(?:in|with|using|as|mit)\s+)?
    (?:(?:at\s+most|up\s+to|about|around|no\s+more\s+than|max\w*\.?|exactly|just|only|the|die|höchstens
    |genau|etwa)\s+)* (?P<count>\d{{1,3}}|{"|".join(_COUNTS)})\s+
    (?:(?:short|brief|concise|main|key|most\s+important|kurzen?|knappen?|wichtigsten?)\s+)*
    (?P<unit>{_UNITS})\b"""
)
_BULLETS = re.compile(r"(?i)\b(?:in|as|with|mit|als)\s+(?:bullets?(?:\s+points?)?|stichpunkten?)\b")
_BRIEFLY = re.compile(
    r"""(?xi)\b(?:briefly|in\s+(?:brief|short|a\s+nutshell|a\s+few\s+(?:words|sentences))|tl;?dr
    |(?:very\s+)?(?:short|brief|quick|concise)(?=\s+(?:summary|overview|gist|synopsis|outline|recap
    |digest|rundown))|kurz(?:e[rn]?)?|knapp(?:e[rn]?)?|in\s+(?:wenigen\s+worten|kürze))\b"""
)
_DETAILED = re.compile(
    r"""(?xi)\b(?:in\s+detail|(?:more\s+)?detailed(?=\s+(?:summary|overview|outline))|thorough(?:ly)?
    |long(?=\s+summary)|ausführlich(?:e[rn]?)?)\b"""
)


def _length(text: str) -> tuple[int | None, str]:
    """How many sentences are asked for, and the question without that."""
    digits = in_digits(text) if _COUNTED.search(in_digits(text)) else text
    if counted := _COUNTED.search(digits):
        said = counted["count"].casefold()
        count = int(_COUNTS.get(said, said))
        return min(max(count, 1), MOST), _without(_COUNTED, digits)
    text = _without(_BULLETS, text)
    if _BRIEFLY.search(text):
        # "tl;dr" is a summary by itself
        return BRIEF, _without(_BRIEFLY, text)
    if _DETAILED.search(text):
        return DETAILED, _without(_DETAILED, text)
    return None, text


def _without(pattern: re.Pattern[str], text: str) -> str:
    return " ".join(pattern.sub(" ", text).split())


_QUOTED = r"[\"“”„«»'‘’]"
_CALLED = re.compile(
    rf"""(?xi)\b(?:the\s+|den\s+|das\s+|dem\s+)?(?:section|chapter|part|abschnitt|kapitel)\s+
    (?:(?:(?:on|about|called|titled|named|entitled|über|zu[mr]?|namens)\s+)?
    {_QUOTED}(?P<quoted>[^\"“”„«»]+?){_QUOTED}(?!\w)
    |(?:on|about|called|titled|named|entitled|über|zu[mr]?|namens)\s+(?P<name>[^\"“”„«»]+?)
    (?=\W*\Z|\s+(?:says?|said|sagt|steht|of|in|from|aus|im|des|der)\b))"""
)


def _section(text: str) -> tuple[Heading | None, str]:
    """What tells the heading of the section that is asked for, and the question without it."""
    numbered = section_named(AskedQuestion(text)) if text else None
    if numbered is not None:
        return numbered.match, without_section(text)
    if called := _CALLED.search(text):
        words = r"\W+".join(map(re.escape, re.findall(r"\w+", called["quoted"] or called["name"])))
        return re.compile(rf"(?i)\b{words}\b").search, _CALLED.sub(" it ", text)
    return None, text


_GIST = (
    r"(?:summar(?:y|ies)|overview|gist|synopsis|outline|run-?down|recap|digest|run-?through|abstract"
    r"|zusammenfassung|überblick|übersicht|kurzfassung|timeline|chronology|zeitleiste|zeittafel"
    r"|chronologie)"
)
_MAIN = (
    r"(?:main|key|central|core|principal|chief|major|most\s+important|overall|biggest|essential)"
)
_POINTS = (
    r"(?:arguments?|points?|ideas?|findings?|take-?aways?|themes?|topics?|claims?|messages?|issues?"
    r"|conclusions?|results?|aspects?|statements?|thes[ei]s|contents?|subjects?|lessons?|insights?)"
)
_SAYS = (
    r"(?:says?|states?|tells?(?:\s+(?:me|us))?|argues?|claims?|discuss(?:es)?|covers?|contains?|mentions?"
    r"|reports?|thinks?|conclude[sd]?|explains?|deals?\s+with)"
)
_GERMAN_POINTS = (
    r"(?:(?:wichtigsten?|zentralen?|wesentlichen?)\s+)?(?:(?:haupt|kern)?(?:aussagen?|punkte?|argumente?"
    r"|thesen?|ergebnisse?|themen?|ideen?|gedanken?|inhalte?)|erkenntnisse)"
)
# what frames a question and says nothing of what it is about
_FRONT = re.compile(
    rf"""(?xi)\A\W*(?:
    (?:hi|hello|hey|ok(?:ay)?|so|and|please|pls|kindly|now|just|then|bitte|mal|mir|uns|doch)\b
    |(?:can|could|would|will)\s+you|(?:kannst|könntest)\s+du|(?:können|könnten)\s+sie
    |i(?:\s+would|'d)?\s+(?:want|need|like)(?:\s+you)?(?:\s+to(?:\s+(?:know|have|see))?)?
    |(?:give|gimme|show|tell|get|write|make|provide|draft|produce|create|let)(?:\s+(?:me|us))?(?:\s+(?:have|know))?\b
    |(?:gib|gebt|geben\s+sie|zeige?|mache?|erstelle?|schreibe?)\b
    |sum(?:mari[sz](?:e|ing|ation)|\s+up)\b|(?:recap|outline|condense|describe|review|brief)\b(?:\s+(?:me|us)\b)?
    |fasse?\b(?:n\s+sie\b)?
    |(?:an?|the|any|one|eine[nr]?|de[nmr]|die|das)\s+(?=(?:{_GIST}|{_MAIN}\s|{_POINTS}\b|{_GERMAN_POINTS}\b))
    |{_GIST}\b|tl;?dr\b|in\s+(?:short|brief)\b
    |(?:what|which)(?:\s+(?:is|are|was|were)|'s)\s+(?:the\s+)?(?=(?:{_GIST}|{_MAIN}\s|{_POINTS}\s+(?:of|in|from)))
    |(?:list|name|state|extract|explain)\s+(?:the\s+)?(?={_MAIN}\s)
    |{_MAIN}\s+(?:\w+\s+)?{_POINTS}\b|{_POINTS}\s+(?=(?:of|in|from)\b)
    |(?:was|welche)\s+(?:sind|ist|waren)\s+(?=(?:die|der|das)\s+{_GERMAN_POINTS}\b)
    |{_GERMAN_POINTS}\b
    |(?:the\s+|die\s+)?(?:discussions?|debates?|talks?|conversations?|details?|diskussion|debatte)\b(?=\s+(?:about|on|of|over|regarding|concerning|über|zu))
    |worum\s+(?:geht|ging)(?:\s+es|'s)?|wovon\s+handel(?:t|n)|was\s+(?:steht|sagen|sagt|schreib(?:t|en))(?:\s+alles)?
    |what(?:'s|\s+is|\s+are|\s+was)\s+(?:in|inside)\b
    |of(?=\W*\Z)|wichtigste\w*
    )\s*"""
)
_BACK = re.compile(
    r"(?i)[\s,]*(?:\b(?:zusammen(?:fassen|gefasst)?|please|bitte|for me|thanks?)|[?.!:,;])+"
    r"\s*\Z"
)
_ABOUT = re.compile(
    r"(?i)\A\W*what(?:'s|\s+(?:is|are|was|were))\s+(?P<subject>.+?)\s+(?:all\s+)?about\W*\Z"
)
_SAID = re.compile(
    rf"(?i)\A\W*what\s+(?:(?:do|does|did)\s+)?(?P<subject>\S.*?)\s+(?:all\s+)?(?:have\s+to\s+)?{_SAYS}\b(?P<rest>.*)\Z"
)
_TOPICAL = re.compile(
    r"""(?xi)(?:\A|\s)(?:about|on|regarding|concerning|with\s+respect\s+to|with\s+regard\s+to|related\s+to
    |against|über|bezüglich|hinsichtlich|zu[mr]?)\s+(?=\S)"""
)
_OF = re.compile(r"(?i)\A\W*(?:of|in|from|within|for|by|von|vom|im|aus|bei|beim|des|über)\s+(?=\S)")


def _inner(text: str) -> str:
    """The question without its frame; a sentence's subject, and what it says of what, stay."""
    before = ""
    while before != text:
        before = text
        text = _BACK.sub("", text)
        if asked := _ABOUT.match(text):
            return f"of {asked['subject']}"
        if said := _SAID.match(text):
            return f"of {said['subject']} {said['rest']}"
        text = _FRONT.sub("", text, count=1)
    return text


def _parted(inner: str) -> tuple[str, str]:
    """Of whom or of what an overview is asked, and on what topic; "" for neither."""
    topical = _TOPICAL.search(inner)
    subject, topic = inner, ""
    if topical and not (topical.start() == 0 and _OF.match(inner)):
        subject, topic = inner[: topical.start()], inner[topical.end() :]
    return _OF.sub("", subject, count=1).strip(), topic.strip()


_DOCUMENT = (
    r"(?:documents?|docs?|documentation|files?|folders?|papers?|articles?|reports?|texts?|books?|contracts?"
    r"|agreements?|meetings?|minutes|protocols?|interviews?|transcripts?|talks?|speech(?:es)?|lectures?"
    r"|presentations?|podcasts?|episodes?|stud(?:y|ies)|essays?|pieces?|posts?|blogs?|stor(?:y|ies)|letters?"
    r"|e?mails?|messages|memos?|guides?|manuals?|handbooks?|sources?|collection|corpus|library|archive|wiki"
    r"|websites?|sites?|pages?|passages?|chapters?|sections?|tables?|sheets?|spreadsheets?|notes|pdfs?|slides"
    r"|writings?|material|stuff|things?|dokumente?n?|dateie?n?|texte?n?s?|artikeln?s?|berichte?n?|ordner|buch"
    r"|bücher|studien?|kapiteln?|abschnitte?|tabellen?|briefe?|protokolle?|sitzung|vorträge?|vortrag)"
)
_DOCUMENTS = re.compile(rf"(?i)\b{_DOCUMENT}\b")
_GENERIC = re.compile(
    rf"""(?xi)(?:\W|\b(?:this|that|these|those|it|its|they|them|he|she|we|you|i|the|an?|my|our|your|their|all|both|every
    |each|any|whole|entire|full|complete|following|above|given|of|in|from|by|for|to|and|here|there|everything|main
    |content(?:s)?|authors?|writers?|people|pool|attached|uploaded|five|two|three|four|{_DOCUMENT}
    |say|says|about|diese[rsnm]?|dies|es|sie|das|die|der|den|dem|des|mein\w*|unser\w*|alle[sn]?|ganze[nsrm]?|darin|hier
    |autor(?:en)?|im|in|von|vom|über|und)\b)*"""
)


def is_generic(subject: str) -> bool:
    """Whether words name nothing but documents, be it some or all."""
    return bool(_GENERIC.fullmatch(subject))


def _topic(words: str) -> str:
    return "" if is_generic(words) else words.strip(" \t?.!,;:")
