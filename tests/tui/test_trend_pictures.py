"""Pictures of a period as files: SVG, PNG, the sheets of a PDF, and the charts of a workbook."""

import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image

from dutyboard.tui.export.charts.drawing import Caption, Patch, Stroke, chart_shapes, drawing_of
from dutyboard.tui.export.charts.png import write_png
from dutyboard.tui.export.charts.svg import write_svg
from dutyboard.tui.export.formats import FORMATS, SUFFIXES
from dutyboard.tui.export.kinds import KINDS, formats_of
from dutyboard.tui.export.page import NoWriter, Page
from dutyboard.tui.export.pdf import write_pdf
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.text import words
from tests.rules.desks import desk
from tests.tui.callers import MORNING
from tests.tui.command_line import CommandLine
from tests.tui.test_paper_files import font, text_of
from tests.tui.test_round_pages import a_day
from tests.tui.test_trends import chart, trends

ZH = words("zh")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page() -> Page:
    return trends(a_day())


def picture(page: Page) -> Image.Image:
    made = BytesIO()
    write_png(page, made)
    return Image.open(made)


# ------------------------------------------------------------ shapes


def test_a_line_breaks_at_a_day_that_is_not_told_and_the_day_is_grey() -> None:
    shapes = list(chart_shapes(chart((1, 2, None, 4, 5), (1, 2, None, None, 5)), 0, 0, 400, 200))
    lines = [each for each in shapes if isinstance(each, Stroke) and each.width > 1 and len(each.points) == 2]
    assert len(lines) == 5, "two in the legend, two of the first series, one of the second"
    [stripe] = [each for each in shapes if isinstance(each, Patch) and each.filled and len(each.points) == 4]
    days = {each.text: each.x for each in shapes if isinstance(each, Caption) and each.text.startswith("06-")}
    assert stripe.points[0][0] < days["06-09"] < stripe.points[1][0]


def test_each_series_has_a_mark_of_its_own_without_its_colour() -> None:
    shapes = chart_shapes(chart((1,), (1,), (1,), (1,)), 0, 0, 400, 200)
    marks = [each for each in shapes if isinstance(each, Patch)]
    kinds = {(len(each.points), each.filled, spread(each)) for each in marks}
    assert (len(marks), len(kinds)) == (8, 4)


def spread(mark: Patch) -> tuple[int, int]:
    """How wide and how high a mark is, in tenths of a point."""
    xs, ys = zip(*mark.points)
    return round(10 * (max(xs) - min(xs))), round(10 * (max(ys) - min(ys)))


def test_everything_lies_inside_of_the_picture(page: Page) -> None:
    for each in (page, trends(desk())):
        drawn = drawing_of(each)
        points = [
            point for one in drawn.shapes for point in ([(one.x, one.y)] if isinstance(one, Caption) else one.points)
        ]
        assert all(0 <= x <= drawn.wide and 0 <= y <= drawn.high for x, y in points)


# ------------------------------------------------------------ SVG and PNG


def test_an_svg_says_what_it_shows_and_who_made_it(page: Page) -> None:
    made = BytesIO()
    write_svg(page, made)
    root = ElementTree.fromstring(made.getvalue())
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert {page.title, *page.above, *(each.title for each in page.charts)} <= set(texts)
    assert page.made in "".join(each or "" for each in texts)
    assert {"06-06", "06-07", "06-08", "在用", "漏办", "? 没有记录"} <= set(texts)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == {
        *("svg", "title", "rect", "polyline", "polygon", "text"),
    }


@pytest.mark.parametrize("name", ["a<b>&\"'", "\x1b[2J", "\u202e张", "]]>"])
def test_a_name_with_signs_is_a_text_of_the_svg(name: str) -> None:
    made = BytesIO()
    write_svg(Page(title=name, charts=(chart((1, None)),), made=name), made)
    root = ElementTree.fromstring(made.getvalue())
    assert "\x1b" not in made.getvalue().decode() and "\u202e" not in made.getvalue().decode()
    assert len(root) > 5


def test_a_png_has_a_mark_where_a_value_is_and_grey_where_nothing_is_told(page: Page) -> None:
    font()
    made = picture(page)
    drawn = drawing_of(page)
    assert made.size == (round(2 * drawn.wide), round(2 * drawn.high))
    told = untold = 0
    for each in drawn.shapes:
        if isinstance(each, Patch) and each.filled:
            xs, ys = zip(*each.points)
            middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
            if len(each.points) == 4:
                seen = made.getpixel((round(2 * middle[0]), round(2 * (min(ys) + 7))))
                untold += seen == each.ink
            else:
                told += made.getpixel((round(2 * middle[0]), round(2 * middle[1]))) == each.ink
    assert untold >= 8 and told >= 16, (untold, told)
    words_of = made.crop((0, 0, made.size[0], 120)).convert("L")
    assert words_of.getextrema()[0] < 100, "the title stands on it"


def test_a_picture_of_a_desk_with_no_data_says_so_in_each_chart() -> None:
    font()
    empty = trends(desk())
    assert picture(empty).getextrema() != ((255, 255),) * 3
    texts = [each.text for each in drawing_of(empty).shapes if isinstance(each, Caption)]
    assert texts.count("没有记录") == 4, "rooms, fevers, temperatures, measured: there is no site"


def test_without_the_package_or_a_font_one_line_says_the_remedy(
    page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DUTYBOARD_FONT", str(tmp_path / "none.ttf"))
    with pytest.raises(NoWriter) as lacking:
        write_png(page, BytesIO())
    assert "fonts-wqy-zenhei" in lacking.value.said_in(ZH)
    write_svg(page, BytesIO())
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(NoWriter) as lacking:
        write_png(page, BytesIO())
    assert lacking.value.said_in(ZH) == "缺少 pillow：pip install 'dutyboard[paper]'"


# ------------------------------------------------------------ PDF and workbook


def test_a_pdf_has_the_charts_before_the_table(page: Page, tmp_path: Path) -> None:
    font()
    made = BytesIO()
    write_pdf(page, made)
    told = text_of(made.getvalue(), tmp_path)
    assert all(each.title.replace(" ", "") in told for each in page.charts)
    assert told.index("测温人数(人)") < told.rindex("2021-06-07")
    assert "制表：root" in told


def test_a_workbook_has_charts_of_its_own_that_read_the_table(page: Page) -> None:
    made = BytesIO()
    write_workbook(page, made)
    book = load_workbook(made)
    charts, table = book.worksheets
    assert (charts.title, table.title) == ("逐日趋势图", "逐日")
    assert page.made in [cell.value for cell in charts["A"]]
    assert len(charts._charts) == len(page.charts)
    for drawn, told in zip(charts._charts, page.charts, strict=True):
        assert drawn.display_blanks == "gap"
        for line, series in zip(drawn.series, told.series, strict=True):
            _, _, place = line.val.numRef.f.partition("!")
            cells = [cell.value for (cell,) in table[place.replace("$", "")]]
            assert cells == list(series.values), series.key


# ------------------------------------------------------------ the command line


def test_a_picture_is_written_by_the_command_line_and_only_of_a_page_with_charts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = CommandLine(tmp_path / "desk", MORNING, monkeypatch)
    for name in formats_of("trends"):
        file = tmp_path / f"t.{name}"
        line.done("report", "trends", "--from", "2021-06-05", "--to", "2021-06-07", "--format", name, "-o", str(file))
        assert file.stat().st_size > 500
    assert "写到哪里" in line.refused("report", "trends", "--format", "svg", code=2)
    said = line.refused("report", "statistics", "--format", "png", "-o", str(tmp_path / "s.png"), code=2)
    assert said.endswith("值班运行统计没有图，请用 --format text 或 json 或 xlsx 或 pdf")


def test_every_format_has_an_ending_and_pictures_are_of_pages_with_charts_alone() -> None:
    assert sorted(SUFFIXES.values()) == sorted(FORMATS)
    assert {kind for kind in KINDS if "svg" in formats_of(kind)} == {"trends"}
