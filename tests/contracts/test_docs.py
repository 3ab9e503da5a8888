"""No document, docstring or comment names a file that is not there: a wrong path misleads whoever comes new."""

import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dutyboard.store import Put, open_store
from tests.contracts.prose import docstrings

TOP = Path(__file__).parents[2]
ROOMS = ("rules", "store", "tui", "tests")
PATH = re.compile(r"`((?:rules|store|tui|tests|docs)/[\w./-]*)|\]\((docs/[\w.-]+)\)")
FILE = re.compile(r"(?<![\w./{}…-])((?:[\w-]+/)*[\w-]+\.(?:md|py|toml))\b")
SECTION = re.compile(r"docs/reading\.md, sections? ([\d, and]*\d)")
PLACEHOLDER = re.compile(r"\b(?:SECTION|LANGUAGE)\b")


def documents() -> list[Path]:
    return [*TOP.glob("*.md"), *(TOP / "docs").glob("*.md")]


def prose_of(module: Path, sought: re.Pattern[str]) -> Iterator[str]:
    """Yield the docstrings and the comments of a module; nothing where none of its lines holds what is sought."""
    if not sought.search(module.read_text(encoding="utf-8")):
        return
    yield from (each.text for each in docstrings(module))
    with tokenize.open(module) as lines:
        tokens = list(tokenize.generate_tokens(lines.readline))
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)


def cited(module: Path) -> Iterator[str]:
    """Yield the files that the prose of a module names."""
    for text in prose_of(module, FILE):
        yield from (name for name in FILE.findall(text) if not PLACEHOLDER.search(name))


def is_there(name: str, module: Path) -> bool:
    """Return True for a path from the top, from the room or from the folder of the module, and for a bare file name."""
    room = TOP / module.relative_to(TOP).parts[0]
    return any((place / name).exists() for place in (TOP, room, module.parent)) or name in NAMES


NAMES = {file.name for folder in (*ROOMS, "docs") for file in (TOP / folder).rglob("*") if file.is_file()}
MODULES = sorted(module for room in ROOMS for module in (TOP / room).rglob("*.py"))


def missing_paths() -> set[tuple[str, str]]:
    """Return the paths that documents name and that are not there, with the document."""
    named = {
        (document.name, a or b)
        for document in documents()
        for a, b in PATH.findall(document.read_text(encoding="utf-8"))
    }
    assert {document for document, _ in named} >= {"README.md", "how-it-is-built.md", "durability.md"}
    return {(document, path) for document, path in named if not (TOP / path).exists()}


def missing_files() -> set[tuple[str, str]]:
    """Return the files that docstrings and comments name and that are not there, with the module."""
    named = {(module, name) for module in MODULES for name in cited(module)}
    assert len(named) > 40, "too few files found: is the search still right?"
    return {(str(module.relative_to(TOP)), name) for module, name in named if not is_there(name, module)}


def test_every_path_that_a_document_names_is_there() -> None:
    assert missing_paths() == set()


def test_every_file_that_a_docstring_or_a_comment_names_is_there() -> None:
    assert missing_files() == set()


def test_every_section_of_the_reading_that_is_cited_is_there() -> None:
    reading = (TOP / "docs" / "reading.md").read_text(encoding="utf-8")
    there = set(re.findall(r"^## (\d+)\.", reading, re.MULTILINE))
    named = {
        number
        for module in MODULES
        for text in prose_of(module, SECTION)
        for numbers in SECTION.findall(text)
        for number in re.findall(r"\d+", numbers)
    }
    assert named
    assert named <= there


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("as design.md says (design.md section 7)", ["design.md", "design.md"]),
        (
            "see `docs/reading.md`, store/schema.py and migrate.py.",
            ["docs/reading.md", "store/schema.py", "migrate.py"],
        ),
        ("`verify.Damage`, a.b, 3.8b, archive/<name>.json", []),
    ],
)
def test_the_search_finds_names_of_files(text: str, names: list[str]) -> None:
    assert FILE.findall(text) == names


def test_the_question_of_the_readme_is_answered(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "desk", writer="wangfang@1")) as store:
        store.commit(lambda: [Put("entries", n, {"subject": f"person-{n}", "text": f"第{n}条"}) for n in (11, 12)])
    question = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(question) == 1
    code = question[0].replace("/srv/duty", str(tmp_path / "desk"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[{'subject': 'person-12', 'text': '第12条'}]\n"
