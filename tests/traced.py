"""What a process and all that it starts asked of the system, by strace: nothing can hide there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path

STRACE = shutil.which("strace")
_CALL = re.compile(r"^\d+ +(\w+)\((.*)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_RESOLVER = re.compile(r'"/etc/(?:resolv\.conf|hosts|host\.conf)"|systemd\.resolve|avahi')
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_CHANGES = re.compile(r"^(?:mkdir|mknod|rename|link|symlink|unlink|rmdir|truncate|creat|ch|utim)")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_DEVICES = ("/dev/shm/", "/dev/null", "/dev/tty", "/dev/ptmx", "/proc/self/", "/proc/thread-self/")


def command(log: Path, arguments: Sequence[str | Path]) -> list[str]:
    """The command that runs another one, and writes its calls and its children's to `log`."""
    assert STRACE is not None
    traced = ["-f", "-y", "--seccomp-bpf", "-s", "512", "-e", "trace=network,%file"]
    return [STRACE, *traced, "-o", str(log), "--", *map(str, arguments)]


def run(
    log: Path, arguments: Sequence[str | Path], env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command under strace to its end."""
    return subprocess.run(command(log, arguments), env=dict(env), capture_output=True, text=True)


def went_out(log: Path) -> list[str]:
    """The calls that named an address off the loopback interface, or looked a name up."""
    return [call for call in _calls(log) if _goes_out(call) or _RESOLVER.search(call)]


def _goes_out(call: str) -> bool:
    found = _ADDRESS.search(call)
    if found is None:
        return False
    port = _PORT.search(call)
    unspecified = call.startswith("bind(") and port is not None and port[1] == "0"
    address = ip_address(found[1] or found[2])
    return not (address.is_loopback or (unspecified and address.is_unspecified))


def written(log: Path, allowed: Collection[Path]) -> set[str]:
    """What was made, changed or deleted, or tried to be, outside the folders that may be.

    Devices, semaphores, and bytecode caches of Python may be written anywhere. A relative path of
    which the system was told no folder is nowhere allowed.
    """
    folders = tuple(f"{folder}/" for path in allowed for folder in {path, path.resolve()})
    return {
        path
        for call in _calls(log)
        for path in _changed(call)
        if not f"{path}/".startswith((*folders, *_DEVICES)) and "/__pycache__" not in path
    }


def _changed(call: str) -> Iterator[str]:
    name = call.partition("(")[0]
    if name.startswith("open") and not _WRITES.search(call):
        return
    if name == "chdir" or not (name.startswith("open") or _CHANGES.match(name)):
        return
    for folder, path in _PATH.findall(call):
        yield os.path.normpath(os.path.join(folder, path))


def _calls(log: Path) -> Iterator[str]:
    """Each call as strace writes it; one that another thread's interrupted has its arguments."""
    for line in log.read_text("utf-8", "replace").splitlines():
        if found := _CALL.match(line):
            yield f"{found[1]}({found[2]}"


def interrupt(strace: int) -> None:
    """Ctrl-C for what the strace of this number runs; strace itself would only let go of it."""
    children = Path(f"/proc/{strace}/task/{strace}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGINT)
