"""The ways in which the words of a question can be cut into what it compares, and on what topic.

The words of a comparison frame its sides: "compare A with B on X", "how does A differ from B".
Between the frames a question is cut wherever it can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Cut(NamedTuple):
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
TRAILING_ON = re.compile(rf"(?i)(?P<rest>\S.*?)\s+{_ON}\s+(?P<topic>\S.*)")
_ALL = re.compile(r"(?s)(?P<rest>.+)")
_LEADING_OF = re.compile(r"(?i)(?P<topic>\S.*?)\s+(?:of|between|for)\s+(?P<rest>\S.*)")
_ASKING = re.compile(
    r"(?i)\s*(?:how|what|why|when|where|who|which|is|are|was|were|do|does|did|has|have|had|can|could|will"
    r"|would|should|wie|was|warum|wann|wo|wer|welche[nrs]?)\b"
)
_FIRST = re.compile(
    r"(?i)\A(?:(?:the|an?|our|my|your|their|both|either|what|die|der|das|den|dem|eine?[nr]?)\s+)+"
)


def cuts_of(text: str) -> tuple[list[Cut], list[Cut]]:
    """The cuts of what is said or agreed on, and those of what is compared, the likeliest first."""
    saying, comparing = (
        [cut for frame in frames for cut in _cuts(frame.match(text))]
        for frames in (_SAYING, _COMPARING)
    )
    return saying, comparing


def _cuts(framed: re.Match[str] | None) -> Iterator[Cut]:
    """The ways in which the words between frames can be cut into sides, the likeliest first."""
    if framed is None:
        return
    given = framed.groupdict()
    whole, other = given["all"], given.get("other") or ""
    told = " ".join(filter(None, (given.get("topic"), given.get("in"))))
    if other:
        at_end = TRAILING_ON.fullmatch(other)
        if at_end:
            yield Cut((whole, at_end["rest"]), f"{told} {at_end['topic']}".strip())
        yield Cut((whole, other), told)
        return
    inner = [(whole, "")]
    for pattern in (TRAILING_ON, _LEADING, _TRAILING):
        if found := pattern.fullmatch(whole):
            inner.append((found["rest"], found["topic"]))
    trailing, of = TRAILING_ON.fullmatch(whole), _LEADING_OF.fullmatch(whole)
    first = [
        i
        for i in inner[1:]
        if (trailing and i[0] == trailing["rest"]) or (of and i[0] == of["rest"])
    ]
    for words, topic in [*first, *inner]:
        own = f"{told} {topic}".strip()
        yield from (Cut(parts, own) for parts in _splits(words))


def _splits(words: str) -> Iterator[tuple[str, ...]]:
    """The words in two or more parts, then as one."""
    listed = tuple(filter(None, _LISTED.split(words)))
    if "," in words and len(listed) > 2:
        yield listed
    joined = list(_JOINED.finditer(words))
    for joint in sorted(joined, key=lambda j: j[0].strip().casefold() in ("and", "und", "or", "&")):
        yield words[: joint.start()], words[joint.end() :]
    yield (words,)


def thing_of(words: str) -> str:
    """What a thing is called, without what stands before its name; "" where they ask something."""
    return "" if _ASKING.match(words) else _FIRST.sub("", words).strip(" \t\"“”'.,;:")
