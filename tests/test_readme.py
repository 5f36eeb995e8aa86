"""What the README and the other pages show is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html import unescape
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
MAIN = "import sys; sys.argv[0] = 'ibid'; from ui.cli import main; main()"
README = CHECKOUT / "README.md"
DOCS = CHECKOUT / "docs"
PAGES = [
    *sorted(CHECKOUT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    CHECKOUT / "benchmarks" / "RESULTS.md",
    CHECKOUT / "rag" / "reader" / "MODEL_CARD.md",
]
FOLDERS = "index|rag|ui|seeds|tests|training|benchmarks|docs"


def name_of(page: Path) -> str:
    """A page as the checkout names it."""
    return page.relative_to(CHECKOUT).as_posix()


every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    text = page.read_text("utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)


def commands(page: Path) -> Iterator[str]:
    """What stands in fenced blocks and in code spans, a command at a time."""
    text = page.read_text("utf-8")
    prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    spans = (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose))
    lines = (line for block in blocks(page, "(?:sh|console)") for line in block.splitlines())
    for code in (*lines, *spans):
        for command in re.split(r"\s(?:\||&&|;)\s", re.sub(r"\s#\s.*", "", code)):
            yield re.sub(r"^\s*(?:\$ |GOLDEN=write |\.venv/bin/)*", "", command)


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with a cache of its own."""
    env = os.environ | {"IBID_HOME": str(home), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the bundled articles are indexed once."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.slow
def test_the_python_examples_run_as_they_stand(home: Path) -> None:
    examples = [*blocks(README, "python"), *blocks(DOCS / "python.md", "python")]
    done = run("-c", "\n".join(examples), home=home)
    assert done.returncode == 0, done.stderr
    assert "Enhancing National Frameworks" in done.stdout
    assert "battle-for-model-weights.txt:15" in done.stdout
    assert "banning Jensen Huang's argument for selling chips do?" in done.stdout


@pytest.mark.slow
def test_the_session_is_what_is_printed(home: Path) -> None:
    (session,) = blocks(README, "console")
    shown = re.findall(r'^\$ ibid ask "(.+)"\n((?:(?!\$ ).*\n)+)', session, re.MULTILINE)
    assert len(shown) == 2
    for question, output in shown:
        printed = run("-c", MAIN, "ask", question, home=home).stdout
        assert printed.startswith(output.rstrip().removesuffix("…").rstrip())


SHOWN = {"brief.md": "ibid brief", "timeline.md": "", "questions.md": "", "cli.md": "enforce.json"}


@pytest.mark.slow
@pytest.mark.parametrize(("page", "holding"), SHOWN.items())
def test_what_a_page_shows_of_the_articles_is_what_is_printed(
    page: str, holding: str, home: Path, tmp_path: Path
) -> None:
    """Its sessions, in a folder with copies of the bundled articles; "…" leaves out the rest."""
    program = tmp_path / "bin" / "ibid"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{MAIN}" "$@"\n')
    program.chmod(0o755)
    ignored = shutil.ignore_patterns("*.py*")
    shutil.copytree(CHECKOUT / "seeds", tmp_path / "articles", ignore=ignored)
    own = {"IBID_HOME": str(home), "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    env = os.environ | own | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    sessions = [block for block in blocks(DOCS / page, "console") if holding in block]
    shown = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.MULTILINE)
    assert len(shown) >= 1
    for command, output in shown:
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8"
        )
        whole, dots, _ = output.partition("…\n")
        assert done.stdout.startswith(whole) if dots else done.stdout == output, command


def test_the_readme_is_read_in_one_sitting() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 150
    assert len(text.split()) <= 1500


@pytest.mark.slow
def test_every_command_and_option_that_is_named_exists(home: Path) -> None:
    options: dict[str, set[str]] = {}
    for page in PAGES:
        for match in filter(None, (re.match(r"ibid (\w+)(.*)", c) for c in commands(page))):
            options.setdefault(match[1], set()).update(re.findall(r"(?<!\S)--[\w-]+", match[2]))
    assert set(options) >= {
        "ask", "cache", "chat", "eval", "index", "remove", "status", "table", "verify",
    }  # fmt: skip
    for command, wanted in options.items():
        told = run("-c", MAIN, command, "--help", home=home)
        assert told.returncode == 0, told.stderr
        missing = [option for option in wanted if option not in told.stdout]
        assert not missing, f"ibid {command} has no {missing}"


@every_page
def test_every_module_that_is_run_exists_and_has_its_options(page: Path) -> None:
    for command in commands(page):
        if match := re.match(r"python -m ((?:benchmarks|training|tests)\.\w+)(.*)", command):
            module = find_spec(match[1])
            assert module is not None, command
            if module.submodule_search_locations is None:
                source = Path(str(module.origin)).read_text("utf-8")
                for option in re.findall(r"(?<!\S)\[?(--[\w-]+)", match[2]):
                    assert option in source, command


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = (re.match(r"make (?:[A-Z]+=\S+ )*([a-z]+)", command) for command in commands(page))
    assert {match[1] for match in named if match} <= targets


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'src="([^"]+)"', text)]
    for link in links:
        file, _, anchor = link.partition("#")
        if ":" not in file:
            target = page.parent / file if file else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """Its headings as links name them: in small letters, without punctuation, with hyphens."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_every_file_and_folder_that_is_named_exists(page: Path) -> None:
    spans = re.findall(r"`([^`\s]+)`", page.read_text("utf-8"))
    named = [span for span in spans if re.fullmatch(rf"(?:{FOLDERS})/[\w./-]*", span)]
    assert [path for path in named if not (CHECKOUT / path).exists()] == []


def test_every_room_is_named_and_every_name_is_a_room() -> None:
    told = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    faces = chain(*(CHECKOUT.glob(f"{folder}/*/__init__.py") for folder in ("index", "rag", "ui")))
    assert [n for n in (name_of(face.parent) for face in faces) if f"`{n}/`" not in told] == []
    for folder in ("index", "rag", "ui"):
        (row,) = re.findall(rf"^\| `{folder}/` itself \|.*", told, re.MULTILINE)
        modules = {p.stem for p in (CHECKOUT / folder).glob("[a-z]*.py")}
        assert modules == set(re.findall(r"`([a-z]+)`", row))
    drawn = "".join(source.read_text("utf-8") for source in DOCS.glob("*.dot"))
    rooms = {CHECKOUT / room for room in re.findall(rf"(?:{FOLDERS})/\w+(?=[,<])", drawn)}
    assert [r for r in sorted(rooms) if not (r.is_dir() or r.with_suffix(".py").is_file())] == []


def test_the_rooms_are_listed_from_the_ground_up() -> None:
    told = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    for contract in project["tool"]["importlinter"]["contracts"]:
        for folder in contract.get("containers", ()):
            layers = enumerate(reversed(contract["layers"]))
            floors = {room: floor for floor, layer in layers for room in layer.split(" | ")}
            listed = [floors[r] for r in re.findall(rf"^\| `{folder}/(\w+)/`", told, re.MULTILINE)]
            assert len(listed) > 2
            assert listed == sorted(listed)


def test_every_page_is_listed() -> None:
    listed = (DOCS / "README.md").read_text("utf-8")
    decisions = (DOCS / "decisions" / "README.md").read_text("utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert [page for page in sorted(pages) if f"({page})" not in listed] == []
    for page in sorted((DOCS / "decisions").glob("0*.md")):
        number, title = page.read_text("utf-8").partition("\n")[0].removeprefix("# ").split(". ", 1)
        assert f"| {number} | [{title}]({page.name}) |" in decisions
        assert int(number) == int(page.name[:4])


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[^\w.-]", one)[0] for one in wanted}
    explained = (DOCS / "dependencies.md").read_text("utf-8")
    assert [n for n in sorted(names) if not re.search(rf"(?<![\w-]){n}(?![\w-])", explained)] == []


@pytest.mark.parametrize("drawing", ["question", "document"])
def test_a_drawing_says_what_its_source_says(drawing: str) -> None:
    source = (DOCS / f"{drawing}.dot").read_text("utf-8")
    drawn = (DOCS / f"{drawing}.svg").read_text("utf-8")
    labels = re.findall(r"label=<(.*?)>\]", source, re.DOTALL)
    said = {line.strip() for label in labels for line in re.split(r"<[^>]*>", label)} - {""}
    texts = {unescape(t).strip() for t in re.findall(r"<text[^>]*>([^<]*)</text>", drawn)}
    assert len(said) > 20
    assert said <= texts
    assert "<script" not in drawn


def test_pre_commit_runs_what_make_lint_runs() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    (recipe,) = re.findall(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    config = (CHECKOUT / ".pre-commit-config.yaml").read_text("utf-8")
    entries = re.findall(r"entry: (.+)", config)
    assert entries == recipe.replace("$(VENV)", ".venv").replace("\t", "").splitlines()
    assert re.findall(r"repo: (.+)", config) == ["local"]
