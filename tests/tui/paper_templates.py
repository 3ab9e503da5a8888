"""Templates of the papers as they are shipped: `python -m tests.tui.paper_templates` writes all of them anew.

They are ordinary .docx files. An office opens one in Word or WPS and changes it there; this script only made the first.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dutyboard.rules.records.codes import PAPER_KINDS, PaperKind
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.text.pages.papers import PaperTable

FOLDER: Final = Path(__file__).parents[2] / "tui" / "export" / "templates"
BODY: Final = {"zh": "仿宋", "en": "Times New Roman"}
HEAD: Final = {"zh": "黑体", "en": "Times New Roman"}
LABELS: Final = {
    "name": ("姓名", "Name"),
    "sex": ("性别", "Sex"),
    "id_no": ("证件号", "ID"),
    "phone": ("电话", "Phone"),
    "nation": ("民族", "Nation"),
    "unit": ("所属乡镇", "Town"),
    "address": ("住址", "Address"),
    "workplace": ("工作单位", "Employer"),
    "emergency_name": ("紧急联系人", "Emergency contact"),
    "emergency_phone": ("紧急电话", "Its phone"),
    "illness": ("基础疾病", "Illness"),
    "medicine": ("用药", "Medicine"),
    "special_need": ("特殊需求", "Special need"),
    "companions": ("同行人员", "Came with"),
    "officer": ("专人", "Officer"),
    "place": ("地点", "Place"),
    "site_phone": ("隔离点电话", "Phone of the site"),
    "first": ("起始日", "From"),
    "last": ("截止日", "To"),
    "clause": ("依据条款", "Clause"),
    "town_cadre": ("镇级包保干部", "Town's cadre"),
    "town_phone": ("电话", "Phone"),
    "home_cadre": ("村级包保干部", "Village's cadre"),
    "home_phone": ("电话", "Phone"),
    "from_place": ("由", "From"),
    "to_place": ("至", "To"),
    "stage": ("现状", "Stage"),
    "isolation_day": ("隔离第几天", "Day of isolation"),
    "last_pcr": ("最近核酸", "Last PCR"),
    "last_temp": ("最近体温", "Last temperature"),
    "temp_now": ("交接时体温", "At hand-over"),
    "vehicle": ("车牌", "Vehicle"),
    "driver": ("驾驶员", "Driver"),
    "driver_phone": ("驾驶员电话", "His phone"),
    "escort": ("随车人员", "Escort"),
    "escort_phone": ("随车人员电话", "His phone"),
    "left_at": ("出发时间", "Left"),
    "arrived_at": ("到达时间", "Arrived"),
    "handed_by": ("移交人", "Handed over by"),
    "received_by": ("接收人", "Received by"),
    "told_headquarters": ("目的地指挥部告知时间、告知人", "Command post there told when, by whom"),
    "origin": ("来源地", "Origin"),
    "travel": ("行程", "Travel"),
    "vehicle_in": ("来涟车次", "Came by"),
    "seat_no": ("座位", "Seat"),
    "found_by": ("发现方式", "Found by"),
    "registered_at": ("登记时间", "Registered"),
    "note": ("备注", "Note"),
    "leader": ("批准的带班领导", "Approved by"),
    "from_stage": ("解除前", "Before"),
    "to_stage": ("解除后", "After"),
}
WHO: Final = ("name", "sex", "id_no", "phone", "address", "unit")
CARED: Final = (
    *("workplace", "officer", "emergency_name", "emergency_phone"),
    *("illness", "medicine", "special_need", "companions"),
)
GRIDS: Final[dict[PaperKind, tuple[str, ...]]] = {
    "notice-isolation": (*WHO, *CARED, "place", "site_phone", "first", "last"),
    "notice-release": (*WHO, "place", "leader", "first", "last", "from_stage", "to_stage"),
    "notice-home": (*WHO, *CARED, "first", "last", "town_cadre", "town_phone", "home_cadre", "home_phone"),
    "transfer": (
        *WHO,
        *CARED,
        *("from_place", "to_place", "clause", "stage", "isolation_day", "last_pcr", "last_temp", "temp_now"),
        *("vehicle", "told_headquarters", "driver", "driver_phone", "escort", "escort_phone"),
        *("left_at", "arrived_at", "handed_by", "received_by"),
    ),
    "record": (
        *(*WHO, *CARED, "nation", "origin", "travel", "vehicle_in", "seat_no", "found_by", "registered_at"),
        *("stage", "place", "clause", "town_cadre", "home_cadre", "note"),
    ),
}
FIRST: Final[dict[PaperKind, tuple[tuple[str, str, str], ...]]] = {
    "notice-isolation": (
        (
            "",
            "{{ name }}：根据通知{{ clause }}，经研判，请您按下列安排接受集中隔离医学观察。",
            "{{ name }}: by clause {{ clause }} of the notice you are to be isolated as stated below.",
        ),
        ("asked", "{{ asked }}", "{{ asked }}"),
    ),
    "notice-release": (
        ("", "{{ name }}：{{ let_go }}", "{{ name }}: {{ let_go }}"),
        ("against", "{{ against }}", "{{ against }}"),
    ),
    "notice-home": (
        (
            "",
            "{{ name }}：根据通知{{ clause }}，请您按下列安排居家健康监测。监测地点：{{ place }}。",
            "{{ name }}: by clause {{ clause }} of the notice you are to be monitored at home: {{ place }}.",
        ),
        ("asked", "{{ asked }}", "{{ asked }}"),
        ("", "居家规定（{{ home_clause }}）：{{ home_rule }}", "Rules at home ({{ home_clause }}): {{ home_rule }}"),
    ),
    "transfer": (),
    "record": (("asked", "{{ asked }}", "{{ asked }}"),),
}
THEN: Final[dict[PaperKind, tuple[tuple[str, str, str], ...]]] = {
    "notice-isolation": (
        (
            "",
            "身体不适请立即告知隔离点工作人员，电话 {{ site_phone }}。",
            "If you feel unwell, tell the staff of the site at once: {{ site_phone }}.",
        ),
    ),
    "notice-release": (
        (
            "town_cadre",
            "镇级包保干部：{{ town_cadre }}（{{ town_phone }}）；村级包保干部：{{ home_cadre }}（{{ home_phone }}）。",
            "Town's cadre: {{ town_cadre }} ({{ town_phone }}). Village's cadre: {{ home_cadre }} ({{ home_phone }}).",
        ),
    ),
    "notice-home": (
        (
            "",
            "身体不适请立即告知包保干部。",
            "If you feel unwell, tell your cadres at once.",
        ),
    ),
    "transfer": (),
    "record": (),
}
_LINE: Final = "_" * 12
SIGNED: Final[dict[PaperKind, tuple[tuple[str, str], ...]]] = {
    "notice-isolation": (
        ("带班领导（签字）：{line}  告知人（签字）：{line}", "Leader (signs): {line}  Told by (signs): {line}"),
        ("本人已知悉上述内容（签字）：{line}  日期：{line}", "I have been told (signs): {line}  Day: {line}"),
    ),
    "notice-release": (
        ("带班领导（签字）：{line}  经办人（签字）：{line}", "Leader (signs): {line}  Handled by (signs): {line}"),
        ("本人签收（签字）：{line}  日期：{line}", "Received (signs): {line}  Day: {line}"),
    ),
    "notice-home": (
        ("告知人（签字）：{line}  村（社区）盖章：{line}", "Told by (signs): {line}  Village (stamp): {line}"),
        ("本人已知悉并承诺遵守（签字）：{line}  日期：{line}", "I will keep to it (signs): {line}  Day: {line}"),
    ),
    "transfer": (
        ("移交人（签字）：{line}  时间：{line}", "Handed over by (signs): {line}  At: {line}"),
        ("接收单位（盖章）：{line}  接收人（签字）：{line}", "Received by (stamp): {line}  Signs: {line}"),
        ("接收时间：{line}", "Received at: {line}"),
    ),
    "record": (("经办人（签字）：{line}", "Handled by (signs): {line}"),),
}


class _Paper:
    """One template while it is made."""

    def __init__(self, language: str) -> None:
        self.language, self.doc = language, Document()
        section = self.doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
        _font(self.doc.styles["Normal"], BODY[language], 11)

    def line(self, text: str, size: float = 12, *, align: Any = None, bold: bool = False, red: bool = False) -> Any:
        """Add a paragraph of 1.5 lines."""
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.line_spacing = 1.5
        paragraph.paragraph_format.space_after = Pt(2)
        if align is not None:
            paragraph.alignment = align
        run = paragraph.add_run(text)
        _font(run, HEAD[self.language] if bold else BODY[self.language], size)
        run.bold = bold
        if red:
            run.font.color.rgb = RGBColor(0xC0, 0, 0)
        return paragraph

    def told(self, only_if: str, text: str) -> None:
        """Add a paragraph of the body; one that stands only where a place is filled."""
        if only_if:
            self.line(f"{{%p if {only_if} %}}")
        self.line(text).paragraph_format.first_line_indent = Pt(24)
        if only_if:
            self.line("{%p endif %}")

    def grid(self, places: Sequence[str]) -> None:
        """Add a table of labels and places, two pairs a row."""
        table = self.doc.add_table(rows=0, cols=4)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        for at in range(0, len(places), 2):
            cells = table.add_row().cells
            for number, place in enumerate(places[at : at + 2]):
                _write(cells[2 * number], LABELS[place][LANGUAGES.index(self.language)], bold=True)
                _write(cells[2 * number + 1], f"{{{{ {place} }}}}")
            if len(places[at : at + 2]) == 1:
                cells[1].merge(cells[3])
        _widths(table, (2.9, 5.2, 2.9, 5.2))
        self._gap()

    def rows(self, table: PaperTable) -> None:
        """Add a table with one row for each of the rows of a place."""
        heading = self.line(table.heading, 11, bold=True)
        heading.paragraph_format.line_spacing = 1.0
        heading.paragraph_format.keep_with_next = True
        made = self.doc.add_table(rows=4, cols=len(table.columns))
        made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        for at, head in enumerate(table.columns.values()):
            _write(made.rows[0].cells[at], head, bold=True)
        _repeat(made.rows[0])
        _write(made.rows[1].cells[0], f"{{%tr for row in {table.rows} %}}")
        for at, key in enumerate(table.columns):
            _write(made.rows[2].cells[at], f"{{{{ row.{key} }}}}")
        _write(made.rows[3].cells[0], "{%tr endfor %}")
        _widths(made, _shares(table))
        self._gap()

    def _gap(self) -> None:
        """Add a thin line between two tables."""
        gap = self.doc.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        _font(gap.add_run(" "), BODY[self.language], 4)


def template(kind: PaperKind, language: str) -> Any:
    """Return the document of a kind of paper."""
    said, paper, at = words(language).papers, _Paper(language), LANGUAGES.index(language)
    paper.line("{{ desk }}", 20, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, red=True)
    paper.line("{{ title }}", 18, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    paper.line("{{ number }}  {{ copy }}", 11, align=WD_ALIGN_PARAGRAPH.CENTER)
    for only_if, *text in FIRST[kind]:
        paper.told(only_if, text[at])
    paper.grid(GRIDS[kind])
    for table in said.tables[kind]:
        paper.rows(table)
    for only_if, *text in THEN[kind]:
        paper.told(only_if, text[at])
    for signs in SIGNED[kind]:
        paper.line(signs[at].format(line=_LINE)).paragraph_format.keep_with_next = True
    stamp = ("{{ desk }}（盖章）", "{{ desk }} (stamp)")[at]
    for text in (stamp, "{{ day }}"):
        last = paper.line(text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        last.paragraph_format.right_indent = Cm(1)
        last.paragraph_format.keep_with_next = True
    footer = paper.doc.sections[0].footer.paragraphs[0]
    _font(footer.add_run("{{ made }}  "), BODY[language], 8)
    _page_number(footer, language)
    paper.doc.core_properties.author = "dutyboard"
    paper.doc.core_properties.title = said.titles[kind]
    paper.doc.core_properties.created = paper.doc.core_properties.modified = datetime(2021, 6, 7)  # noqa: DTZ001
    return paper.doc


def _font(of: Any, name: str, size: float) -> None:
    of.font.name, of.font.size = name, Pt(size)
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(10.5)


def _widths(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths):
            cell.width = Cm(width)


def _shares(table: PaperTable) -> list[float]:
    """Return the widths of columns: what holds sentences is wide."""
    wide = {"text", "value", "how"} | ({"what"} if "entry" in table.columns else set())
    parts = [6 if key in wide else 2 for key in table.columns]
    return [16.2 * part / sum(parts) for part in parts]


def _repeat(row: Any) -> None:
    """Let a row stand on top of each sheet."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _page_number(paragraph: Any, language: str) -> None:
    before, after = ("第 ", " 页") if language == "zh" else ("page ", "")
    _font(paragraph.add_run(before), BODY[language], 8)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = paragraph.add_run("1")
    _font(number, BODY[language], 8)
    field.append(number._r)
    paragraph._p.append(field)
    _font(paragraph.add_run(after), BODY[language], 8)


def write_all(folder: Path) -> None:
    """Write every template into a folder, the same bytes each time."""
    for kind in PAPER_KINDS:
        for language in LANGUAGES:
            file = folder / f"{kind}.{language}.docx"
            template(kind, language).save(file)
            with ZipFile(file) as packed:
                parts = [(each.filename, packed.read(each)) for each in packed.infolist()]
            with ZipFile(file, "w") as packed:
                for name, content in parts:
                    packed.writestr(ZipInfo(name), content, compress_type=8)


if __name__ == "__main__":
    write_all(FOLDER)
