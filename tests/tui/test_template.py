"""`template`: an empty sheet whose example is nobody and whose words are read without a doubt."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import ContactData, ImportRoster
from dutyboard.tui.commands.sheets import KINDS
from dutyboard.tui.export.template import TemplateField, template_fields, write_template
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.reader import child, files
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.sheets.word_lists import word_list
from dutyboard.tui.text import words
from tests.tui.command_line import CommandLine

NOW = datetime.fromisoformat("2021-08-01T10:00:00+08:00")
ALL: tuple[SheetKind, ...] = KINDS  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files here: a child process costs more than a sheet."""
    for module in (files,):
        monkeypatch.setattr(module, "read_apart", lambda raw, _: child.grids_of(raw))


def template(kind: SheetKind, language: str = "zh") -> openpyxl.Workbook:
    made = io.BytesIO()
    write_template(kind, words(language), made)
    return openpyxl.load_workbook(made)


def filled(folder: Path, kind: SheetKind, *rows: dict[str, str]) -> Path:
    """The sheet of a kind with rows of cells by field below its example."""
    book = template(kind)
    sheet = book.worksheets[0]
    fields = template_fields(kind, "zh")
    for row in rows:
        sheet.append([row.get(each.name) or None for each in fields])
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value == "填报单位：":
                cell.value = "填报单位：蓝田街道"
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return path


def example(kind: SheetKind) -> dict[str, str]:
    return {each.name: each.example for each in template_fields(kind, "zh")}


@pytest.mark.parametrize("kind", ALL)
def test_a_field_of_a_sheet_says_what_to_write_in_both_languages(kind: SheetKind) -> None:
    told = word_list("templates")[kind]
    assert set(told) == set(own_headings(kind)), "tui/sheets/words/templates.toml tells of every field, and of no other"
    for name, said in told.items():
        assert said["zh"].endswith("。") and said["en"].endswith("."), name
        assert set(said) <= {"zh", "en", "example", "needed", "choices", "cell"}, name
        assert max(len(said["zh"]), len(said["en"]), len(",".join(said.get("choices", ())))) <= 255, name
        assert not any("," in word or '"' in word for word in said.get("choices", ())), name
        assert not (said.get("needed") and not said.get("example")), name


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_the_workbook_keeps_numbers_whole_offers_words_and_hides_its_guide(kind: SheetKind, language: str) -> None:
    book = template(kind, language)
    sheet, guide = book.worksheets
    assert guide.sheet_state == "hidden" and sheet.sheet_state == "visible"
    fields = template_fields(kind, language)
    top = len(word_list("templates")["above"].get(kind, [])) + 1
    assert [cell.value for cell in sheet[top]] == [own_headings(kind)[each.name] for each in fields]
    assert sheet.freeze_panes == f"A{top + 1}"
    told = sheet.data_validations.dataValidation
    rules = {str(rule.sqref).rpartition(":")[2].rstrip("0123456789"): rule for rule in told}
    for at, each in enumerate(fields, start=1):
        letter = openpyxl.utils.get_column_letter(at)
        if each.name in ("id_no", "phone", "rooms", "code"):
            assert sheet.column_dimensions[letter].number_format == "@"
            assert sheet.cell(row=top + 1, column=at).number_format == "@"
        assert rules[letter].prompt == each.about and not rules[letter].showErrorMessage
        assert (rules[letter].formula1 or "").strip('"').split(",") == [*each.choices] or not each.choices
    assert [row[0].value for row in guide.iter_rows(min_row=2)] == [each.heading for each in fields]
    assert [row[1].value for row in guide.iter_rows(min_row=2)] == [each.name for each in fields]


@pytest.mark.parametrize("kind", ALL)
def test_the_example_of_an_empty_sheet_is_named_and_is_nobody(kind: SheetKind, tmp_path: Path) -> None:
    intake, command = read_sheet(kind, filled(tmp_path, kind), None, now=NOW)
    assert [note.code for note in intake.notes if note.row] == ["row_sample"]
    assert not any(member for sheet in getattr(command, "sheets", ()) for member in sheet.members)
    assert isinstance(command, ImportRoster) or not intake.records


@pytest.mark.parametrize("kind", ALL)
def test_the_example_typed_as_a_row_is_read_without_a_doubt(kind: SheetKind, tmp_path: Path) -> None:
    intake, _ = read_sheet(kind, filled(tmp_path, kind, example(kind)), None, now=NOW)
    assert [note.code for note in intake.notes if note.row] == ["row_sample"], intake.notes
    assert len(intake.records) == 1


def offered(kind: SheetKind) -> list[TemplateField]:
    return [each for each in template_fields(kind, "zh") if each.choices]


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in ALL for field in offered(kind)], ids=str)
def test_each_word_to_choose_from_is_read_as_a_meaning_of_its_own(
    kind: SheetKind, field: TemplateField, tmp_path: Path
) -> None:
    rows = [{**example(kind), "sampled_at": "", "id_no": "", field.name: word} for word in field.choices]
    intake, _ = read_sheet(kind, filled(tmp_path, kind, *rows), None, now=NOW)
    told = [note.code for note in intake.notes if note.row and note.code != "id_missing"]
    assert told == ["row_sample"], intake.notes
    assert len({repr(each).replace(f"row={at}", "") for at, each in enumerate(intake.records, start=3)}) == len(rows)


def _name(record: PersonData | ContactData) -> str:
    return record.person.name if isinstance(record, ContactData) else record.name


@pytest.mark.parametrize("kind", ALL)
def test_a_needed_cell_is_one_without_which_a_row_is_rejected(kind: SheetKind, tmp_path: Path) -> None:
    for each in template_fields(kind, "zh"):
        row = {**example(kind), each.name: ""}
        intake, _ = read_sheet(kind, filled(tmp_path, kind, row), None, now=NOW)
        # Whoever has no name is rejected by the desk.
        unnamed = kind in ("arrivals", "contacts") and not any(_name(each) for each in intake.records)
        rejected = unnamed or any(note.level == "error" for note in intake.notes)
        assert rejected == each.needed, each.name


def test_an_empty_sheet_changes_nothing_on_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = CommandLine(tmp_path / "desk", "2021-08-01T10:00", monkeypatch)
    for kind in ALL:
        path = tmp_path / f"{kind}.xlsx"
        assert line.call("template", kind, str(path)).exit_code == 0
        piped = line.call("--lang", "en", "template", kind, "-")
        assert piped.exit_code == 0 and piped.stdout_bytes.startswith(b"PK")
        before = line.printed("verify", "--json")["lines"]
        told = line.printed("import", kind, str(path), "--json")
        assert (told["accepted"], told["updated"], told["duplicates"], told["rejected"]) == (0, 0, 0, 0), kind
        assert "row_sample" in [row["code"] for row in told["rows"]]
        assert line.printed("verify", "--json")["lines"] == before


def test_an_empty_sheet_is_not_written_onto_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = CommandLine(tmp_path / "desk", "2021-08-01T10:00", monkeypatch)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    told = line.call("template", "arrivals")
    assert told.exit_code == 2 and "template arrivals" in told.output and "PK" not in told.output
    missing = line.call("template", "arrivals", str(tmp_path / "none" / "a.xlsx"))
    assert missing.exit_code == 1 and not (tmp_path / "none").exists()
