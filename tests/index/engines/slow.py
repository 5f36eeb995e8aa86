"""A proxy between who asks and an engine: bytes are late, stand still, or are cut off."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

_CHUNK = 4_096


class SlowProxy:
    """Hands on what comes at `port` to another port of this machine.

    Each 4 kB are `delay` seconds late; nothing goes on while it is `stalled`.
    """

    def __init__(self, to: int) -> None:
        self.delay, self._to = 0.0, to
        self._flows = Event()
        self._flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        self.chunks = 0
        Thread(target=self._accept, daemon=True).start()

    def stall(self) -> None:
        """From now on nothing arrives, and nobody is told."""
        self._flows.clear()

    def flow(self) -> None:
        """Go on."""
        self._flows.set()

    def cut(self) -> None:
        """End what is open, as a machine does that is started again."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def close(self) -> None:
        """End it."""
        self._listening.close()
        self.flow()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                return
            self._open += (here, there)
            for pair in ((here, there), (there, here)):
                Thread(target=self._hand_on, args=pair, daemon=True).start()

    def _hand_on(self, come: socket.socket, go: socket.socket) -> None:
        with suppress(OSError):
            while data := come.recv(_CHUNK):
                time.sleep(self.delay)
                self._flows.wait()
                self.chunks += 1
                go.sendall(data)
            go.shutdown(socket.SHUT_WR)


@contextmanager
def slowed(to: int) -> Iterator[SlowProxy]:
    """A proxy to a port, ended afterwards."""
    proxy = SlowProxy(to)
    try:
        yield proxy
    finally:
        proxy.close()
