"""The shape of a docstring: a plain statement that an engineer understands who reads English as a second language.

`python -m tests.contracts.prose [FOLDER…]` prints every docstring of the product that lacks the shape.

1. The first word is a verb, a noun or its article: no question word, no preposition, no conjunction.
2. No sentence is a question.
3. At most `LIMIT` words stand before the first full stop. A blank line stops too; a colon or a semicolon does not.

A word is what stands between blanks and holds a letter or a digit. A piece of code in backticks is one word, however
long. Of Chinese, two characters are one word.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parents[2]
ROOMS = ("rules", "store", "tui")
LIMIT = 20

NO_FIRST_WORD = frozenset(
    re.findall(
        r"\w+",
        """
        who whom whose what whether how when where why which
        whoever whomever whatever whichever whenever wherever
        of to by for with without from in into inside on onto at as after before behind beyond above below under over
        between beside besides through up upon out off per than like unlike about against along among around
        if unless until while since because although though that and but or nor so not only
        """,
    )
)
"""Question words, prepositions and conjunctions."""

_CODE = re.compile(r"``?[^`]*``?")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”]*”|「[^」]*」')
_STOP = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!\bvs)\.(?=[\s)\]\"”]|$)|[。！？]|[!?](?=\s|$)|\n[ \t]*\n|\Z")
_QUESTION = re.compile(r"[?？](?=[\s)”\"]|$)")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


class Docstring(NamedTuple):
    """A docstring of the product and the line of the statement that carries it."""

    path: Path
    line: int
    text: str


def words(text: str) -> int:
    """Return the number of words of a text."""
    plain = _CODE.sub(" code ", text)
    han = sum((len(run) + 1) // 2 for run in _HAN.findall(plain))
    return han + sum(1 for part in _HAN.sub(" ", plain).split() if any(sign.isalnum() for sign in part))


def first_sentence(text: str) -> str:
    """Return the text up to its first full stop or blank line."""
    hidden = _CODE.sub(lambda code: "x" * len(code[0]), text)
    end = _STOP.search(hidden)
    assert end is not None
    return text[: end.start()]


def problems(text: str) -> list[str]:
    """Return what a docstring lacks, as short sentences; an empty list for a good one."""
    found: list[str] = []
    text = text.strip()
    first = re.match(r"[\"“(]*([A-Za-z]+)", text)
    if first and first[1].lower() in NO_FIRST_WORD:
        found.append(f"begins with {first[1]!r}")
    if _QUESTION.search(_QUOTED.sub(" ", _CODE.sub(" ", text))):
        found.append("asks a question")
    count = words(first_sentence(text))
    if count > LIMIT:
        found.append(f"{count} words before the first full stop")
    return found


def docstrings(path: Path) -> Iterator[Docstring]:
    """Yield the docstrings of a module, of its classes and functions, and those below a constant or a field."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for before, statement in zip([None, *node.body], node.body):
                match statement:
                    case ast.Expr(value=ast.Constant(value=str(text))) if _carries(before):
                        yield Docstring(path, statement.lineno, inspect.cleandoc(text))


def _carries(before: ast.stmt | None) -> bool:
    """Return True for the head of a body and for an assignment."""
    return before is None or isinstance(before, ast.Assign | ast.AnnAssign)


def folders() -> list[str]:
    """Return the folders of the product that hold modules."""
    return sorted({path.parent.relative_to(TOP).as_posix() for room in ROOMS for path in (TOP / room).rglob("*.py")})


def product(folder: str) -> list[Docstring]:
    """Return the docstrings of one folder's modules."""
    return [each for path in sorted((TOP / folder).glob("*.py")) for each in docstrings(path)]


def faults(folder: list[Docstring]) -> list[str]:
    """Return a line for each docstring that lacks the shape: `path:line: what: text`."""
    return [
        f"{each.path.relative_to(TOP)}:{each.line}: {', '.join(lacks)}: {' '.join(each.text.split())[:160]}"
        for each in folder
        if (lacks := problems(each.text))
    ]


def main() -> None:
    """Print the faults of the named folders, or of all, and how many each has."""
    wanted = [name.rstrip("/") for name in sys.argv[1:]]
    counts: dict[str, str] = {}
    for name in folders():
        if not wanted or any(name == each or name.startswith(f"{each}/") for each in wanted):
            folder = product(name)
            lines = faults(folder)
            print(*lines, sep="\n", end="\n" if lines else "")
            counts[name] = f"{len(lines)} of {len(folder)}"
    print(*(f"{count:>10}  {name}" for name, count in counts.items()), sep="\n")


if __name__ == "__main__":
    main()
