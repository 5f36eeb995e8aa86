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
        ("Yes.\n-- \nIda\nBay Line\n", ["pa Yes.", "ru --", "ru Ida", "ru Bay Line"]),
        (
            "Yes.\n> Is it?\n>> Is what?\n",
            ["pa Yes.", "he Quoted", "re [> ]Is it?", "he Quoted", "re [> > ]Is what?"],
        ),
        (
            "Yes.\n\nOn 3 May, Ida wrote:\n> It stops.\n> - at nine",
            ["pa Yes.", "he On 3 May, Ida wrote:", "re [> ]It stops.", "it [> - ]at nine"],
        ),
        (
            "Yes.\n\nOn Wednesday, 3 May 2023 at 10:12, Ida Holm <ida@x.example>\nwrote:\n> Is it?",
            ["pa Yes.", "he On Wednesday, 3 May 2023 at 10:12, Ida Holm <ida@x.example> wrote:",
             "re [> ]Is it?"],
        ),
        (
            "Ja.\n\nAm 3.5. schrieb Ida:\n> Am 2.5. schrieb Per:\n>> Sie fährt.\n> Gut.",
            ["pa Ja.", "he Am 3.5. schrieb Ida:", "he Am 2.5. schrieb Per:", "re [> > ]Sie fährt.",
             "he Am 3.5. schrieb Ida:", "re [> ]Gut."],
        ),
        (  # the sender's own sentence
            "Am 4. Mai liegt das Boot in Brell.\n\nIda Holm schrieb:\n> Wo liegt es?\n> Gruß",
            ["pa Am 4. Mai liegt das Boot in Brell.", "he Ida Holm schrieb:",
             "re [> ]Wo liegt es?", "re [> ]Gruß"],
        ),
        (
            "Am 4. Mai legt es ab.\nIda schrieb:\n> Wann legt es ab? Und wo?",
            ["pa Am 4. Mai legt es ab.", "he Ida schrieb:", "re [> ]Wann legt es ab? Und wo?"],
        ),
        (
            "I fetch the sails from Brell on Monday.\nOn 3 May, Ida wrote:\n> When? And how?",
            ["pa I fetch the sails from Brell on Monday.", "he On 3 May, Ida wrote:",
             "re [> ]When? And how?"],
        ),
        (
            "On 3 May the lock opens\n\nIda wrote:\n> It is shut.",
            ["he On 3 May the lock opens", "he Ida wrote:", "re [> ]It is shut."],
        ),
        ("Note this:\n> a line.", ["pa Note this:", "he Quoted", "re [> ]a line."]),
        (
            "Yes.\n\n-----Original Message-----\nFrom: Per\n\nIt is.",
            ["pa Yes.", "he From: Per", "ru -----Original Message-----", "re [> ]It is."],
        ),
        (
            "Ja.\n\n---- Weitergeleitete Nachricht ----\n\nSie fährt.",
            ["pa Ja.", "he Weitergeleitete Nachricht", "ru ---- Weitergeleitete Nachricht ----",
             "re [> ]Sie fährt."],
        ),
        (
            "Yes.\n\nFrom: Per\nSent: Monday\nTo: Ida\nSubject: Is it?\n\nIt is.\n\n"
            "Von: Ida\nDatum: Sonntag\nBetreff: Na?\n\nIst sie es?",
            ["pa Yes.", "he From: Per, Sent: Monday", "ru To: Ida", "ru Subject: Is it?",
             "re [> ]It is.", "he Von: Ida, Datum: Sonntag", "ru Betreff: Na?",
             "re [> > ]Ist sie es?"],
        ),
        (
            "> It stops.\n> From: Per\n> Sent: Monday\n> Subject: It\n>\n> It runs.\nWhy?",
            ["he Quoted", "re [> ]It stops.", "he From: Per, Sent: Monday", "ru Subject: It",
             "re [> > ]It runs.", "he Reply", "pa Why?"],
        ),
        ("From: here\nTo: there\n", ["pa From: here", "pa To: there"]),  # a way, and no header
        ("Now.\n----- 9 -----\nIt runs.", ["pa Now.", "he ----- 9 -----", "pa It runs."]),
        ("-- \nIda\nBay Line", ["pa --", "pa Ida", "pa Bay Line"]),  # it says nothing else
    ],
)  # fmt: skip
def test_what_a_mail_repeats_stands_under_who_wrote_it(body: str, blocks: list[str]) -> None:
    assert shown(f"{HEAD}\n{body}") == blocks


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("> Is it?\nYes.\n\nIt is.", ["he Is it?", "pa Yes.", "pa It is."]),
        ("-- \nIda\n> Is it?\nYes.", ["ru --", "ru Ida", "he Is it?", "pa Yes."]),
        (
            "On 3 May, Per wrote:\n> It stops.\n>\n> Does it run?\nYes.\n> And when?\nAt nine.\n"
            "> It is late.\nSo it is.",
            [
                "he On 3 May, Per wrote:",
                "re [> ]It stops.",
                "he Ida",
                "he Does it run?",
                "pa Yes.",
                "he And when?",
                "pa At nine.",
                "he On 3 May, Per wrote:",
                "re [> ]It is late.",
                "he Ida",
                "pa So it is.",
            ],
        ),
        (
            "On 3 May, Per wrote:\n>> Does it run?\n> At nine.\nNo.",
            ["he On 3 May, Per wrote:", "he Does it run?", "re [> ]At nine.", "he Ida", "pa No."],
        ),
        (  # it says something beside what it asks
            "> It stops at nine. Does it run?\nYes.",
            ["he Quoted", "re [> ]It stops at nine. Does it run?", "he Ida", "pa Yes."],
        ),
    ],
)
def test_an_answer_between_is_the_writers_under_its_question(body: str, blocks: list[str]) -> None:
    assert shown(f"From: Ida <i@x>\n{HEAD}\n{body}")[1:] == blocks


def test_a_long_text_below_two_dashes_is_no_signature() -> None:
    lines = [f"Line {i} of the notes." for i in range(20)]
    assert "pa Line 19 of the notes." in shown(f"{HEAD}\nNotes:\n-- \n" + "\n\n".join(lines))


@pytest.mark.parametrize(
    ("params", "body", "words"),
    [
        ("format=flowed", "The ferry \nruns.\nIt stops.", ["pa The ferry runs.", "pa It stops."]),
        ("format=flowed; delsp=yes", "The fer \nry runs.", ["pa The ferry runs."]),
        (
            "format=flowed",
            "Yes.\n> Does it \n> run?\n>> It \nNo.",
            ["pa Yes.", "he Quoted", "re [> ]Does it run?", "he Quoted", "re [> > ]It", "he Reply",
             "pa No."],
        ),
        ("format=flowed", " > stuffed\n-- \nIda", ["pa > stuffed", "ru --", "ru Ida"]),
        ("format=fixed", "It runs. \nIt stops.", ["pa It runs.", "pa It stops."]),
    ],
)  # fmt: skip
def test_lines_that_flow_are_joined(params: str, body: str, words: list[str]) -> None:
    assert shown(f"{HEAD}Content-Type: text/plain; {params}\n\n{body}") == words


GMAIL = "<div class=gmail_quote><div class=gmail_attr>On 3 May Per:</div>"
OUTLOOK = "<b>From:</b> Per Moe of the yard<br><b>Sent:</b> Monday, 3 May<br><b>Subject:</b> It"


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        (
            "<p>Yes.<blockquote type=cite><p>It runs.<blockquote type=cite>Why?</blockquote>",
            ["pa Yes.", "he Quoted", "re [> ]It runs.", "he Quoted", "re [> > ]Why?"],
        ),
        (
            f"Yes.{GMAIL}<blockquote>It runs.<ul><li>at nine</ul></blockquote></div>",
            ["pa Yes.", "he On 3 May Per:", "re [> ]It runs.", "it [> - ]at nine"],
        ),
        (  # what stands between is the writer's
            f"Yes.{GMAIL}<blockquote>Does it?</blockquote><p>It does.</div>",
            ["pa Yes.", "he On 3 May Per:", "he Reply", "he Does it?", "pa It does."],
        ),
        (
            "Yes.<div class=yahoo_quoted><div>On 3 May, Per wrote:</div><div>It runs.</div></div>",
            ["pa Yes.", "he On 3 May, Per wrote:", "re [> ]It runs."],
        ),
        (
            "See.<div class=gmail_quote>---------- Forwarded message ---------<br>From: Per<br>"
            "Date: 3 May<br>Subject: It<br><p>It runs.</div>",
            ["pa See.", "he From: Per, Date: 3 May",
             "ru ---------- Forwarded message --------- From: Per", "ru Subject: It",
             "re [> ]It runs."],
        ),
        ("Yes.<div class=gmail_signature>Ida</div>", ["pa Yes.", "ru Ida"]),
        (
            "<p>As they say:<blockquote><h2>Run</h2>Run.</blockquote>",
            ["pa As they say:", "he Run", "pa [> ]Run."],
        ),
        (
            "<p>As he says:<blockquote type=cite><h2>Run</h2>Run.</blockquote>",
            ["pa As he says:", "he Quoted", "he Run", "re [> ]Run."],
        ),
        (
            f"Yes.<div>{OUTLOOK}</div><p>It runs.",
            ["pa Yes.", "he From: Per Moe of the yard, Sent: Monday, 3 May",
             "ru Subject: It", "re [> ]It runs."],
        ),
        ("<style>p { }</style><p hidden>Preview<p>Yes.<img src=x>", ["pa Yes."]),
    ],
)  # fmt: skip
def test_html_is_read_as_mail(page: str, blocks: list[str]) -> None:
    assert shown(f"{HEAD}Content-Type: text/html\n\n{page}") == blocks


def test_who_wrote_to_whom_and_when_can_be_quoted() -> None:
    mail = (
        "From: =?utf-8?q?Ida_H=C3=B6lm?= <ida@x.example>\nTo: a@x.example,\n b@x.example\n"
        "Cc: c@x.example\nDate: Wed, 03 May 2023 10:12:00 +0200\n\nYes."
    )
    assert shown(mail) == [
        "by From: Ida Hölm <ida@x.example>",
        "re To: a@x.example, b@x.example",
        "re Cc: c@x.example",
        "da Date: Wednesday, 3 May 2023, 10:12 (UTC+02:00)",
        "pa Yes.",
    ]
    meta = load(mail).documents[0].meta
    assert (meta["author"], meta["date"]) == ("Ida Hölm", "2023-05-03")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Date: some day", "da Date: some day"),
        ("Date: Wed, 03 May 2023 10:12:00 -0000", "da Date: Wednesday, 3 May 2023, 10:12"),
        ("From: =?nonsense?q?Ida?= <a@x>", "by From: Ida <a@x>"),
        ("From: =?utf-8?b?!!!?= <a@x>", "by From: "),
        ("To: ,,;:<>", "re To: ,,;:<>"),
    ],
)
def test_a_damaged_header_is_told_as_it_is(header: str, said: str) -> None:
    assert shown(f"{header}\n\nYes.")[0].startswith(said)


def test_bytes_in_a_header_are_detected() -> None:
    assert (
        shown("To: Лузин Денис Сергеевич\n\nYes.".encode("koi8-r"))[0]
        == "re To: Лузин Денис Сергеевич"
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


FIRST = "From ida@x Mon May 13 18:40:00 2024\n"
MBOX = (
    f"{FIRST}From: Ole <o@x>\nSubject: Re: Crane\nDate: Tue, 14 May 2024 09:00:00 +0200\n\n"
    "It is fine.\n\nOn 13 May, Ida wrote:\n> It comes at seven.\n>From here it is far.\n\n"
    "From ole@x Mon May 13 18:40:00 2024\nFrom: Ida <i@x>\nSubject: Crane\n"
    "Date: Mon, 13 May 2024 09:00:00 +0200\n\nIt comes at seven.\n\nFrom Brell it is far.\n"
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_mailbox_is_read_mail_by_mail_in_their_order(line_end: str) -> None:
    found = load_file(MBOX.replace("\n", line_end).encode(), "box.mbox")
    assert not found.failures
    assert [(d.source, d.title) for d in found.documents] == [
        ("box.mbox#2", "Crane"),
        ("box.mbox#1", "Re: Crane"),
    ]
    first, answer = found.documents
    assert first.text.endswith("From Brell it is far.")
    assert answer.text.endswith("> It comes at seven.\n\nOle\n\nFrom here it is far.")


@pytest.mark.parametrize("data", [b"Subject: A\n\nA mail.\n", b"\n\n", b"PK\x03\x04"])
def test_what_is_no_mailbox_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^box\.mbox: "):
        load_file(data, "box.mbox")


def test_a_mail_of_a_mailbox_that_cannot_be_read_leaves_the_others() -> None:
    deep = f"{FIRST}{DEEP}\n\n{MBOX}"
    found = load_file(deep.encode(), "box.mbox")
    assert [d.source for d in found.documents] == ["box.mbox#3", "box.mbox#2"]
    assert found.failures[0].source == "box.mbox#1"


@given(st.lists(st.sampled_from((*MBOX.splitlines(keepends=True), FIRST, "\n")), max_size=12))
def test_any_lines_of_a_mailbox_are_read_or_refused(lines: list[str]) -> None:
    try:
        assert load_file("".join([FIRST, *lines]).encode(), "box.mbox")
    except UnreadableDocument:
        return


@pytest.mark.parametrize(
    "day", ["Mon, 6 May 99999999999999999999 09:00:00", "6 May 0", "32 13 2024"]
)
def test_a_day_that_is_none_stays_as_it_is_written(day: str) -> None:
    (document,) = load(f"{HEAD}Date: {day}\n\nThe ferry runs.\n").documents
    assert f"Date: {day}" in document.text
