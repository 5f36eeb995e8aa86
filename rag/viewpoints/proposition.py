"""A question for what is said for and against something, as one that is answered by yes or no."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.kinds import unframed
from rag.query import AskedQuestion
from rag.stance import Stance, asks_whether


class Proposition(NamedTuple):
    """What sentences are for or against.

    `question` asks whether it is so; `is_asked` says that it was so asked, and is not made of the
    words of another question. `first` is the side that is asked for before the other.
    """

    question: AskedQuestion
    is_asked: bool
    topic: str
    first: Stance = Stance.YES


_ON = (
    r"(?:on|of|to|about|around|over|regarding|towards?|concerning|in\s+favou?r\s+of|für|gegen"
    r"|zu[mr]?|über|von)"
)
_WHETHER = re.compile(r"(?i)\A(?:the\s+question\s+)?(?:whether|if)\s+(?P<clause>.+)")
# behind what is asked: who says it, and "or not"
_BEHIND = re.compile(
    r"(?i)[?.;,!]\s*(?:and\s+)?(?:who\b|what\s+(?:do|did|are|is|speaks)|why\b|give\b|list\b).*\Z"
    r"|\s+or\s+not\b.*\Z|[\s?.!]+\Z"
)
_ABOUT = [
    re.compile(rf"(?xi)\A(?:{frame})\Z")
    for frame in (
        r"""(?:.*?\b)?(?P<side>for|against)(?:\s+(?:and|or|&)\s+(?:for|against))\s+(?P<topic>.+)""",
        r"""(?:.*?\b)?(?:arguments?|reasons?|points?|case|speaks?|objections?|criticisms?)\s+
            (?P<side>for|against|to|of|in\s+favou?r\s+of)\s+(?P<topic>.+)""",
        rf"""(?:.*?\b)?(?:pros?\b.{{0,12}}?\bcon(?:s|tras?)|(?:dis)?advantages|(?:up|down)sides?
            |benefits\s+and\s+\w+(?:\s+\w+)?|pros|cons|(?:both|either)\s+sides?|objections|criticisms?|opinions?
            |views?|viewpoints|perspectives|attitudes|positions|debate|controversy|dispute|meinungen
            |(?:vor|nach)(?:-\s+(?:und|oder)\s+\w+teile|teile)|argumente)\s+{_ON}\s+(?P<topic>.+)""",
        rf"""(?:.*?\b)?what\s+(?:do|did)\s+.+?\s+(?:think|feel|believe|make|say)\s+{_ON}\s+(?P<topic>.+)""",
        r"""(?:.*?\b)?how\s+(?:do|did)\s+.+?\s+feel\s+about\s+(?P<topic>.+)""",
        r"""(?:who|which\s+\w+)\s+(?:is|are|was|were)\s+(?P<side>for|against|in\s+favou?r\s+of)\s+
            (?P<topic>.+?)\s*,?\s+(?:and|or)\s+(?:who|which)?.*""",
        r"""(?:who|which\s+\w+)\s+(?:supports?|backs?|favou?rs?)\s+(?P<topic>.+?)\s*,?\s+(?:and|or)\s+.*""",
        r"""do\s+.+?\s+(?:like|want|support|favou?r|prefer|approve\s+of|oppose|believe\s+in|trust)\s+(?P<topic>.+)""",
        r"""was\s+(?:spricht|sprechen)\s+(?P<side>für|gegen)(?:\s+(?:und|oder)\s+(?:für|gegen))?\s+(?P<topic>.+)""",
        r"""was\s+(?:halten|denken|meinen)\s+.+?\s+(?:von|über|zu)\s+(?P<topic>.+)""",
    )
]
_AGAINST = ("against", "gegen")
_ONE_SIDED = re.compile(r"(?i)\b(?:cons|disadvantages|downsides?|objections?|criticisms?)\b")
_OTHER_SIDED = re.compile(r"(?i)\b(?:pros|(?<!dis)advantages|upsides?|benefits)\b")


def proposition_of(question: AskedQuestion) -> Proposition:
    """What a question asks the arguments for and against of; all of it where that is not seen."""
    text = _BEHIND.sub("", unframed(question)).strip(" \t,;:")
    about = next(filter(None, (frame.match(text) for frame in _ABOUT)), None)
    if about is None:
        whether = AskedQuestion(f"{text}?")
        return Proposition(whether, asks_whether(whether), text)
    topic = about["topic"].strip(" \t\"“”'?.!,;:")
    side = (about.groupdict().get("side") or "").casefold()
    against = side in _AGAINST or (_ONE_SIDED.search(text) and not _OTHER_SIDED.search(text))
    clause = _WHETHER.match(topic)
    asked = f"Is it true that {clause['clause']}?" if clause else f"Is {topic} a good idea?"
    both = "for" in text.casefold().split() and "against" in text.casefold().split()
    first = Stance.NO if against and not both else Stance.YES
    return Proposition(AskedQuestion(asked), False, topic, first)
