"""Every open point that code, notice files or tests cite stands as a row in docs/reading.md."""

import re
import tokenize
from pathlib import Path

TOP = Path(__file__).parents[2]
CITED = re.compile(r"\bO[1-9][0-9]?\b")
ROW = re.compile(r"^\| (O[1-9][0-9]?) \|", re.MULTILINE)


def _told(path: Path) -> str:
    """The text of a file; of a module without its names, for a variable called O1 cites nothing."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py" or not CITED.search(text):
        return text
    with tokenize.open(path) as lines:
        return " ".join(t.string for t in tokenize.generate_tokens(lines.readline) if t.type != tokenize.NAME)


def test_every_cited_open_point_is_explained_once() -> None:
    rows = ROW.findall((TOP / "docs" / "reading.md").read_text(encoding="utf-8"))
    files = [
        f for room in ("rules", "store", "tui", "tests") for f in sorted((TOP / room).rglob("*")) if f != Path(__file__)
    ]
    told = {f: _told(f) for f in files if f.suffix in (".py", ".toml", ".md")}
    cited = {(str(f.relative_to(TOP)), number) for f, text in told.items() for number in CITED.findall(text)}
    assert len(rows) == len(set(rows))
    assert {number for _, number in cited} >= {"O3", "O45"}, "nothing was found: is the search still right?"
    assert not {(file, number) for file, number in cited if number not in rows}
