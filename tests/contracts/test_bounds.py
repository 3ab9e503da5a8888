"""No file and no standard input is read whole without a bound: whoever hands it in decides how long it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
WHOLE = {"read", "readline", "readlines", "read_text"}
"""Without a number they go on to the end, or to the end of a line that may have none."""
ALWAYS_WHOLE = {"read_bytes", "copyfileobj"}
NO_FILES = {"self", "ensure_object(Invocation)", "_Reader(values, person, now, contacts)"}
MAY = {
    "store/files/lock.py: boot_id": "a line of the kernel's",
    "store/files/lock.py: _holder_in_table": "a table of the kernel's",
    "store/files/filesystem.py: file_systems": "a table of the kernel's",
    "tui/link/picture.py: known_notices": "files of the package",
    "tui/commands/server/web.py: __init__": "files of a package that is installed",
    "tui/link/board/kept_board.py: program": "files of the package",
    "tui/sheets/reader/child.py: main": "bytes that its parent has counted",
    "tui/commands/assess.py: _opened": "to the disk, block by block, as far as the door lets a file grow",
}


def unbounded(tree: ast.AST) -> Iterator[str]:
    """Yield the functions of a module that read something whole."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _reads_whole(call):
                    yield function.name


def _reads_whole(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    name, of = call.func.attr, call.func.value
    if name in ALWAYS_WHOLE:
        return True
    return name in WHOLE and not call.args and ast.unparse(of).rpartition(".")[2] not in NO_FILES


def test_whatever_is_read_has_a_bound() -> None:
    files = (path for room in ("rules", "store", "tui") for path in (TOP / room).rglob("*.py"))
    found = {
        f"{path.relative_to(TOP)}: {name}"
        for path in files
        for name in unbounded(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set(MAY)


def test_the_contract_sees_what_has_none() -> None:
    seen = "def a(): sys.stdin.buffer.read()\ndef b(): Path(f).read_bytes()\ndef c(): sys.stdin.readline()"
    assert list(unbounded(ast.parse(seen))) == ["a", "b", "c"]
    assert not list(unbounded(ast.parse("def a(): file.read(9), file.readline(9), self.read()")))
