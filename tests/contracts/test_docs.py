"""What the documents name is there: a path that has moved misleads whoever comes new."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
PATH = re.compile(r"`((?:rules|store|tui|tests|docs)/[\w./-]*)|\]\((docs/[\w.-]+)\)")


def test_every_path_that_a_document_names_is_there() -> None:
    named = {
        (document.name, a or b)
        for document in [TOP / "README.md", *(TOP / "docs").glob("*.md")]
        for a, b in PATH.findall(document.read_text(encoding="utf-8"))
    }
    assert {document for document, _ in named} >= {"README.md", "how-it-is-built.md", "durability.md"}
    assert not {(document, path) for document, path in named if not (TOP / path).exists()}
