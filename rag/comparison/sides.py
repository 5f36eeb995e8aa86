"""What a question compares: documents that it names, all of them, or things; and on what topic.

The words of a comparison frame its sides: "compare A with B on X", "how does A differ from B".
Between the frames the question is cut wherever it can be, and the first cut wins whose parts are
documents; where no cut gives documents, its parts are things that sentences speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index import Document, stems
from rag.kinds import PairKind, unframed
from rag.named import Names
from rag.overview import is_generic
from rag.query import AskedQuestion

MOST = 4  # sides that a question names


class ComparedSide(NamedTuple):
    """One of what is compared, and what it is called: `documents` or, without any, a `thing`.

    Of documents `thing` is what of them is meant: "HTC's key recovery"; "" for all that they say.
    """

    label: str
    documents: tuple[Document, ...] = ()
    thing: str = ""


class ComparisonRequest(NamedTuple):
    """What is compared on which `topic`, "" for all that is said.

    `wanted` is what is asked for of two documents: on what they agree, or where they do not.
    """

    sides: tuple[ComparedSide, ...]
    topic: str = ""
    wanted: PairKind | None = None


class _Cut(NamedTuple):
    """The words that name each side, and those of the topic."""

    sides: tuple[str, ...]
    topic: str


_ON = (
    r"(?:on|about|over|regarding|concerning|in\s+terms\s+of|with\s+(?:respect|regard)\s+to"
    r"|when\s+it\s+comes\s+to|as\s+to|über|bezüglich|hinsichtlich)"
)
_OF = r"(?:in|of|for|between|across|among|from|per|according\s+to|im|von|vom|zwischen|für)"


def _framed(*frames: str) -> list[re.Pattern[str]]:
    return [re.compile(rf"(?xi)\A(?:{frame})\Z") for frame in frames]


# of these the sides are documents: who else agrees, or says something, is told as a fact
_SAYING = _framed(
    rf"""(?:what|where|how|on\s+what|in\s+what|do|does|did)\b(?:\s+\w+)??(?:\s+(?:do|does|did))?\s+
        (?P<all>.+?)\s+(?:(?:both|all|most|really|seem\s+to|even|ever)\s+)*
        (?:(?:dis)?agree|contradict|conflict|diverge|differ|clash)\b
        (?:\s+(?:with|from)\s+(?P<other>(?!each\b|one\b)(?:(?!\s{_ON}\s).)+))?
        (?:\s+(?:with|from)?\s*(?:each\s+other|one\s+another))?
        (?:\s+{_ON}(?:\s+(?P<topic>.+))?)?""",
    r"""how\s+(?:do|does|did)\s+(?P<all>.+?)\s+
        (?:see|view|handle|treat|regard|define|describe|approach|explain|judge)\s+(?P<topic>.+)""",
    rf"""what\s+(?:do|does|did)\s+(?P<all>.+?)\s+(?:say|think|write|claim)\s+{_ON}\s+(?P<topic>.+)""",
)
_COMPARING = _framed(
    rf"""what\s+(?:do|does|did)\s+(?P<all>.+?)\s+have\s+in\s+common(?:\s+{_ON}\s+(?P<topic>.+))?""",
    r"""was\s+haben\s+(?P<all>.+?)\s+gemeinsam""",
    r"""(?:what|which\s+\w+)\s+(?:distinguishes|sets?)\s+(?P<all>.+?)(?:\s+apart)?\s+from\s+(?P<other>.+)""",
    r"""what\s+(?:distinguishes|sets?)\s+(?P<all>.+?)(?:\s+apart)?""",
    rf"""how\s+(?:do|does|did|is|are|was|were)\s+(?P<all>.+?)\s+
        (?:differ(?:ent)?|distinct|compare|stack\s+up|alike|similar)
        (?:\s+(?:from|to|with|against)\s+(?P<other>(?:(?!\s{_ON}\s).)+))?
        (?:\s+(?:{_ON}|in)\s+(?P<topic>.+))?""",
    r"""(?:what|how)\s+(?:has|have|had|did)?\s*(?P<topic>.*?)\s*change[sd]?\s+(?:in\s+.+?\s+)?
        (?:from|between)\s+(?P<all>.+)""",
    r"""wie\s+unterscheide[nt]\s+sich\s+(?P<all>.+?)(?:\s+von\s+(?P<other>.+))?""",
    r"""(?P<topic>.*?)\b(?:(?:whats?|was)\s*(?:is|are|'s|ist|sind)?\s+(?:(?:the|der|die)\s+)?)?(?:(?:main|key|biggest|any|some|\w+)\s+)?
        (?:differences?|similarit(?:y|ies)|comparison|distinctions?|unterschiede?|gemeinsamkeiten)\s+
        (?:in\s+(?P<in>.+?)\s+)?(?:between|among|amongst|of|zwischen|with)\s+(?P<all>.+)""",
    r"""(?:compa(?:re|ir|ring)|contrast|juxtapose|vergleich(?:e|en)?(?:\s+sie)?)\s+(?P<all>.+)""",
    r"""(?P<topic>(?:who|which|what)\b[^,:]*)[,:]\s*(?P<all>.+?)\s*,?\s+or\s+(?P<other>.+)""",
    r"""(?P<topic>(?:who|which|what)\b.*?\b\w+(?:er|ore|ess|orse))\s+(?P<all>.+?)\s+or\s+(?P<other>.+)""",
    r"""(?P<all>.+?)\s+(?:vs\.?|versus|compared\s+(?:to|with)|in\s+comparison\s+(?:to|with))\s+(?P<other>.+)""",
)
_JOINED = re.compile(r"(?i)\s+(?:with|to|against|versus|vs\.?|mit|and|und|or|&)\s+")
_LISTED = re.compile(r"(?i)\s*,\s*(?:(?:and|und|or)\s+)?|\s+(?:and|und|or|&)\s+")
_LEADING = re.compile(rf"(?i)(?P<topic>\S.*?)\s+{_OF}\s+(?P<rest>\S.*)")
_TRAILING = re.compile(rf"(?i)(?P<rest>\S.*?)\s+(?:{_ON}|in|for|für|bei)\s+(?P<topic>\S.*)")
_TRAILING_ON = re.compile(rf"(?i)(?P<rest>\S.*?)\s+{_ON}\s+(?P<topic>\S.*)")
_ALL = re.compile(r"(?s)(?P<rest>.+)")
_LEADING_OF = re.compile(r"(?i)(?P<topic>\S.*?)\s+(?:of|between|for)\s+(?P<rest>\S.*)")
_FIRST = re.compile(
    r"(?i)\A(?:(?:the|an?|our|my|your|their|both|either|what|die|der|das|den|dem|eine?[nr]?)\s+)+"
)
_FEW = re.compile(
    r"(?i)\b(?:the|these|those|all|both|our|my|two|three|four|five|six|seven|eight|nine|ten|\d+|of)\b"
)
_CALLED = re.compile(  # what says of a name that it is a document's
    r"(?i)\b(?:documents?|docs?|files?|papers?|articles?|reports?|texts?|books?|notes?|talks?|letters?"
    r"|interviews?|minutes|meetings?|one|guides?|authors?|teams?|people)\b"
)
_AGREEING = re.compile(r"(?i)\b(?:agree|in common\b|similarit|alike\b|gemeinsam)")
_DIFFERING = re.compile(r"(?i)\b(?:disagree|contradict|conflict|diverge|clash)")
_AUTHOR = re.compile(
    r"(?im)(?:^\W*|[.;]\s+)(?:author|written by|by|from|autor(?:in)?|von)\b[:\s](.{1,200})$"
)
BEGINNING = 600  # characters in which a document says who wrote it


def comparison_of(question: AskedQuestion, names: Names) -> ComparisonRequest | None:
    """What a question compares; None where its words do not say. `names` are the documents'."""
    text = unframed(question).strip(" \t?.!,;:")
    wanted = _wanted(text)
    saying, comparing = (
        [cut for frame in frames for cut in _cuts(frame.match(text))]
        for frames in (_SAYING, _COMPARING)
    )
    calls = _Calls(names)
    for cut in sorted((*saying, *comparing), key=lambda cut: len(cut.sides) == 1):
        if sides := calls.documents(cut.sides):
            return ComparisonRequest(sides, cut.topic, wanted)
    for cut in comparing:
        if 2 <= len(cut.sides) <= MOST and all(map(_thing, cut.sides)):
            sides = tuple(ComparedSide(_thing(words), (), _thing(words)) for words in cut.sides)
            return ComparisonRequest(sides, cut.topic, wanted)
    return None


def each_of(documents: Sequence[Document], topic: str) -> ComparisonRequest:
    """All documents as sides, on a topic."""
    return ComparisonRequest(_labelled([(d.title or d.source, (d,)) for d in documents]), topic)


def _wanted(text: str) -> PairKind | None:
    agreeing, differing = _AGREEING.search(text), _DIFFERING.search(text)
    if bool(agreeing) == bool(differing):
        return None
    return PairKind.AGREE if agreeing else PairKind.DIFFER


def _cuts(framed: re.Match[str] | None) -> Iterator[_Cut]:
    """The ways in which the words between frames can be cut into sides, the likeliest first."""
    if framed is None:
        return
    given = framed.groupdict()
    whole, other = given["all"], given.get("other") or ""
    told = " ".join(filter(None, (given.get("topic"), given.get("in"))))
    if other:
        at_end = _TRAILING_ON.fullmatch(other)
        if at_end:
            yield _Cut((whole, at_end["rest"]), f"{told} {at_end['topic']}".strip())
        yield _Cut((whole, other), told)
        return
    inner = [(whole, "")]
    for pattern in (_TRAILING_ON, _LEADING, _TRAILING):
        if found := pattern.fullmatch(whole):
            inner.append((found["rest"], found["topic"]))
    trailing, of = _TRAILING_ON.fullmatch(whole), _LEADING_OF.fullmatch(whole)
    first = [
        i
        for i in inner[1:]
        if (trailing and i[0] == trailing["rest"]) or (of and i[0] == of["rest"])
    ]
    for words, topic in [*first, *inner]:
        own = f"{told} {topic}".strip()
        yield from (_Cut(parts, own) for parts in _splits(words))


def _splits(words: str) -> Iterator[tuple[str, ...]]:
    """The words in two or more parts, then as one."""
    listed = tuple(filter(None, _LISTED.split(words)))
    if "," in words and len(listed) > 2:
        yield listed
    joined = list(_JOINED.finditer(words))
    for joint in sorted(joined, key=lambda j: j[0].strip().casefold() in ("and", "und", "or", "&")):
        yield words[: joint.start()], words[joint.end() :]
    yield (words,)


def _thing(words: str) -> str:
    """What a thing is called, without what stands before its name."""
    return _FIRST.sub("", words).strip(" \t\"“”'.,;:")


class _Calls:
    """The documents that words call, each looked for once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, tuple[Document, ...]] = {}

    def documents(self, sides: Sequence[str]) -> tuple[ComparedSide, ...]:
        """The sides as documents, of which none is on two; () where one of them is none."""
        if len(sides) == 1:
            own = self._several(sides[0])
            return each_of(own, "").sides
        called = [self._called(words) for words in sides]
        found = [_without_others(own, called) for own in called]
        every = [d.id for own in found for d in own]
        if not all(found) or len(set(every)) < len(every):
            return ()
        named = [
            (own[0].title or own[0].source if len(own) == 1 else _thing(words), own)
            for words, own in zip(sides, found, strict=True)
        ]
        return tuple(
            side._replace(thing=_beyond_name(words, side.documents))
            for words, side in zip(sides, _labelled(named), strict=True)
        )

    def _several(self, words: str) -> tuple[Document, ...]:
        """The documents of "the three leases"; all of them of "they"."""
        kind = _FEW.sub(" ", words).strip()
        called = self._names.called(kind) if kind else ()
        if len(called) < 2 and is_generic(words):
            called = tuple(self._names.documents)
        return called if len(called) > 1 else ()

    def _called(self, words: str) -> tuple[Document, ...]:
        if words not in self._found:
            self._found[words] = self._look_for(words)
        return self._found[words]

    def _look_for(self, words: str) -> tuple[Document, ...]:
        named = self._names.named(AskedQuestion(f"according to {words}"))
        plain = _CALLED.sub(" ", words)
        return named or self._names.called(words) or self._names.called(plain) or self._by(plain)

    def _by(self, words: str) -> tuple[Document, ...]:
        """The documents that say first of all that they are by somebody so called."""
        wanted = set(stems(words))
        return tuple(
            document
            for document in self._names.documents
            if (line := _AUTHOR.search(document.text[:BEGINNING]))
            and wanted
            and wanted.issubset(stems(line[1]))
        )


def _without_others(
    own: tuple[Document, ...], every: Sequence[tuple[Document, ...]]
) -> tuple[Document, ...]:
    """The documents of a side without those that words which call fewer call another side."""
    others = {d.id for other in every if len(other) < len(own) for d in other}
    return tuple(d for d in own if d.id not in others)


def _beyond_name(words: str, documents: Sequence[Document]) -> str:
    """What of documents is meant by the words that name them; "" where they only name them."""
    if on := _TRAILING_ON.fullmatch(words):
        return on["topic"]
    called = re.sub(r"[\W_]+", " ", " ".join(f"{d.title} {d.source}" for d in documents))
    language = documents[0].language
    more = set(stems(_CALLED.sub(" ", words), language)).difference(stems(called, language))
    return _thing(words) if len(more) > 1 else ""


def _labelled(sides: Sequence[tuple[str, tuple[Document, ...]]]) -> tuple[ComparedSide, ...]:
    """The sides under labels that differ: where titles do not, the names of their files do."""
    labels = [label for label, _ in sides]
    return tuple(
        ComparedSide(label if labels.count(label) == 1 else own[0].source, own)
        for label, own in sides
    )
