"""Whether the page opens while others send slow files: python -m benchmarks.page_load

A PDF of one drawing on 2,000 pages is read for as long as a file may be. 45 people, each from an
address of their own (127.0.1.1 to 127.0.1.45, which Linux has), send it at once; meanwhile, and
before in the same run, the page is asked for again and again. Prints a Markdown table; the exit
code is 1 where that takes over 5 times as long, or where not all files were still under way.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from io import BytesIO

import httpx
import numpy as np

from benchmarks.screenshots import chat_page
from ui.server import limits

PEOPLE = 45
ASKED = 100  # times, idle and loaded
MOST = 5.0  # times the idle time
PAGES, LINES = 2_000, 2_000


def main() -> None:
    """Measure and print."""
    data = slow_pdf()
    with ThreadPoolExecutor(PEOPLE) as threads, chat_page() as address:
        _opened(address)  # the first warms up
        idle = _opened(address)
        sent = [threads.submit(_send, address, person, data) for person in range(1, PEOPLE + 1)]
        time.sleep(3)  # until all have been received, and some are read
        loaded = _opened(address)
        answers = [one.result() for one in sent if one.done()]
    under_way = PEOPLE - len(answers)
    times = np.median(loaded) / np.median(idle)
    print("| figure | idle | loaded | times |\n|---|---|---|---|")
    for name, share in (("median", 50), ("95%", 95), ("longest", 100)):
        before, after = (1000 * np.percentile(found, share) for found in (idle, loaded))
        print(f"| GET /, {name}, ms | {before:.1f} | {after:.1f} | {after / before:.1f} |")
    print(f"\n{under_way} of {PEOPLE} files of {len(data) >> 10} KB under way to the end;")
    for answer in sorted(set(answers)):
        print(f"{answers.count(answer)} answered: {answer}")
    missed = times > MOST or under_way < PEOPLE - limits.PARSERS
    sys.exit(1 if missed else 0)


def _opened(address: str) -> list[float]:
    """Seconds that the page took, each time on a connection of its own."""
    found, url = [], httpx.URL(address)
    for _ in range(ASKED):
        started = time.perf_counter()
        connection = HTTPConnection(url.host, url.port, timeout=60)
        connection.request("GET", "/")
        reply = connection.getresponse()
        reply.read()
        found.append(time.perf_counter() - started)
        connection.close()
        assert reply.status == 200
        time.sleep(0.02)
    return found


def _send(address: str, person: int, data: bytes) -> str:
    """What is answered to one of the people, in a few words."""
    transport = httpx.HTTPTransport(local_address=f"127.0.1.{person}")
    headers = {"x-ibid-tab": f"{person:032d}"}
    with httpx.Client(transport=transport, trust_env=False, timeout=1200) as client:
        try:
            reply = client.post(f"{address}/dropped?name=slow.pdf", content=data, headers=headers)
        except httpx.TransportError:
            return "the server was ended"  # by this program, when it had measured
    return f"{reply.status_code} {reply.text}".strip()


def slow_pdf() -> bytes:
    """A small file that takes long: each page shows the same long text again."""
    out, places = BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(_objects(), 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    root = b"<< /Size %d /Root 1 0 R >>" % (len(places) + 1)
    out.write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (root, start))
    return out.getvalue()


def _objects() -> Iterator[bytes]:
    pages = b" ".join(b"%d 0 R" % (5 + i) for i in range(PAGES))
    lines = b"".join(
        b"BT /F 4 Tf %d %d Td (Line %d of the drawing.) Tj ET\n"
        % (9 + i % 7 * 80, 9 + i % 190 * 4, i)
        for i in range(LINES)
    )
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield b"<< /Type /Pages /Count %d /Kids [%s] >>" % (PAGES, pages)
    yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    yield b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines)
    for _ in range(PAGES):
        yield (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>"
        )


if __name__ == "__main__":
    main()
