"""Chats and comments: who said what and when, in order, and what a question in one is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.load.loading import Loaded, load_file
from index.pieces import Kind


def loaded(value: Any, name: str = "a.json") -> Loaded:
    return load_file(json.dumps(value).encode(), name)


def node(
    parent: str | None, children: list[str], role: str, *parts: str, at: float = 1714550000.5
) -> dict[str, Any]:
    """A node of ChatGPT's export."""
    content = {"content_type": "text", "parts": [*parts]}
    message = {"author": {"role": role}, "create_time": at, "content": content, "weight": 1.0}
    return {"message": message, "parent": parent, "children": children}


TREE = {
    "root": {"message": None, "parent": None, "children": ["a"]},
    "a": node("root", ["b", "c"], "user", "Wie heiß muss der Ofen sein?"),
    "b": node("a", [], "assistant", "Der Ofen muss 180 Grad haben."),
    "c": node("a", [], "assistant", "Heiz ihn gut vor:\n\n- Der Ofen muss **250 Grad** haben."),
}


def test_of_a_tree_of_answers_the_branch_is_told_that_the_conversation_took() -> None:
    found = loaded({"title": "Brot", "current_node": "c", "mapping": TREE})
    (document,) = found.documents
    assert document.text.endswith(
        "user, 2024-05-01 07:53: Wie heiß muss der Ofen sein?\n\n"
        "assistant, 2024-05-01 07:53: Heiz ihn gut vor:\n\n- Der Ofen muss **250 Grad** haben."
    )
    (failure,) = found.failures
    assert failure.reason.startswith("a.json: a message left out that the conversation did not")
    assert failure.partly


def test_without_a_last_node_it_is_the_last_leaf() -> None:
    (document,) = loaded({"title": "Brot", "mapping": TREE}).documents
    assert "250 Grad" in document.text
    assert "180 Grad" not in document.text


def test_each_conversation_of_an_export_is_a_document() -> None:
    other = {"x": node(None, ["y"], "user", "Why?"), "y": node("x", [], "assistant", "Because.")}
    found = loaded([{"title": "Brot", "mapping": TREE}, {"title": "Why", "mapping": other}])
    assert [(d.source, d.title) for d in found.documents] == [
        ("a.json#1", "Brot"),
        ("a.json#2", "Why"),
    ]


def test_a_role_and_who_asks_stand_before_the_sentence_and_a_name_in_it() -> None:
    talk = [
        {"from": "Ida", "date": "2024-05-01T10:00:00", "text": "When does the crane come?"},
        {"from": "Ole", "date": "2024-05-01T10:01:00", "text": "It comes on Saturday."},
    ]
    (document,) = loaded({"messages": talk}).documents
    assert document.text == (
        "Ida, 2024-05-01 10:00: When does the crane come?\n\n"
        "Ole, 2024-05-01 10:01: It comes on Saturday."
    )
    sentences = [document.cut(p[1:3]) for p in document.pieces if p.kind is Kind.SENTENCE]
    assert sentences == [
        "When does the crane come?",
        "Ole, 2024-05-01 10:01: It comes on Saturday.",
    ]
    assert [page.name for page in document.pages] == ["2024-05-01 10:00", "2024-05-01 10:01"]


WORDS = ["90 ", {"type": "bold", "text": "crowns."}]


@pytest.mark.parametrize(
    "message",
    [
        {
            "user": "U1",
            "user_profile": {"real_name": "Per"},
            "text": WORDS,
            "ts": "1714550000.0002",
        },
        {"sender_name": "Per", "timestamp_ms": 1714550000000, "content": "90 crowns."},
        {"author": {"nickname": "Per"}, "timestamp": "2024-05-01T07:53:20Z", "content": WORDS},
        {"from": "Per", "date": "2024-05-01T07:53:20", "text": WORDS},
        {"speaker": "Per", "time": "2024-05-01 07:53", "message": {"text": "90 crowns."}},
    ],
)
def test_messages_of_many_makes(message: dict[str, Any]) -> None:
    (document,) = loaded({"messages": [message, message]}).documents
    assert document.text == "\n\n".join(["Per, 2024-05-01 07:53: 90 crowns."] * 2)


def test_a_channel_is_one_conversation_oldest_first() -> None:
    said = [
        {"author": name, "created_at": f"2024-05-0{day}T10:00:00Z", "text": f"Day {day}."}
        for name, day in (("Ida", 4), ("Ole", 3), ("Ida", 2), ("Ole", 1))
    ]
    (document,) = loaded(said).documents
    assert document.text.startswith("Ole, 2024-05-01 10:00: Day 1.\n\nIda, 2024-05-02")


def test_letters_with_a_subject_and_reviews_by_many_are_no_conversation() -> None:
    text = "The pier is closed until June because two of its piles have rotted."
    letters = [
        {"from": "Ida", "subject": f"Pier {n}", "date": "2024-05-01", "body": text + n}
        for n in "ab"
    ]
    reviews = [{"author": n, "date": "2024-05-01", "text": f"{text} {n}"} for n in ("Ida", "Per")]
    assert len(loaded(letters).documents) == len(loaded(reviews).documents) == 2


def test_comments_are_told_below_their_record_with_all_that_is_said() -> None:
    text = "Das Boot hat ein Leck im Bug, seit es an den Steg gestoßen ist."
    note = {"author": {"displayName": "Ole Berg"}, "created": "2024-05-02T10:00:00.000+0000",
            "body": "Ich habe Harz bestellt.", "votes": 3}  # fmt: skip
    record = {"key": "T-1", "fields": {"description": text, "comment": {"comments": [note]}}}
    document = loaded([record, {"key": "T-2", "fields": {"description": text + "!"}}]).documents[0]
    assert document.text == (
        f"{text}\n\nkey: T-1\n\nfields > comment > comments\n\n"
        "Ole Berg, 2024-05-02 10:00: Ich habe Harz bestellt.\n\nvotes: 3"
    )


def test_a_message_without_words_is_what_it_holds() -> None:
    talk = [{"from": "Ida", "text": "Look."}, {"from": "Ida", "text": "", "photo": "pier.jpg"}]
    (document,) = loaded({"messages": talk}).documents
    assert document.text == "Ida: Look.\n\nIda\n\nphoto: pier.jpg"


def test_messages_in_messages_without_end_are_read() -> None:
    deep = '{"message":' * 600 + '{"from": "Ida", "text": "Pier"}' + "}" * 600
    assert "Pier" in load_file(f"[{deep}]".encode(), "a.json").documents[0].text


def test_what_else_a_message_says_stands_below_it_and_what_programs_keep_does_not() -> None:
    own = {
        "id": 90017,
        "client_msg_id": "ab-77",
        "pinned": True,
        "reactions": [{"emoji": "oar"}],
        "team": "T0123ABCD",
        "replies": [{"user": "U1", "ts": "1"}],
    }
    said = [
        {
            "date": f"2024-06-0{day}",
            "author": who,
            "text": what,
            "paid": paid,
            "type": kind,
            "done": True,
            **own,
        }
        for day, who, what, paid, kind in (
            (1, "Runa", "Winch oiled.", "75 crowns", "care"),
            (2, "Jory", "Buoy moved.", "310 crowns", "message"),
            (3, "Runa", "Rope spliced.", "12 crowns", "care"),
            (4, "Jory", "Mast raised.", "0 crowns", "care"),
        )
    ]
    (document,) = loaded(said).documents
    assert document.text.startswith(
        "Runa, 2024-06-01: Winch oiled.\n\npaid: 75 crowns; type: care; done: true\n\n"
        "Jory, 2024-06-02: Buoy moved.\n\npaid: 310 crowns; done: true\n\nRuna"
    )
    assert "90017" not in document.text
    assert {"90017", "ab-77", "oar"} <= {*document.meta["aside"].split()}
