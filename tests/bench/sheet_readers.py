"""Time and memory to read a register of 10,000 people, as ratios to python-calamine alone.

`python -m tests.bench.sheet_readers`. Beside ours: openpyxl without styles, and `pandas.read_excel` where the extra
`bench` is installed. Ours alone tells hidden rows, error values, formulas without a result and the digits of numbers,
and is bounded; calamine alone ends its process on two cells in far corners.
"""

import importlib.util
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

PEOPLE = 10_000
COLUMNS = 19
RUNS = 2
READERS = {
    "calamine": (
        "from python_calamine import CalamineWorkbook as Book\nsheet = Book.from_path(path).get_sheet_by_index(0)\n"
        "rows = sheet.to_python()"
    ),
    "ours": (
        "from pathlib import Path\nfrom dutyboard.tui.sheets.reader.files import read_grids\n"
        "rows = read_grids(Path(path))[0].rows"
    ),
    "openpyxl": (
        "import openpyxl\nbook = openpyxl.load_workbook(path, read_only=True, data_only=True)\n"
        "rows = list(book.active.values)"
    ),
    "pandas, calamine": "import pandas\nrows = pandas.read_excel(path, engine='calamine', header=None)",
    "pandas, openpyxl": "import pandas\nrows = pandas.read_excel(path, engine='openpyxl', header=None)",
}
MEASURE = """
import resource, sys
path = sys.argv[1]
{reader}
assert len(rows) == {rows}, len(rows)
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(sum(each.ru_utime + each.ru_stime for each in (own, children)), max(own.ru_maxrss, children.ru_maxrss))
"""


def register(file: Path) -> None:
    """Write a register whose cells are texts, numbers and dates."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("登记表")
    sheet.append([f"栏目{column}" for column in range(COLUMNS)])
    for number in range(PEOPLE):
        sheet.append([number, f"张{number}", f"431302{number:012}", 36.5, *["金石镇新塘村"] * (COLUMNS - 4)])
    book.save(file)


def measured(reader: str, file: Path) -> tuple[float, float]:
    """Return seconds of the processor and MB of the largest process, the best of some runs."""
    script = MEASURE.format(reader=reader, rows=PEOPLE + 1)
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
        seconds, kilobytes = map(float, done.stdout.split())
        runs.append((seconds, kilobytes / 1024))
    return min(runs)


def main() -> None:
    """Print a line for each reader."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        register(file)
        base = measured(READERS["calamine"], file)
        for name, reader in READERS.items():
            if name.startswith("pandas") and importlib.util.find_spec("pandas") is None:
                print(f"{name}: not installed (pip install dutyboard[bench])")
                continue
            seconds, megabytes = measured(reader, file)
            print(
                f"{name}: {seconds:.2f} s of CPU, {seconds / base[0]:.1f} times calamine;"
                f" {megabytes:.0f} MB, {megabytes / base[1]:.1f} times"
            )


if __name__ == "__main__":
    main()
