"""E-mail: the writer's words, what is only carried along, and what is attached."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import Loaded, load_file

FORMATS = Path(__file__).parents[2] / "formats"
MAILS = sorted(FORMATS.glob("*.eml"))
HEAD = "Subject: Ferry\n"
DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3000))


def load(mail: str | bytes | EmailMessage) -> Loaded:
    data = mail.encode() if isinstance(mail, str) else bytes(mail)
    return load_file(data, "a.eml")


def shown(mail: str | bytes | EmailMessage) -> list[str]:
    """The blocks below the header: their kind's initial, the marker in brackets, the words."""
    document = load(mail).documents[0]
    return [
        f"{b.kind.value[:2]} "
        + f"[{document.text[b.start : b.body]}]" * (b.body > b.start)
        + document.text[b.body : b.end]
        for b in document.blocks
        if b.level != 1
    ]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("It runs.\n\nIt stops.\n", ["pa It runs.", "pa It stops."]),
        ("- It runs.\n- It stops.\n", ["it [- ]It runs.", "it [- ]It stops."]),
        ("Yes.\n> Is it?\n>> Is what?\n", ["pa Yes.", "ru > Is it?", "ru >> Is what?"]),
        ("On 3 May, Ida wrote:\n> Is it?\nY.", ["ru On 3 May, Ida wrote:", "ru > Is it?", "pa Y."]),
        (
            "Yes.\n\nOn Wednesday, 3 May 2023 at 10:12, Ida Holm <ida@x.example>\nwrote:\n> Is it?",
            ["pa Yes.", "ru On Wednesday, 3 May 2023 at 10:12, Ida Holm <ida@x.example> wrote:",
             "ru > Is it?"],
        ),
        ("Am 3.5. schrieb Ida:\n> Ja?\nJa.", ["ru Am 3.5. schrieb Ida:", "ru > Ja?", "pa Ja."]),
        ("Note this:\n> a quoted line", ["pa Note this:", "ru > a quoted line"]),
        ("Yes.\n-- \nIda\nBay Line\n", ["pa Yes.", "ru --", "ru Ida", "ru Bay Line"]),
        ("-- \nIda\n> Is it?\nYes.", ["ru --", "ru Ida", "ru > Is it?", "pa Yes."]),
        (
            "Yes.\n\n-----Original Message-----\nFrom: Per\n\nIs it?",
            ["pa Yes.", "ru -----Original Message-----", "ru From: Per", "ru Is it?"],
        ),
        (
            "Yes.\n\nFrom: Per\nSent: Monday\nTo: Ida\nSubject: Is it?\n\nIs it?",
            ["pa Yes.", "ru From: Per", "ru Sent: Monday", "ru To: Ida", "ru Subject: Is it?",
             "ru Is it?"],
        ),
        ("> Is it?\n> Or not?", ["pa > Is it?", "pa > Or not?"]),  # it says nothing of its own
    ],
)  # fmt: skip
def test_only_the_writers_own_words_can_be_quoted(body: str, blocks: list[str]) -> None:
    assert shown(f"{HEAD}\n{body}") == blocks


def test_a_long_text_below_two_dashes_is_no_signature() -> None:
    lines = [f"Line {i} of the notes." for i in range(20)]
    assert "pa Line 19 of the notes." in shown(f"{HEAD}\nNotes:\n-- \n" + "\n\n".join(lines))


def test_a_mail_that_is_passed_on_is_text() -> None:
    body = "For you.\n\nFrom: Per\nSent: Monday\nSubject: Is it?\n\nThe ferry stops at nine."
    assert shown(f"Subject: FW: Ferry\n\n{body}")[-1] == "pa The ferry stops at nine."


@pytest.mark.parametrize(
    ("params", "body", "words"),
    [
        ("format=flowed", "The ferry \nruns.\nIt stops.", ["pa The ferry runs.", "pa It stops."]),
        ("format=flowed; delsp=yes", "The fer \nry runs.", ["pa The ferry runs."]),
        (
            "format=flowed",
            "Yes.\n> Does it \n> run?\n>> It \nNo.",
            ["pa Yes.", "ru > Does it run?", "ru >> It", "pa No."],
        ),
        ("format=flowed", " > stuffed\n-- \nIda", ["pa > stuffed", "ru --", "ru Ida"]),
        ("format=fixed", "It runs. \nIt stops.", ["pa It runs.", "pa It stops."]),
    ],
)  # fmt: skip
def test_lines_that_flow_are_joined(params: str, body: str, words: list[str]) -> None:
    assert shown(f"{HEAD}Content-Type: text/plain; {params}\n\n{body}") == words


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>Yes.<blockquote type=cite><p>Is it?</blockquote>", ["pa Yes.", "ru > Is it?"]),
        (
            "Yes.<div class=gmail_quote><div>On 3 May:</div><blockquote>Is it?</blockquote></div>",
            ["pa Yes.", "ru On 3 May:", "ru > Is it?"],
        ),
        (
            "See.<div class=gmail_quote>---------- Forwarded message ---------<p>It runs.</div>",
            ["pa See.", "pa ---------- Forwarded message ---------", "pa It runs."],
        ),
        ("Yes.<div class=gmail_signature>Ida</div>", ["pa Yes.", "ru Ida"]),
        ("<p>As they say:<blockquote>Run.</blockquote>", ["pa As they say:", "pa [> ]Run."]),
        (
            "Yes.<div><b>From:</b> Per<br><b>Sent:</b> Monday<br><b>Subject:</b> It</div><p>Is it?",
            ["pa Yes.", "ru From: Per", "ru Sent: Monday", "ru Subject: It", "ru Is it?"],
        ),
        ("<style>p { }</style><p hidden>Preview<p>Yes.<img src=x>", ["pa Yes."]),
    ],
)
def test_html_is_read_as_mail(page: str, blocks: list[str]) -> None:
    assert shown(f"{HEAD}Content-Type: text/html\n\n{page}") == blocks


def test_who_wrote_to_whom_and_when_can_be_quoted() -> None:
    mail = (
        "From: =?utf-8?q?Ida_H=C3=B6lm?= <ida@x.example>\nTo: a@x.example,\n b@x.example\n"
        "Cc: c@x.example\nDate: Wed, 03 May 2023 10:12:00 +0200\n\nYes."
    )
    assert shown(mail) == [
        "ro From: Ida Hölm <ida@x.example>",
        "ro To: a@x.example, b@x.example",
        "ro Cc: c@x.example",
        "ro Date: Wednesday, 3 May 2023, 10:12 (UTC+02:00)",
        "pa Yes.",
    ]
    meta = load(mail).documents[0].meta
    assert (meta["author"], meta["date"]) == ("Ida Hölm", "2023-05-03")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Date: some day", "ro Date: some day"),
        ("Date: Wed, 03 May 2023 10:12:00 -0000", "ro Date: Wednesday, 3 May 2023, 10:12"),
        ("From: =?nonsense?q?Ida?= <a@x>", "ro From: Ida <a@x>"),
        ("From: =?utf-8?b?!!!?= <a@x>", "ro From: "),
        ("To: ,,;:<>", "ro To: ,,;:<>"),
    ],
)
def test_a_damaged_header_is_told_as_it_is(header: str, said: str) -> None:
    assert shown(f"{header}\n\nYes.")[0].startswith(said)


def test_bytes_in_a_header_are_detected() -> None:
    assert (
        shown("To: Лузин Денис Сергеевич\n\nYes.".encode("koi8-r"))[0]
        == "ro To: Лузин Денис Сергеевич"
    )
    assert load("Subject: Лёд\n\nYes.".encode()).documents[0].title == "Лёд"


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text/plain; charset=koi8-r", "Лёд".encode("koi8-r"), "Лёд"),
        ("text/plain; charset=nonsense", "Лёд стоит".encode(), "Лёд стоит"),
        ("text/plain; charset=us-ascii", "It’s".encode("cp1252"), "It’s"),
        ("text/html; charset=koi8-r", "<meta charset=utf-8>Лёд".encode("koi8-r"), "Лёд"),
        ('text/plain; charset="', b"Yes.", "Yes."),
        ("nonsense", b"Yes.", "Yes."),
    ],
)
def test_a_charset_is_believed_where_it_can_be(kind: str, body: bytes, words: str) -> None:
    assert shown(f"{HEAD}Content-Type: {kind}\n\n".encode() + body) == [f"pa {words}"]


def test_damaged_base64_gives_what_is_whole() -> None:
    head = f"{HEAD}Content-Transfer-Encoding: base64\n\n"
    assert shown(head + "VGhlIGZlcnJ5IHJ1bnMu\nSXQg!!c3RvcHMu") == ["pa The ferry runs.It stops."]


def both(plain: str, page: str) -> EmailMessage:
    mail = EmailMessage()
    mail.set_content(plain)
    mail.add_alternative(page, subtype="html")
    return mail


def test_plain_text_goes_before_html_unless_it_says_little() -> None:
    page = "<p>The ferry runs at nine and at ten, and in summer at eleven too.</p>" * 3
    assert len(shown(both("Please use a program that shows HTML.", page))) == 3
    assert shown(both("The ferry runs.", "<p>The <b>ferry</b> runs.")) == ["pa The ferry runs."]


def test_documents_that_are_attached_are_texts_of_their_own() -> None:
    mail = both("See below.", "<p>See below.")
    mail["Subject"] = "Two lists"
    mail.add_attachment("# Times\n\nAt nine.\n", subtype="markdown", filename="times.md")
    mail.add_attachment(
        "Сады".encode("koi8-r"),
        "text",
        "plain",
        filename="../сады.txt",
        params={"charset": "koi8-r"},
    )
    mail.add_attachment("Again.\n", subtype="markdown", filename="times.md")
    mail.add_attachment(b"\x89PNG", "image", "png", filename="ferry.png")
    mail.add_attachment(b"\x00\x01", "text", "plain", filename="bad.txt")
    loaded = load(mail)
    assert [(d.source, d.title) for d in loaded.documents] == [
        ("a.eml", "Two lists"),
        ("a.eml/times.md", "Times"),
        ("a.eml/_сады.txt", "_сады"),
        ("a.eml/times (2).md", "times (2)"),
    ]
    assert loaded.documents[2].text == "Сады"
    picture, bad = loaded.failures
    assert (picture.source, picture.kind) == ("a.eml/ferry.png", ".png")
    assert bad.reason.startswith("a.eml/bad.txt: this is binary data")


def test_a_mail_in_a_mail_is_a_text_of_its_own() -> None:
    mail = EmailMessage()
    mail["Subject"] = "level 0"
    mail.set_content("The text of level 0.")
    for level in range(1, 8):
        outer = EmailMessage()
        outer["Subject"] = f"level {level}"
        outer.set_content(f"The text of level {level}.")
        outer.add_attachment(mail)
        mail = outer
    loaded = load(mail)
    found = [(d.source, d.title) for d in loaded.documents]
    assert found[:2] == [("a.eml", "level 7"), ("a.eml/message.eml", "level 6")]
    assert len(found) == 5
    (deeper,) = loaded.failures
    assert deeper.reason == (
        f"a.eml{'/message.eml' * 5}: it lies in over 4 other mails; save it as a file of its own"
    )


def test_what_is_attached_without_a_name_is_called_by_its_type() -> None:
    mail = both("See below.", "<p>See below.")
    mail.add_attachment(b"BEGIN:VCALENDAR", "text", "calendar")
    (failure,) = load(mail).failures
    assert (failure.source, failure.kind) == ("a.eml/text-calendar", "without a suffix")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ("", "there is no text in it"),
        ("Content-Type: application/pkcs7-mime\n\nAAAA", "it is encrypted; save it decrypted"),
        (b"\x00\x01\x02\x03" * 20, "this is binary data"),
        (DEEP, "its parts nest too deep; save it again"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(mail: str | bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^a\.eml: {why}"):
        load(mail)


def test_a_body_that_cannot_be_read_leaves_the_header() -> None:
    loaded = load(f"{HEAD}From: a@x\n\n".encode() + b"\x00\x01\x02")
    assert loaded.documents[0].text == "Ferry\n\nFrom: a@x"
    assert "this is binary data" in loaded.failures[0].reason
    assert loaded.failures[0].partly


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for mail in (data, b"Content-Type: multipart/alternative; boundary=b\n\n--b\n" + data):
        try:
            assert load(mail).documents
        except UnreadableDocument:
            continue


HEADERS = st.sampled_from(
    ("From", "To", "Date", "Subject", "Content-Type", "Content-Disposition", "Content-ID",
     "Content-Transfer-Encoding")
)  # fmt: skip
VALUES = st.sampled_from(
    ("multipart/mixed", "multipart/alternative", "; boundary=b", "text/html", "message/rfc822",
     "; charset=", "attachment; filename=", "; filename*=utf-8''%ff", "a.md", "a.eml", "=?utf-8?q?",
     "?=", "=?koi8-r?b?", "base64", "quoted-printable", "<a@b>", '"', "(",
     "Mon, 1 Jan 9999 0:0", "\n--b\n")
) | st.text(max_size=4)  # fmt: skip


@given(st.lists(st.tuples(HEADERS, st.lists(VALUES, max_size=4).map("".join))), st.text())
def test_any_headers_are_read_or_refused(headers: list[tuple[str, str]], body: str) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    try:
        assert load(f"{head}\n{body}".encode("utf-8", "replace")).documents
    except UnreadableDocument:
        return


@given(st.sampled_from(MAILS), st.integers(0), st.integers(0, 255))
def test_a_damaged_mail_is_read_or_refused(path: Path, place: int, byte: int) -> None:
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    for damaged in (bytes(data), bytes(data[: place % len(data)])):
        try:
            assert load(damaged).documents
        except UnreadableDocument:
            continue
