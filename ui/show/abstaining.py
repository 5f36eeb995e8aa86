"""What is said where nothing was found: of the search, not of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import Mention, Where
from rag.kinds import CALLED, VIEWS, QuestionKind
from ui.show.plain import count, one_line
from ui.show.unread import counts_of

if TYPE_CHECKING:
    from rag.answers import Answer

NOT_ANSWERED = "I found no sentence that answers this."
NOT_RELATED = "I found no statement elsewhere that is clearly related."
NONE_ASKED = "No document was asked."
NOWHERE = "Nowhere in the documents:"
NOWHERE_ASKED = "Nowhere in the documents that were asked:"
UNQUOTED = "Not among the words that can be quoted:"
NOT_READ = "Not looked in, since not read:"
_PLACES = {
    Where.TITLE: "in the title of",
    Where.HEADING: "in a heading of",
    Where.FURNITURE: "in a menu, a footer or the like of",
    Where.METADATA: "in what is known of",
    Where.LEFT_OUT: "in what is left out of",
    Where.FILE_NAME: "in the file name",
    Where.LONGER_WORD: "inside a longer word of",
}


def abstention_lines(answer: Answer) -> list[str]:
    """What is said of an abstention, a line each: of the search, not of the documents.

    First that nothing was found, then where, which words are missing, and last what was not read.
    """
    scope = answer.scope
    left_out = scope.left_out if scope else 0
    lines = [_not_found(answer) if scope is None or scope.asked else NONE_ASKED]
    looked = [f"Looked in {count(scope.asked, 'document')}"] if scope and scope.asked else []
    if left_out:
        looked.append(
            f"{count(left_out, 'document')} {'was' if left_out == 1 else 'were'} left out"
        )
    if looked:
        lines.append(f"{'; '.join(looked)}.")
    if answer.unknown:
        nowhere = NOWHERE_ASKED if left_out else NOWHERE
        lines.append(f"{nowhere} {', '.join(map(one_line, answer.unknown))}.")
    if answer.unquoted:
        lines.append(f"{UNQUOTED} {'; '.join(map(_mention, answer.unquoted))}.")
    if answer.not_read:
        lines.append(f"{NOT_READ} {counts_of(dict(answer.not_read))}")
    return lines


def _not_found(answer: Answer) -> str:
    """That no sentence answers or, of a view, that nothing is dated, named, said or asked so."""
    view, _, of = one_line(answer.question).partition(": ")
    if view != VIEWS.get(answer.kind):
        return NOT_ANSWERED
    match answer.kind:
        case QuestionKind.TIMELINE:
            return f"I found nothing that is dated: {of}." if of else "I found nothing dated."
        case QuestionKind.NAMES:
            return f"I found {_no_name(of)}." if of else "I found nobody and nothing that is named."
        case QuestionKind.QUESTIONS:
            return f"I found no question{f' about “{of}”' if of else ''} that is answered."
        case QuestionKind.RELATED:
            return NOT_RELATED
        case _:
            return f"I found no statement{f' about “{of}”' if of else ' to quote'}."


def _no_name(of: str) -> str:
    """Of "people called Holm" no such people; of a name alone nobody."""
    from rag.names import NameKind

    kind = of.partition(CALLED)[0]
    is_kind = any(kind == one.value for one in NameKind)
    return f"no {of}" if is_kind else f"nobody and nothing called “{of}”"


def _mention(mention: Mention) -> str:
    """Where a word stands that occurs, but in no sentence."""
    files = "file" if mention.more == 1 else "files"
    more = f", and in {mention.more:,} more {files}" if mention.more else ""
    source, place = one_line(mention.source), _PLACES[mention.where]
    return f"{one_line(mention.word)} ({place} {source}{more})"
