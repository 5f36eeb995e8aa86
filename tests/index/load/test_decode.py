"""Bytes to text: the encoding is found out, and what is no text is refused."""

from __future__ import annotations

import codecs
import random
import struct

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.decode import decode
from index.load.encodings import detect

RUSSIAN = (
    "Паром ходит через залив четыре раза в день. Билет стоит двенадцать рублей, дети до семи лет "
    "едут бесплатно. Зимой, когда залив замерзает, расписание меняется каждую неделю."
)
UKRAINIAN = (
    "Пором ходить через затоку чотири рази на день. Квиток коштує дванадцять гривень, діти їдуть "
    "безкоштовно. Узимку, коли затока замерзає, розклад змінюється щотижня."
)
GREEK = (
    "Το καράβι φεύγει από το λιμάνι τέσσερις φορές την ημέρα. Το εισιτήριο κοστίζει δώδεκα ευρώ "
    "και τα παιδιά ταξιδεύουν δωρεάν. Τον χειμώνα τα δρομολόγια αλλάζουν κάθε εβδομάδα."
)
JAPANESE = (
    "渡し船は一日に四回、湾を渡ります。切符は十二円で、子どもは無料です。冬になって湾が凍ると、"
    "時刻表は毎週変わりますので、桟橋の掲示板を見てください。"
)
CHINESE = (
    "渡船每天四次穿过海湾。船票十二元，七岁以下的儿童免费。到了冬天，海湾结冰的时候，"
    "时刻表每个星期都会改变，请看码头上的通知。"
)
TAIWANESE = (
    "渡船每天四次穿過海灣。船票十二元，七歲以下的兒童免費。到了冬天，海灣結冰的時候，"
    "時刻表每個星期都會改變，請看碼頭上的通知。"
)
KOREAN = (
    "나룻배는 하루에 네 번 만을 건넙니다. 표는 열두 원이고 일곱 살 아래 어린이는 무료입니다. "
    "겨울에 만이 얼면 시간표가 매주 바뀌니 부두의 안내판을 보십시오."
)
POLISH = (
    "Prom pływa przez zatokę cztery razy dziennie. Bilet kosztuje dwanaście złotych, a dzieci do "
    "lat siedmiu jeżdżą bezpłatnie. Zimą, gdy zatoka zamarza, rozkład zmienia się co tydzień."
)
CZECH = (
    "Přívoz jezdí přes zátoku čtyřikrát denně. Jízdenka stojí dvanáct korun a děti do sedmi let "
    "jezdí zdarma. V zimě, když zátoka zamrzne, se jízdní řád mění každý týden."
)
HUNGARIAN = (
    "A komp naponta négyszer kel át az öblön. A jegy tizenkét forintba kerül, a hét évnél "
    "fiatalabb gyerekek ingyen utaznak. Télen, ha befagy az öböl, hetente változik a menetrend."
)
TURKISH = (
    "Vapur körfezi günde dört kez geçer. Bilet on iki liradır, yedi yaşından küçük çocuklar "
    "ücretsiz biner. Kışın körfez donduğunda tarife her hafta değişir."
)


TEXTS = {
    "russian": RUSSIAN,
    "ukrainian": UKRAINIAN,
    "greek": GREEK,
    "japanese": JAPANESE,
    "chinese": CHINESE,
    "taiwanese": TAIWANESE,
    "korean": KOREAN,
    "polish": POLISH,
    "czech": CZECH,
    "hungarian": HUNGARIAN,
    "turkish": TURKISH,
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("russian", "windows-1251"),
        ("russian", "koi8-r"),
        ("russian", "iso8859-5"),
        ("ukrainian", "windows-1251"),
        ("ukrainian", "koi8-u"),
        ("greek", "windows-1253"),
        ("greek", "iso8859-7"),
        ("japanese", "shift_jis"),
        ("japanese", "euc_jp"),
        ("japanese", "iso2022_jp"),
        ("chinese", "gb18030"),
        ("taiwanese", "big5"),
        ("korean", "euc_kr"),
        ("polish", "iso8859-2"),
        ("polish", "windows-1250"),
        ("czech", "iso8859-2"),
        ("hungarian", "iso8859-2"),
        ("turkish", "windows-1254"),
    ],
)
@pytest.mark.parametrize("repeats", [1, 400])
def test_a_paragraph_tells_its_encoding(language: str, encoding: str, repeats: int) -> None:
    text = "\r\n\r\n".join([TEXTS[language]] * repeats)
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    "text",
    [
        "Café",
        "naïve “quotes” – dashes…",
        "Grüße aus Köln",
        "El niño comió piñones en Logroño",
        "À bientôt, Françoise !",
        "© 2019 Smørrebrød A/S, 5 °C ± 2",
        "Preis: 5 €",
    ],
)
def test_a_few_western_words_are_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_a_text_that_is_cut_amid_a_character_is_read() -> None:
    text = decode((JAPANESE * 3).encode("shift_jis")[:-1], "a.txt")
    assert text == (JAPANESE * 3)[:-1] + "\ufffd"


def test_words_of_no_language_are_refused() -> None:
    noise = random.Random(0).choices(bytes(range(0x80, 0x100)) + b"abcdefghijklmnopqrst", k=400)
    with pytest.raises(UnreadableDocument, match=r"^a\.txt: its encoding is not known; save it"):
        decode(bytes(noise), "a.txt")


JAPANESE_TABLE = "名前,年齢,住所,会費\r\n高橋花子,36,東京,8000\r\n山本健,26,札幌,7000\r\n"
KANA_TABLE = "氏名,ﾌﾘｶﾞﾅ,住所\r\n佐藤太郎,ｻﾄｳ ﾀﾛｳ,東京都港区\r\n鈴木花子,ｽｽﾞｷ ﾊﾅｺ,大阪市北区\r\n"
TAIWANESE_TABLE = "姓名,年齡,城市\r\n張三,30,臺北\r\n李四,25,高雄\r\n"
KOREAN_TABLE = "이름,나이,도시\r\n권영자,36,시흥시\r\n김철수,41,용인시\r\n"
CHINESE_TABLE = "姓名,年龄,城市\r\n廖婷婷,30,西安县\r\n李建军,25,北京\r\n"
DOS = "Der Schlüssel hängt hinter der Tür. Die Gebühr beträgt 40 Mark. Müller grüßt."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE_TABLE, "cp932"),
        (JAPANESE_TABLE, "euc_jp"),
        (KANA_TABLE, "cp932"),
        (TAIWANESE_TABLE, "big5"),
        (KOREAN_TABLE, "cp949"),
        (CHINESE_TABLE, "gb18030"),
        (DOS, "cp437"),
        (DOS, "cp850"),
        (DOS, "mac-roman"),
        (POLISH, "cp852"),
        (RUSSIAN, "cp866"),
    ],
)
def test_tables_of_names_and_what_dos_wrote_tell_their_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.csv") == text


@pytest.mark.parametrize(("text", "other"), [("Jürgen,Köln", "cp1252"), (RUSSIAN, "cp1251")])
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_a_line_that_another_program_added_is_read_by_itself(
    text: str, other: str, declared: str
) -> None:
    lines = [b"name,city", "José,Málaga".encode(), text.encode(other), "Ana,Peñíscola".encode()]
    assert decode(b"\n".join(lines), "a.csv", declared).split("\n") == [
        "name,city",
        "José,Málaga",
        text,
        "Ana,Peñíscola",
    ]


def test_a_line_that_is_damaged_is_of_no_other_encoding() -> None:
    lines = GREEK.replace(". ", ".\n")
    assert decode(lines.encode()[:-2], "a.txt") == lines[:-2] + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", ["plain", GREEK, JAPANESE])
def test_a_mark_tells_the_encoding_and_is_dropped(text: str, encoding: str) -> None:
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    assert decode(mark + text.encode(encoding), "a", "koi8-r") == text


def test_a_mark_of_utf8_before_a_damaged_text_is_dropped() -> None:
    assert decode(codecs.BOM_UTF8 + "é è ê".encode() + b"\xff", "a") == "é è ê\ufffd"


@pytest.mark.parametrize("text", ["plain text", f"{RUSSIAN}\n", f"{GREEK}\n", f"{KOREAN}\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a") == text


@pytest.mark.parametrize("form", ["<200h", "<200i"])
def test_numbers_are_no_utf16(form: str) -> None:
    chance = random.Random(0)
    numbers = [round(chance.gauss(300, 80)) for _ in range(200)]
    with pytest.raises(UnreadableDocument, match="binary data"):
        decode(struct.pack(form, *numbers), "a.txt")


def test_what_is_declared_is_believed_unless_the_text_is_utf8() -> None:
    assert decode("Ночь".encode("koi8-r"), "a", "KOI8-R") == "Ночь"
    assert decode("Ночь".encode(), "a", "koi8-r") == "Ночь"
    assert decode("“é”".encode("cp1252"), "a", "iso-8859-1") == "“é”"
    assert decode("\u9555".encode("gb18030"), "a", "gb2312") == "\u9555"


@pytest.mark.parametrize("declared", ["", "none-such", "idna", "unicode-escape", "rot13", "a\x00b"])
def test_a_name_that_is_no_texts_encoding_is_passed_over(declared: str) -> None:
    assert decode("Grüße aus Köln".encode("cp1252"), "a", declared) == "Grüße aus Köln"


def test_a_damaged_byte_here_and_there_is_shown_as_such() -> None:
    data = (GREEK * 2).encode()
    assert decode(data + b"\xff.", "a") == GREEK * 2 + "\ufffd."
    broken = "é è ê".encode() + b"\xff"
    assert decode(broken, "a", "utf-8") == "é è ê\ufffd"


@pytest.mark.parametrize("data", [bytes(range(1, 256)), b"\x93\x01\x02\x03 \x90\x04 \x99\x05"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.txt: this is binary data, not text; save"):
        decode(data, "a.txt")


@given(st.binary(min_size=1, max_size=200), st.sampled_from(["", "utf-8", "gb2312", "shift_jis"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str) -> None:
    try:
        text = decode(data, "a.txt", declared)
    except UnreadableDocument:
        return
    assert text


def test_only_the_head_of_a_long_text_is_looked_at() -> None:
    line = f"{RUSSIAN}\n".encode("cp1251")
    assert next(detect(line * 3000)) == next(detect(line)) == "cp1251"
