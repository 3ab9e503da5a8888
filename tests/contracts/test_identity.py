"""Who uses the program is asked in one place; an environment that he could fill is read in few.

A second place would believe another word: the user number behind the door is the same for all officers, and a variable
says whatever he likes.
"""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
WHO = re.compile(
    r"\bos_login\b|\bown_identity\b|\bgetlogin\b|\bgetpass\b|\bgetuser\b|getpwuid\(os\.|\bSUDO_\w+|\bSSH_\w+|\bLOGNAME\b"
)
MAY_ASK = {
    "store/database.py": "the user of the process, where the store is used without the desk",
    "tui/link/user.py": "the user of the process, as the system knows him",
    "tui/link/identity.py": "makes the identity of one's own folder",
    "tui/commands/invocation.py": "a call on one's own folder",
    "tui/commands/server/door.py": "makes the identity of who comes in",
    "tui/server/warm_line.py": "leaves to the program whoever asks for more than the board",
    "tui/commands/server/serve.py": "tells the door the address of a browser, as sshd tells that of a client",
}
ENVIRONMENT = re.compile(r"\bos\.environ\b|\bgetenv\b|\bexpandvars\b")
MAY_READ = {
    "tui/commands/invocation.py": "DUTYBOARD_DATA and DUTYBOARD_LANG, which the door clears or checks",
    "tui/commands/desk.py": "TERM, which the door checks",
    "tui/commands/server/door.py": "clears it",
    "tui/server/warm_line.py": "hands it on as it is to the door in another process",
    "tui/commands/server/warm.py": "clears it, and in a session puts the client's in its place for the door",
    "tui/terminal/config.py": "clears TEXTUAL_*",
    "tui/link/account.py": "sets HOME for root that steps down to an account, and back",
}


def asking(pattern: re.Pattern[str]) -> set[str]:
    files = (
        path for room in ("rules", "store", "tui") for path in (TOP / room).rglob("*.py") if "text" not in path.parts
    )
    return {str(path.relative_to(TOP)) for path in files if pattern.search(path.read_text(encoding="utf-8"))}


def test_who_it_is_is_asked_in_one_place() -> None:
    assert asking(WHO) == set(MAY_ASK)


def test_the_environment_is_read_in_few_places() -> None:
    assert asking(ENVIRONMENT) == set(MAY_READ)
