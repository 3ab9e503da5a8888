"""Time and memory of sheets, as ratios to python-calamine alone: a register of 10,000 people, and a small file that
declares a million rows.

`python -m tests.bench.sheet_readers`. Ours stands alone and within the whole `import arrivals`; beside it openpyxl
without styles, and `pandas.read_excel` where the extra `bench` is installed. Ours alone tells hidden rows, errors,
formulas without a result and the digits of numbers, and is bounded; calamine alone ends its process on two cells in
far corners.
"""

import importlib.util
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill
from stdnum.cn.ric import calc_check_digit

PEOPLE = 10_000
LAST_ROW = 1_048_576
RUNS = 2
HEADINGS = (
    "序号",
    "姓名",
    "身份证号",
    "联系电话",
    "来源地",
    "离开日期",
    "到涟时间",
    "现住址",
    "健康码",
    "核酸结果",
    "症状",
)
READERS = {
    "calamine": (
        "from python_calamine import CalamineWorkbook as Book\nsheet = Book.from_path(path).get_sheet_by_index(0)\n"
        "rows = sheet.to_python()"
    ),
    "ours": (
        "from pathlib import Path\nfrom dutyboard.tui.sheets.reader.files import read_grids\n"
        "rows = read_grids(Path(path))[0].rows"
    ),
    "ours, import arrivals": (
        "import subprocess, tempfile\nfolder = tempfile.mkdtemp()\n"
        "program = 'import sys; from dutyboard.tui.cli import main; sys.exit(main())'\n"
        "call = [sys.executable, '-c', program, '--data', folder]\n"
        "subprocess.run([*call, 'init', folder, '--practice', '2021-06-07T19:40'], check=True, stdout=-3)\n"
        "told = subprocess.run([*call, 'import', 'arrivals', path, '--json'], check=True, capture_output=True)\n"
        "import json\nrows = range(json.loads(told.stdout)['accepted'] + 1)"
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
assert len(rows) >= {rows}, len(rows)
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(sum(each.ru_utime + each.ru_stime for each in (own, children)), max(own.ru_maxrss, children.ru_maxrss))
"""


def register(file: Path) -> int:
    """Write a register whose cells are texts, numbers and dates. Returns its rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("登记表")
    sheet.append(HEADINGS)
    for number in range(PEOPLE):
        head = f"431382{date(1950, 1, 1) + timedelta(days=number):%Y%m%d}{number % 990:03}"
        name = f"张{chr(0x4E00 + number)}"
        where = ("广东省深圳市南山区", date(2021, 6, 4), date(2021, 6, 5), f"金石镇新塘村{number}组")
        told = (number, name, head + calc_check_digit(f"{head}0"), 13_000_000_000 + number)
        sheet.append([*told, *where, "绿码", "阴性", "无 36.5"])
    book.save(file)
    return PEOPLE + 1


def far(file: Path) -> int:
    """Write a sheet of two people with a coloured cell in its last row. Returns the rows that hold something."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for name in ("赵测甲", "钱测乙"):
        book.active.append([1, name, None, None, "广东省深圳市南山区", None, date(2021, 6, 5), "金石镇新塘村"])
    book.active.cell(LAST_ROW, 1).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(file)
    return 3


def measured(reader: str, file: Path, rows: int) -> tuple[float, float]:
    """Return seconds of the processor and MB of the largest process, the best of some runs."""
    script = MEASURE.format(reader=reader, rows=rows)
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
        seconds, kilobytes = map(float, done.stdout.split())
        runs.append((seconds, kilobytes / 1024))
    return min(runs)


def main() -> None:
    """Print a line for each reader of each file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        for write in (register, far):
            file = Path(folder) / f"{write.__name__}.xlsx"
            rows = write(file)
            print(f"{file.name}, {file.stat().st_size / 1024:.0f} KB")
            base = measured(READERS["calamine"], file, rows)
            for name, reader in READERS.items():
                if name.startswith("pandas") and importlib.util.find_spec("pandas") is None:
                    print(f"  {name}: not installed (pip install dutyboard[bench])")
                    continue
                seconds, megabytes = base if name == "calamine" else measured(reader, file, rows)
                print(
                    f"  {name}: {seconds:.2f} s of CPU, {seconds / base[0]:.1f} times calamine;"
                    f" {megabytes:.0f} MB, {megabytes / base[1]:.1f} times"
                )


if __name__ == "__main__":
    main()
