"""CI installs and tests by the words of the README: else one of them checks less than the other."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
TOLD = re.compile(r"\.venv/bin/(pip install -e '\.\[dev\]'.*?|pytest.*?)(?: &&|$)", re.MULTILINE)
SILENT = "--quiet --disable-pip-version-check "


def test_ci_installs_and_tests_by_the_words_of_the_readme() -> None:
    told = TOLD.findall((TOP / "README.md").read_text(encoding="utf-8"))
    run = (TOP / ".ci" / "run").read_text(encoding="utf-8").replace(SILENT, "")
    done = re.sub(r'"\$venv/bin/(\w+)"', r"\1", run)
    assert [words.split()[0] for words in told] == ["pip", "pytest"]
    assert [words for words in told if words not in done] == []
