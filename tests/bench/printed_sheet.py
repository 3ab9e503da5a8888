"""The list of a thousand residents as a workbook: `python -m tests.bench.printed_sheet [people]`.

Seconds of the whole, and its ratio to a floor beside it: bare openpyxl that writes the same cells without any style.
"""

import time
from io import BytesIO

from openpyxl import Workbook

from dutyboard.tui.export.kinds import asked_today, make_page
from dutyboard.tui.export.page import Maker, Page
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.text import words
from tests.bench.figure import NOW, Figure, options, ratios
from tests.bench.rules_obligations import NOW as AT
from tests.bench.rules_obligations import crowd

SECONDS_AIM, RATIO_AIM = 2.0, 4.0


def bare(page: Page) -> bytes:
    """Return a workbook of the same cells without merges, borders and widths."""
    book, made = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for table in page.tables:
        for row in ([each.head for each in table.columns], *table.rows):
            sheet.append(list(row))
    book.save(made)
    return made.getvalue()


def main() -> None:
    """Print seconds and ratio."""
    asked = options(people=1_000)
    runs = 2 if asked.quick else 7
    snapshot, now = crowd(2 * asked.people), AT  # half of a crowd lives at sites
    whole, floor = [], []
    rows = 0
    for _ in range(runs):
        began = time.perf_counter()
        page = make_page(asked_today("residents", now), snapshot, now, Maker("", ""), words("zh"))
        write_workbook(page, BytesIO())
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        bare(page)
        floor.append(time.perf_counter() - began)
        rows = len(page.tables[0].rows)
    told = f"{rows} people, {len(page.tables[0].columns)} columns"
    name = f"list of {rows:,} residents as a workbook"
    print(Figure(name, sorted(whole)[runs // 2], "s", SECONDS_AIM, runs, told))
    ratio, _ = ratios({NOW: whole}, floor)
    assert ratio is not None
    print(Figure(f"{name} / bare openpyxl", ratio, "x", RATIO_AIM, runs, "the same cells without a style"))


if __name__ == "__main__":
    main()
