"""A folder, a module and a function are small enough to be seen at once: beyond that there are two of them in one."""

import ast
from pathlib import Path

TOP = Path(__file__).parents[2]
ROOMS = ("rules", "store", "tui")
MODULES_OF_A_FOLDER, LINES_OF_A_MODULE, LINES_OF_A_FUNCTION = 24, 500, 70


def modules() -> list[Path]:
    return sorted(module for room in ROOMS for module in (TOP / room).rglob("*.py"))


def crowded() -> set[str]:
    """Return the folders that hold too many modules; `__init__` is the folder itself."""
    folders = [module.parent.relative_to(TOP).as_posix() for module in modules() if module.stem != "__init__"]
    return {folder for folder in folders if folders.count(folder) > MODULES_OF_A_FOLDER}


def _lines(node: ast.stmt) -> int:
    """Return the lines of a statement. An exhaustive match (assert_never) is a table: its rows do not count."""
    tables = [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Match) and "assert_never" in ast.unparse(each.cases[-1]) and each is not node
    ]
    return (node.end_lineno or 0) - node.lineno + 1 - sum(_lines(table) - 1 for table in tables)


def long_functions(source: str, limit: int = LINES_OF_A_FUNCTION) -> list[str]:
    """Return the names of the functions that take more lines than the limit, decorators left out."""
    functions = [
        each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [each.name for each in functions if _lines(each) > limit]


def test_no_folder_holds_too_many_modules() -> None:
    assert crowded() == set()


def test_no_module_and_no_function_is_too_long() -> None:
    sources = {str(module.relative_to(TOP)): module.read_text(encoding="utf-8") for module in modules()}
    assert {name for name, source in sources.items() if len(source.splitlines()) > LINES_OF_A_MODULE} == set()
    assert {name: long for name, source in sources.items() if (long := long_functions(source))} == {}


def test_the_search_finds_a_long_function() -> None:
    short = "@cache\ndef short():\n    return 1\n"
    long = "def long():\n    a = 1\n    return a\n"
    table = "def table(a):\n    match a:\n        case 1: return\n        case _: assert_never(a)\n"
    assert long_functions(short + long + table, 2) == ["long"]
