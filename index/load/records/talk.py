"""Who said what and when: messages and comments as chats, trackers and forums export them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from index.load.records.fields import plain_name
from index.load.records.json_values import is_tree_of_messages, said_by

_SPEAKERS = (
    "userprofile", "author", "from", "sender", "speaker", "by", "user", "username", "fromname",
    "sendername", "authorname", "creator", "role",
)  # fmt: skip
_NAMES = (
    "displayname", "realname", "fullname", "nickname", "name", "login", "username", "role", "email",
    "emailaddress",
)  # fmt: skip
_TEXTS = ("text", "content", "message", "body", "value", "comment", "parts")
_TIMES = (
    "date", "timestamp", "ts", "time", "createdat", "createtime", "created", "sentat", "datetime",
    "posted", "postedat", "createddatetime", "timestampms",
)  # fmt: skip
_TITLES = ("title", "subject", "headline")  # what has one is no message: it is a record
_CALLED = frozenset((
    "messages", "conversation", "conversations", "chat", "chatmessages", "turns", "dialog",
    "dialogue", "transcript", "utterances",
))  # fmt: skip
_ROLES = frozenset((
    "user", "assistant", "system", "human", "gpt", "bot", "tool", "model", "developer", "chatgpt",
))  # fmt: skip
_MARKS = frozenset((  # what programs keep with a message, and nobody says
    "subtype", "hash", "hashes", "etag", "nonce", "uuid", "guid", "avatarurl", "avatarhash",
    "replycount", "replyuserscount", "latestreply", "threadts", "editedunixtime", "dateunixtime",
))  # fmt: skip
_LISTED = frozenset((  # the same, where they are lists, objects or flags
    "reactions", "mentions", "inlineemojis", "stickers", "textentities", "blocks", "edited",
    "replyusers", "pinned", "ispinned", "isbot", "bot", "tts", "deleted", "hidden", "unread",
    "isstarred", "starred", "subscribed", "islocked", "mentioneveryone", "upload", "displayasbot",
))  # fmt: skip
_KINDS = frozenset(("message", "default", "reply", "text"))  # of messages: "type": "message"
_SLACK = re.compile(r"T[A-Z\d]{8,12}")
_ID = re.compile(r"(?:.*[_-])?(?:[Ii]d|ID)s?|.*[a-z](?:Id|ID)s?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?", re.ASCII)
_WHO = 80  # characters of a name or a time
_DEEPEST = 4  # of a message's parts
_CHATTY = 60  # words: longer ones, on average, are articles


class Message(NamedTuple):
    """What was said, and by whom; `rest` are fields that say neither, `marks` those of a machine.

    `apart`: who said it is no part of the words, as where a question or a role speaks.
    """

    speaker: str
    time: str
    text: str
    rest: Mapping[str, Any]
    marks: Collection[str] = ()

    @property
    def lead(self) -> str:
        """What stands before the words: "Ole Berg, 2024-05-02 10:00: "."""
        said = ", ".join(filter(None, (self.speaker, self.time)))
        return f"{said}: " if said else ""

    @property
    def apart(self) -> bool:
        """Whether the words are quoted without their speaker: a question, or of a mere role."""
        return self.speaker.casefold() in _ROLES or self.text.rstrip().endswith(("?", "？"))


class Talk(NamedTuple):
    """Messages in the order in which they were said; `whole`: they are a conversation."""

    said: Sequence[Message]
    whole: bool


class Branches(NamedTuple):
    """A tree of answers (ChatGPT's "mapping"): what leads to its last one, and all others."""

    said: Sequence[Message]
    others: Sequence[Message]


def branches_in(value: Mapping[str, Any], last: object) -> Branches | None:
    """The conversation of an object whose values name their parents, down to the node `last`."""
    if not is_tree_of_messages(value):
        return None
    nodes = value.values()
    at = last if isinstance(last, str) and last in value else _leaf(value)
    line: dict[str, Any] = {}
    while isinstance(at, str) and at in value and at not in line:
        line[at] = value[at]
        at = value[at].get("parent")
    told = [*reversed(line.values())] if any("parent" in n for n in nodes) else [*nodes]
    ids = set(map(id, told))
    said = messages_in([node for node in told if node["message"]])
    others = messages_in([n for n in nodes if n["message"] and id(n) not in ids])
    words = [one._replace(marks=one.rest.keys()) for one in said if one.text]
    return Branches(words, others) if said else None


def _leaf(mapping: Mapping[str, Any]) -> str:
    """The last node that nothing follows."""
    return next((key for key in [*mapping][::-1] if not mapping[key].get("children")), "")


def messages_in(value: Any) -> Sequence[Message]:
    """The messages of a list; () where it is none of messages."""
    items = [one for one in value if one is not None] if isinstance(value, list) else []
    if not items or not all(isinstance(one, dict) for one in items):
        return ()
    head = [message_of(one) for one in items[:3]]
    if not any(one and one.text for one in head):
        return ()
    said = [message_of(one) for one in items]
    if 2 * sum(one is not None for one in said) <= len(said):
        return ()
    pairs = zip(said, items, strict=True)
    return [one or Message("", "", "", item) for one, item in pairs]


def talk_in(value: Any, called: str = "") -> Talk | None:
    """The messages of a list that a field called `called` holds, None where it has none."""
    said = messages_in(value)
    if not said:
        return None
    whole = _is_whole(said, called)
    backwards = whole and all(_ISO_DAY.match(one.time) for one in (said[0], said[-1]))
    if backwards and said[0].time > said[-1].time:
        said = said[::-1]
    return Talk(said, whole)


def is_conversation(value: Any, called: str = "") -> bool:
    """Whether a list is one conversation: by its name, by who speaks, or as few speak often."""
    talk = talk_in(value, called)
    return talk is not None and talk.whole


def _is_whole(said: Sequence[Message], called: str) -> bool:
    speakers = {one.speaker.casefold() for one in said if one.speaker}
    if plain_name(called) in _CALLED or speakers <= _ROLES:
        return True
    timed = 2 * sum(bool(one.time) for one in said) > len(said)
    typed = 2 * sum(one.rest.get("type") == "message" for one in said) > len(said)
    often = typed or (len(speakers) >= 2 and 2 * len(speakers) <= len(said))
    return timed and often and sum(one.text.count(" ") + 1 for one in said) <= _CHATTY * len(said)


def message_of(item: Mapping[str, Any]) -> Message | None:
    """An object as a message; None where it does not tell who speaks and what."""
    inner = item.get("message")
    if (
        isinstance(inner, dict)
        and not isinstance(inner.get("message"), dict)
        and len(item) <= 5
        and (found := message_of(inner))
    ):
        outer = {k: v for k, v in item.items() if v != inner}
        return found._replace(rest={**found.rest, **outer}, marks={*found.marks, *_marks_in(outer)})
    keys: dict[str, str] = {}
    for key in item:
        keys.setdefault(plain_name(key), key)
    if any(said_by(item[keys[name]]) for name in _TITLES if name in keys):
        return None
    who = next((keys[n] for n in _SPEAKERS if n in keys and _name(item[keys[n]])), "")
    what = next((keys[n] for n in _TEXTS if n in keys and _is_text(item[keys[n]])), "")
    if not who or not what:
        return None
    when = next((keys[n] for n in _TIMES if n in keys and _time(item[keys[n]])), "")
    used = {who, what, when}
    rest = {key: value for key, value in item.items() if key not in used}
    marks = _marks_in(rest)
    speaker = item[who]
    if isinstance(speaker, dict):
        rest[who] = {k: v for k, v in speaker.items() if said_by(v) != _name(speaker)}
        marks |= {who, "user"} if plain_name(who) == "userprofile" else {who}  # Slack's number
    time = _time(item[when]) if when else ""
    return Message(_name(speaker), time, _text(item[what]), rest, marks)


def _marks_in(fields: Mapping[str, Any]) -> set[str]:
    """Which fields of a message only a program reads."""
    return {key for key, value in fields.items() if _is_mark(key, value)}


def _is_mark(key: str, value: Any) -> bool:
    name = plain_name(key)
    if value is None or name in _MARKS or _ID.fullmatch(key):
        return True
    if name == "type":
        return said_by(value).casefold() in _KINDS
    if name in ("team", "userteam", "sourceteam"):
        return _SLACK.fullmatch(said_by(value)) is not None
    if name == "replies" and isinstance(value, list):  # who replied and when, not what
        return all(isinstance(one, dict) and one.keys() <= {"user", "ts"} for one in value)
    return name in _LISTED and isinstance(value, list | dict | bool)


def _name(value: Any) -> str:
    """Who is named by a name, or by an object that has one; "" for none, and for a text."""
    if isinstance(value, dict):
        named = {plain_name(key): inner for key, inner in value.items()}
        found = (_name(named[name]) for name in _NAMES if isinstance(named.get(name), str))
        return next(filter(None, found), "")
    said = " ".join(said_by(value).split())
    return said if len(said) <= _WHO else ""


def _time(value: Any) -> str:
    said = " ".join(said_by(value).split())
    if iso := _ISO.fullmatch(said):
        return f"{iso[1]} {iso[2]}"
    if epoch := _EPOCH.fullmatch(said):
        return f"{datetime.fromtimestamp(int(epoch[1]), UTC):%Y-%m-%d %H:%M}"
    return said if len(said) <= _WHO and any(map(str.isdigit, said)) else ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str | list) or (isinstance(value, dict) and bool(_text(value)))


def _text(value: Any) -> str:
    """The words of a message: a text, its parts, or an object with either."""
    return _joined(value).strip()


def _joined(value: Any, depth: int = 0) -> str:
    if isinstance(value, str) or depth == _DEEPEST:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        parts = [_joined(one, depth + 1) for one in value if isinstance(one, str | dict)]
        inline = all(isinstance(one, str) or "type" in one for one in value) and len(value) > 1
        return ("" if inline and any(isinstance(one, str) for one in value) else "\n\n").join(parts)
    named = {plain_name(key): inner for key, inner in value.items()}
    found = (
        _joined(named[name], depth + 1)
        for name in _TEXTS
        if isinstance(named.get(name), str | list | dict)
    )
    return next(filter(None, found), "")
