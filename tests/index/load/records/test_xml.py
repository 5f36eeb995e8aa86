"""XML: data as values, prose as it is read, and nothing fetched."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from lxml.etree import _Element as Element

from index.errors import UnreadableDocument
from index.load.loading import Loaded, load_file
from index.load.records import xml
from index.types import BlockKind
from tests.index.load.broken import loads_or_is_refused


def loaded(text: str) -> Loaded:
    return load_file(text.encode(), "a.xml")


def test_elements_and_attributes_are_labels() -> None:
    data = """<boats xmlns:o="urn:o"><boat id="4"><name>Sula</name><length unit="m">7.4</length>
        <o:owner><name>Ida Holm</name></o:owner></boat>
        <boat id="5"><name>Terna</name></boat></boats>"""
    (document,) = loaded(data).documents
    assert document.text == (
        "boat\n\nid: 4; name: Sula; length > unit: m; length: 7.4; owner > name: Ida Holm\n"
        "id: 5; name: Terna"
    )


def test_a_feed_is_a_document_an_item() -> None:
    data = """<?xml version="1.0"?><rss><channel><title>Bote</title>
        <item><title>Die Mole</title><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>
        <![CDATA[<p>Die Mole wurde im Mai <b>gesperrt</b>.</p><p>Zwei Pfähle sind verfault.</p>]]>
        </description></item>
        <item><title>Der Kran</title><description>Der Kran hebt wieder, seit Ole ihn flickte.
        </description></item></channel></rss>"""
    first, second, beside = loaded(data).documents
    assert first.text.startswith(
        "Die Mole\n\nDie Mole wurde im Mai gesperrt.\n\nZwei Pfähle sind verfault.\n\npubDate: Fri"
    )
    assert (first.title, first.meta["date"], second.title) == ("Die Mole", "2024-05-03", "Der Kran")
    assert beside.text == "channel > title: Bote"


def test_prose_stays_paragraphs_headings_items_and_tables() -> None:
    data = """<article xmlns="urn:docbook" xml:id="lock"><info><title>The lock</title>
        <author>Per Lund</author></info><section><title>Opening</title>
        <para>The lock opens at <emphasis>six</emphasis>. Boats wait.</para>
        <itemizedlist><listitem><para>Sound the horn.</para></listitem></itemizedlist>
        <informaltable><tgroup><tbody><row><entry>Day</entry><entry>Hours</entry></row>
        <row><entry>Sunday</entry><entry>8 to 12</entry></row></tbody></tgroup></informaltable>
        <programlisting>open(lock)
wait()</programlisting></section></article>"""
    (document,) = loaded(data).documents
    assert document.title == "The lock"
    assert [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks] == [
        ("heading", "The lock"),
        ("rows", "author: Per Lund"),
        ("heading", "Opening"),
        ("paragraph", "The lock opens at six. Boats wait."),
        ("item", "- Sound the horn."),
        ("rows", "Day: Hours"),
        ("rows", "Sunday: 8 to 12"),
        ("rows", "open(lock)"),
        ("rows", "wait()"),
    ]
    assert document.blocks[4].kind is BlockKind.ITEM
    assert "lock" in document.text


def test_attributes_of_what_holds_the_text_are_said() -> None:
    long = "The winch of the slipway was oiled because it had squealed all through the spring."
    data = "".join(
        f'<note id="n{n}"><words by="Runa {n}">{long} It took <time unit="hours">{n}</time> or '
        "more.</words><place>slip</place><owner>club</owner><state>done</state></note>"
        for n in (21, 22)
    )
    rest = "".join(f"<fact>{long}</fact>" for _ in range(7))  # so that it is no prose
    first = loaded(f"<notes>{data}{rest}</notes>").documents[0]
    assert "Runa 21" in first.text
    assert "time > unit: hours" in first.text
    assert first.text.count("It took 21 or more.") == 1


TABLE = """<caption>Fees of 2031</caption><colspec colname="c1"/>
<thead><row><entry>Boat</entry><entry>Fee</entry></row></thead>
<tbody><row id="r7"><entry>Dinghy</entry><entry>twelve</entry></row></tbody>
<tbody><row><entry>Barge</entry><entry>ninety</entry></row></tbody><note>Without tax.</note>"""


@pytest.mark.parametrize("around", ["table", "tgroup"])
def test_a_head_labels_the_rows_of_a_table_and_what_is_no_row_stays(around: str) -> None:
    prose = "<p>The harbour takes fees from whoever stays for a night in the summer.</p>"
    (document,) = loaded(f"<doc>{prose}<{around}>{TABLE}</{around}></doc>").documents
    assert document.text.split("\n")[2:] == [
        "caption: Fees of 2031",
        "Boat: Dinghy; Fee: twelve",
        "Boat: Barge; Fee: ninety",
        "note: Without tax.",
    ]
    assert {"c1", "r7"} <= {*document.meta["aside"].split()}


def test_words_beside_the_rows_of_a_table_stay() -> None:
    prose = "<p>See the <i>list</i> of boats &boats; here.</p>"
    (document,) = loaded(f"""<!DOCTYPE doc [<!ENTITY boats "(two)">]>
        <doc>{prose}<table>In crowns.<tr><td>Fee</td><td>ninety</td></tr></table>
        <tbody>None else.</tbody></doc>""").documents
    assert document.text == (
        "See the list of boats (two) here.\n\nIn crowns.\n\nFee: ninety\ntbody: None else."
    )


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be"])
def test_a_last_newline_of_two_bytes_is_whole(coding: str) -> None:
    text = '\ufeff<?xml version="1.0" encoding="UTF-16"?><a><pier>Tarn</pier></a>\n'
    (document,) = load_file(text.encode(coding), "a.xml").documents
    assert document.text == "pier: Tarn"


def test_entities_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    listed = xml._entities

    def counted(root: Element) -> xml.Entities:
        calls.append(root)
        return listed(root)

    monkeypatch.setattr(xml, "_entities", counted)
    text = "".join(f"<p{n}>&k;</p{n}>" for n in range(9))
    (document,) = loaded(f'<!DOCTYPE a [<!ENTITY k "Ida">]><a>{text}</a>').documents
    assert document.text.count("Ida") == 9
    assert len(calls) == 1


def test_entities_are_said_and_nothing_is_fetched() -> None:
    own = '<!DOCTYPE a [<!ENTITY keeper "Ida Holm"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (document,) = loaded(f"{own}<a><who>&keeper;</who><pier>&x;Tarn</pier></a>").documents
    assert document.text == "who: Ida Holm\npier: &x;Tarn"


def test_a_page_under_the_name_of_xml_is_a_page() -> None:
    data = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Tarn.</p></body></html>'
    (document,) = loaded(data).documents
    assert document.text == "Tarn."


LAUGHS = "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize("text", [
    "<a>", "no XML", "<a>" * 400 + "</a>" * 400,
    f"<!DOCTYPE a [<!ENTITY x0 'ha'>{LAUGHS}]><a>&x11;</a>",
])  # fmt: skip
def test_what_is_not_valid_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.xml: this is not valid XML \("):
        loaded(text)


@given(
    st.lists(
        st.sampled_from(["<a>", "</a>", "<p>", "</p>", "Tarn", " 7", "<b c='d'/>"]), max_size=9
    )
)
def test_any_xml_loads_or_is_refused(parts: list[str]) -> None:
    loads_or_is_refused(f"<r>{''.join(parts)}</r>".encode(), "a.xml")
