"""docs/keys.zh.md and docs/keys.en.md say what the registry says."""

import pytest

from dutyboard.tui.actions import ACTIONS
from tests.contracts.keys_pages import DOCS, TITLES, Language, page


@pytest.mark.parametrize("language", list(TITLES))
def test_the_page_of_the_keys_is_that_of_the_registry(language: Language) -> None:
    kept = (DOCS / f"keys.{language}.md").read_text(encoding="utf-8")
    assert kept == page(language), "write it anew: python -m tests.contracts.keys_pages"
    assert all(f"| {action_keys} |" in kept for action_keys in ("`F1` `?`", "`F10` `Ctrl+D`"))
    assert kept.count("\n| `") >= len(ACTIONS)
