"""A call of the command line waits for no module that it has no use for.

One note loads no duty but its own, no other language, and none of the work on a whole desk. What loads by need is
imported inside the function that needs it: `rules/decide.py` and `rules/permissions.py` by the kind of the command,
`tui/cli.py` by its name.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.desks import practice_desk

FOREIGN = (
    *("socket", "asyncio", "http", "email"),
    *("textual", "rich", "tinydb", "psycopg", "openpyxl", "python_calamine", "stdnum"),
)
OF_ONE_NOTE = {"rules.duties.duty", "rules.duties.post.log", "rules.duties.post.matters", "rules.duties.post.seats"}
"""What decides a note. `matters` opens one for a call that waits for an answer."""
SECRET = {"rules.duties.post.pins"}
"""Any act may be signed."""
WHOLE_DESK = (
    "store.backup",
    "store.past",
    "rules.closing",
    "rules.account",
    "rules.opening",
    "rules.switching",
    "rules.amending",
    "rules.law.proof",
)
CALLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "log": (
        ("log", "接电话"),
        (
            *WHOLE_DESK,
            "rules.board",
            "rules.board_rows",
            "rules.law.assess",
            "rules.law.join",
            "rules.people.course",
            "tui.sheets",
        ),
    ),
    "check": (
        ("check", "site-1", "patrol-3"),
        (*WHOLE_DESK, "rules.duties.sheets", "rules.duties.post.shifts", "rules.duties.site.staff_register"),
    ),
    "verify": (("verify",), ("rules.law", "rules.duties", "rules.decide", "store.backup", "tui.link.gateway")),
    "board": (
        ("board", "--json"),
        (*WHOLE_DESK, "rules.duties.sheets", "rules.duties.post.shifts", "rules.duties.checks"),
    ),
}
"""Each call, and what it must not load: modules, or folders of them."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice_desk(tmp_path_factory.mktemp("need") / "desk")


def loaded_by(folder: Path, *call: str) -> set[str]:
    """Return the modules that a call holds in the end. Fails when the call does."""
    code = (
        "import sys\n"
        f"sys.argv = ['dutyboard', '--data', {str(folder)!r}, *{call!r}]\n"
        "from dutyboard.tui.cli import main\n"
        "try: main()\n"
        "except SystemExit as ended: code = ended.code\n"
        "print(*sys.modules, file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def under(names: tuple[str, ...], loaded: set[str]) -> set[str]:
    """Return what is loaded of these modules and of what lies in them."""
    return {each for each in loaded for name in names if each == name or each.startswith(f"{name}.")}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_loads_nothing_that_it_has_no_use_for(desk: Path, name: str) -> None:
    call, unneeded = CALLS[name]
    loaded = loaded_by(desk, *call)
    assert "dutyboard.store" in loaded
    assert under(FOREIGN, loaded) == set()
    assert under(tuple(f"dutyboard.{each}" for each in (*unneeded, "tui.text.en", "tui.screens")), loaded) == set()


def test_one_note_loads_its_own_decider_and_no_other(desk: Path) -> None:
    duties = under(("dutyboard.rules.duties",), loaded_by(desk, "log", "接电话"))
    folders = {"rules.duties", "rules.duties.post"}
    assert {each.removeprefix("dutyboard.") for each in duties} == OF_ONE_NOTE | SECRET | folders


def test_the_look_finds_what_is_loaded(desk: Path) -> None:
    assert under(("dutyboard.rules.board",), loaded_by(desk, "board")) == {"dutyboard.rules.board"}
    assert under(("a.b",), {"a.b", "a.b.c", "a.bc", "a"}) == {"a.b", "a.b.c"}
