"""What the documents name is there: a path that has moved misleads whoever comes new."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
DOCS = [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]
PATH = re.compile(r"`((?:rules|store|tui|tests|docs)/[\w./-]*)|\]\((docs/[\w.-]+)\)")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    named = {a or b for a, b in PATH.findall(document.read_text(encoding="utf-8"))}
    missing = {path for path in named if not (TOP / path).exists()}
    assert named
    assert not missing
