"""Papers and tables as files: .docx read back, templates of a county, PDF by LibreOffice and of tables."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dutyboard.rules.records.codes import PAPER_KINDS, PaperKind
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.papers.issued import PaperNumber
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export import pdf
from dutyboard.tui.export.page import NoPage, NoWriter, Page, PageAsked, PageColumn, PageTable
from dutyboard.tui.export.person import issue, paper_template
from dutyboard.tui.export.person.office import as_pdf
from dutyboard.tui.export.person.paper import paper_fields
from dutyboard.tui.export.person.paper_case import PaperCase, PaperFields
from dutyboard.tui.export.person.paper_template import FOLDER, PaperTemplate, clean, template_of
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.terminal.font import chinese_font
from dutyboard.tui.text import LANGUAGES, words
from tests.homes import begun
from tests.tui import paper_templates
from tests.tui.installed import printed, run
from tests.tui.test_papers import MAKER, NOW, ZH, desk, of_kind, placed

__all__ = ["desk"]
TOP = Path(__file__).parents[2]
NUMBER = PaperNumber(year=2026, serial=3, copy=2)


def fields_of(kind: PaperKind, desk: Snapshot, language: str = "zh", **more: object) -> PaperFields:
    snapshot, person = of_kind(kind, desk)
    case = PaperCase(replace(person, **more), snapshot, NOW, words(language))  # type: ignore[arg-type]
    return paper_fields(kind, case, "制表：root", NUMBER)


def shipped(kind: PaperKind, fields: PaperFields, language: str = "zh") -> Any:
    nowhere = Path("/nonexistent")
    return Document(BytesIO(template_of(kind, nowhere, words(language)).filled(fields)))


def texts(document: Any) -> Iterator[str]:
    """Every text of a document: paragraphs, cells, the foot."""
    yield from (each.text for each in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    yield from (each.text for each in document.sections[0].footer.paragraphs)


def county(tmp_path: Path, *lines: str, kind: PaperKind = "notice-isolation") -> PaperTemplate:
    """A county's own template with these paragraphs."""
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    (tmp_path / FOLDER).mkdir(exist_ok=True)
    made.save(str(tmp_path / FOLDER / f"{kind}.docx"))
    return template_of(kind, tmp_path, ZH)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_every_cell_of_a_paper_holds_what_the_desk_knows(desk: Snapshot, kind: PaperKind, language: str) -> None:
    told = fields_of(kind, desk, language)
    document, fields = shipped(kind, told, language), clean(told)
    whole = "\n".join(texts(document))
    assert "{{" not in whole and "{%" not in whole
    said = words(language).papers
    for name in ("title", "number", "copy", "day", "made", "desk", "name"):
        assert str(fields[name]) in whole, name
    grid = {row.cells[at].text: row.cells[at + 1].text for row in document.tables[0].rows for at in (0, 2)}
    for place in paper_templates.GRIDS[kind]:
        label = paper_templates.LABELS[place][LANGUAGES.index(language)]
        assert label in grid and (place in ("town_phone", "home_phone", "phone") or grid[label] == fields[place]), place
    for part, table in zip(said.tables[kind], document.tables[1:], strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows[0] == list(part.columns.values())
        assert rows[1:] == [[row[key] for key in part.columns] for row in fields[part.rows]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_places_of_a_template_are_those_of_the_papers_and_stand_in_the_docs(desk: Snapshot, language: str) -> None:
    filled = {name for kind in PAPER_KINDS for name in fields_of(kind, desk, language)}
    page = (TOP / "docs" / "papers.md").read_text(encoding="utf-8")
    for kind in PAPER_KINDS:
        told = re.search(rf"^\| `{kind}` \|.*$", page, re.MULTILINE)
        assert told is not None
        _, _, held = told[0].partition(f"`{kind}`")
        assert set(re.findall(r"`(\w+)`", held)) == set(fields_of(kind, desk, language))
    meant = dict(re.findall(r"^\| `(\w+)` \| ([^|]*\S[^|]*\| [^|]*\S[^|]*)\|$", page, re.MULTILINE))
    assert filled == set(meant) - set(PAPER_KINDS), (
        "each has its meaning in both languages, and none is there for nothing"
    )


def test_the_templates_are_those_that_the_script_writes(tmp_path: Path) -> None:
    paper_templates.write_all(tmp_path)
    for file in tmp_path.iterdir():
        made, there = ZipFile(file), ZipFile(paper_templates.FOLDER / file.name)
        assert made.read("word/document.xml") == there.read("word/document.xml"), file.name


def test_a_template_of_the_county_takes_the_place_of_ours(desk: Snapshot, tmp_path: Path) -> None:
    own = county(tmp_path, "涟疫控隔告〔{{ year }}〕{{ serial }}号", "{{ name }}住{{ place }}")
    fields = fields_of("notice-isolation", desk)
    told = list(texts(Document(BytesIO(own.filled(fields)))))
    assert told[:2] == ["涟疫控隔告〔2026〕3号", f"{fields['name']}住{fields['place']}"]


REFUSED = [
    ("{{ nmae }}", "没有「nmae」"),
    ("{% for row in tests %}{{ row.x }}{% endfor %}", "没有「tests」"),
    ("{% for row in stages %}{{ row.wann }}{% endfor %}", "没有「wann」"),
    ("{% if nmae %}x{% endif %}", "没有「nmae」"),
    ("{% if nmae == 'x' %}x{% endif %}", "没有「nmae」"),
    ("{{ name ", "写法有误"),
    ("{% for row in stages %}", "写法有误"),
    ("{{ nmae|default('') }}", "写法有误"),
    ("{{ nmae is defined }}", "写法有误"),
    ("{{ name * 1000000000 }}", "不允许"),
    ("{{ ().__class__.__bases__[0].__subclasses__() }}", ""),
    ("{{ name.__class__ }}", ""),
    ("{{ name.format(1) }}", ""),
    ("{{ self.__init__.__globals__ }}", ""),
    ("{{ range(9) }}", "没有「range」"),
    ("{% include '/etc/passwd' %}", ""),
    ("{% set x = 1 %}{{ x ** 99 }}", "不允许"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_a_template_with_a_hole_or_a_trick_is_refused_in_one_line(
    desk: Snapshot, tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(NoPage) as refused:
        county(tmp_path, "{{ name }}", line).filled(fields_of("notice-isolation", desk))
    assert "papers/notice-isolation.docx" in refused.value.why and said in refused.value.why
    assert "\n" not in refused.value.why


def test_a_hole_in_a_part_that_stands_empty_today_is_refused_too(desk: Snapshot, tmp_path: Path) -> None:
    fields = fields_of("notice-isolation", desk)
    assert fields["asked"] == "", "nothing is asked about him"
    with pytest.raises(NoPage, match="没有「nmae」"):
        county(tmp_path, "{% if asked %}{{ nmae }}{% endif %}").filled(fields)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"{{ name }}"])
def test_what_is_no_docx_is_refused(desk: Snapshot, tmp_path: Path, raw: bytes) -> None:
    own = county(tmp_path, "x")
    own.file.write_bytes(raw)
    with pytest.raises(NoPage, match="读不了"):
        own.filled(fields_of("notice-isolation", desk))


def test_a_template_that_unpacks_to_very_much_is_refused(desk: Snapshot, tmp_path: Path) -> None:
    own = county(tmp_path, "x")
    with ZipFile(own.file, "a", compression=8) as packed:
        packed.writestr("word/big.xml", b" " * (paper_template.MOST_UNPACKED + 1))
    with pytest.raises(NoPage, match="读不了"):
        own.filled(fields_of("notice-isolation", desk))


def test_a_template_that_takes_something_from_elsewhere_is_refused(desk: Snapshot, tmp_path: Path) -> None:
    own = county(tmp_path, "x")
    of_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
    made = Document(str(own.file))
    made.part.relate_to("https://example.org/", of_type.format("hyperlink"), is_external=True)
    made.save(str(own.file))
    own.filled(fields_of("notice-isolation", desk))
    made.part.relate_to("https://example.org/x.png", of_type.format("image"), is_external=True)
    made.save(str(own.file))
    with pytest.raises(NoPage, match="外部内容"):
        own.filled(fields_of("notice-isolation", desk))


@settings(max_examples=12, deadline=None)
@given(name=st.text(min_size=1, max_size=30))
def test_no_name_breaks_a_paper_or_is_obeyed(desk: Snapshot, name: str) -> None:
    told = "\n".join(texts(shipped("transfer", fields_of("transfer", desk, name=name))))
    assert "预览" not in told and "______" in told


@pytest.mark.parametrize("name", ["{{ id_no }}", "{% for %}", "=1+1", "<w:p/>", "&amp;", "\x1b[2J", "\u202e张", "]]>"])
def test_a_name_that_looks_like_a_command_is_a_text(desk: Snapshot, name: str) -> None:
    document = shipped("notice-isolation", fields_of("notice-isolation", desk, name=name))
    cell = document.tables[0].rows[0].cells[1].text
    assert cell == name or ("<U+" in cell and "\x1b" not in cell and "\u202e" not in cell)


def test_numbers_are_masked_unless_somebody_says_why(desk: Snapshot) -> None:
    person = placed(desk)
    told = "\n".join(texts(shipped("record", fields_of("record", desk, note=f"电话 {person.phone}"))))
    assert person.id_no not in told and person.phone not in told


def missing(why: str) -> None:
    """Skip a proof and say why; where `.ci/run` has installed all of it, fail."""
    if os.environ.get("DUTYBOARD_PAPER_PROVED"):
        pytest.fail(why)
    pytest.skip(why)


def office() -> None:
    """Look for LibreOffice."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        missing("LibreOffice or pdftotext is not installed: no PDF of a paper is proved")


def text_of(content: bytes, tmp_path: Path) -> str:
    (tmp_path / "x.pdf").write_bytes(content)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s", "", told.stdout.decode())


def converted(form: str, folder: Path, files: Iterable[Path]) -> None:
    """Have LibreOffice write files in another format into a folder: it starts once for all of them."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    asked = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, *files]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)


def test_libreoffice_makes_the_same_paper_of_every_kind(desk: Snapshot, tmp_path: Path) -> None:
    office()
    for kind in PAPER_KINDS:
        (tmp_path / f"{kind}.docx").write_bytes(template_of(kind, tmp_path, ZH).filled(fields_of(kind, desk)))
    converted("pdf", tmp_path, tmp_path.glob("*.docx"))
    for kind in PAPER_KINDS:
        fields, told = fields_of(kind, desk), text_of((tmp_path / f"{kind}.pdf").read_bytes(), tmp_path)
        for name in ("title", "number", "made", "name", "day", *({"first", "last"} & fields.keys())):
            assert re.sub(r"\s", "", str(fields[name])) in told, (kind, name)
        if kind.startswith("notice"):
            assert "点对点闭环转运" in told and "不能外出，不得流动" in told, "the sentences of the notice"


def test_the_program_lets_libreoffice_make_a_paper_and_leaves_nothing_behind(desk: Snapshot, tmp_path: Path) -> None:
    office()
    fields = fields_of("notice-isolation", desk)
    before = {each.name for each in Path("/tmp").glob("dutyboard-paper-*")}
    told = text_of(as_pdf(template_of("notice-isolation", tmp_path, ZH).filled(fields), ZH), tmp_path)
    assert all(str(fields[name]) in told for name in ("title", "number", "name", "day"))
    assert {each.name for each in Path("/tmp").glob("dutyboard-paper-*")} == before


def test_without_libreoffice_or_in_haste_one_line_says_what_to_do(
    desk: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx = template_of("record", tmp_path, ZH).filled(fields_of("record", desk))
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoPage, match="1 秒没有转完"):
        as_pdf(docx, ZH, seconds=1)
    slow.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(NoPage, match="没有转出"):
        as_pdf(docx, ZH)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(NoPage, match="apt install libreoffice-writer-nogui"):
        as_pdf(docx, ZH)


def page(rows: int, *, wide: bool = False) -> Page:
    columns = (
        PageColumn("no", "序号"),
        PageColumn("name", "姓名"),
        PageColumn("am", "上午", "体温"),
        PageColumn("pm", "下午", "体温"),
    )
    table = PageTable(columns, tuple((number, f"人员{number}", 36.5, None) for number in range(1, rows + 1)), "登记")
    return Page(
        title="体温登记表", above=("隔离点：甲",), tables=(table,), below=("签字：____",), made="制表：王", wide=wide
    )


def font() -> None:
    if chinese_font() is None or shutil.which("pdftotext") is None:
        missing("no font with Chinese, or no pdftotext: no PDF of a table is proved")


def test_a_table_is_printed_with_its_headings_on_every_sheet(tmp_path: Path) -> None:
    font()
    made = BytesIO()
    pdf.write_pdf(page(90), made)
    told = text_of(made.getvalue(), tmp_path)
    sheets = told.count("制表：王")
    assert sheets >= 2 and told.count("体温序号") + told.count("序号姓名") >= sheets
    assert f"{sheets}/{sheets}" in told and "人员90" in told and "签字：____" in told
    assert "体温登记表" in told and "隔离点：甲" in told and "登记" in told


def test_a_wide_page_lies_across(tmp_path: Path) -> None:
    font()
    made = BytesIO()
    pdf.write_pdf(page(1, wide=True), made)
    (tmp_path / "x.pdf").write_bytes(made.getvalue())
    told = subprocess.run(["pdfinfo", tmp_path / "x.pdf"], capture_output=True, check=True, text=True).stdout
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", told)
    assert found is not None and float(found[1]) > float(found[2])


@pytest.mark.parametrize("columns", [2, 12, 40, 70])
def test_a_table_of_many_columns_is_printed_whole_on_paper_that_is_wide_enough(tmp_path: Path, columns: int) -> None:
    font()
    named = tuple(PageColumn(f"c{at}", f"第{at}列的名称很长") for at in range(columns))
    rows = (tuple(f"甲乙丙丁戊己庚辛{at}号" for at in range(columns)), (None,) * columns)
    table = PageTable(named, rows)
    made = BytesIO()
    pdf.write_pdf(Page(title="宽表", tables=(table,), made="制表：王"), made)
    assert text_of(made.getvalue(), tmp_path).count("甲") == columns, "every cell stands on it"
    made_book = BytesIO()
    write_workbook(Page(title="宽表", tables=(table,), made="制表：王"), made_book)
    sheet = load_workbook(made_book).worksheets[0]
    assert sheet.page_setup.paperSize == (9 if columns <= 2 else 8) and bool(sheet.print_title_cols) == (columns > 12)
    assert [cell.value for cell in sheet[3]] == list(rows[0])


def test_without_a_font_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUTYBOARD_FONT", str(tmp_path / "none.ttf"))
    with pytest.raises(NoWriter) as lacking:
        pdf.write_pdf(page(1), BytesIO())
    assert lacking.value.what == "font"


def test_a_paper_leaves_with_a_number_and_an_entry_and_a_second_time_says_so(tmp_path: Path) -> None:
    folder, file = f"{tmp_path}/desk", tmp_path / "n.docx"
    assert run("init", str(begun(Path(folder))), "--sample").returncode == 0
    out = ("--format", "docx", "-o", str(file))
    for sign in ("〔", "第 2 次打印"):
        done = run("report", "notice-isolation", "--person", "1", *out, folder=folder)
        assert done.returncode == 0, done.stderr
        assert sign in "\n".join(texts(Document(str(file)))) and sign in done.stderr
    history = printed("person", "1", "--json", folder=folder)["history"]
    told = [(each["data"]["serial"], each["data"]["copy"]) for each in history if each["kind"] == "print"]
    assert told == [(1, 1), (1, 2)]
    no_table = run("report", "roster", "--unit", "蓝田", *out, folder=folder)
    assert no_table.returncode == 2 and "只有人员文书能出 docx" in no_table.stderr
    county(tmp_path / "desk", "{{ nmae }}")
    file.unlink()
    said = run("report", "notice-isolation", "--person", "1", *out, folder=folder)
    assert said.returncode == 1 and "nmae" in said.stderr and not file.exists()
    assert len(printed("person", "1", "--json", folder=folder)["history"]) == len(history), "it took no number"


def test_nothing_of_the_extra_is_loaded_before_a_paper_is_asked_for() -> None:
    asked = "import sys, dutyboard.tui.commands.report, dutyboard.tui.screens.printing.page\n"
    asked += "print(sorted({'docx', 'docxtpl', 'fpdf', 'lxml', 'PIL', 'fontTools'} & sys.modules.keys()))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_without_the_package_one_line_says_how_to_get_it(desk: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, person = of_kind("record", desk)
    asked = PageAsked(kind="record", subject=subject_id(person), first=NOW.date(), last=NOW.date())
    monkeypatch.setattr(issue, "find_spec", lambda _: None)
    with pytest.raises(NoPage, match=r"pip install 'dutyboard\[paper\]'"):
        issue.made_paper(asked, snapshot, NOW, MAKER, ZH, Path("/nonexistent"), "docx")
