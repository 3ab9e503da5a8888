"""Cells in people's words: each reader's value and whether the cell was understood. The lists are words/*.toml."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dutyboard.rules.law.facts import Facts
from dutyboard.tui.sheets import tables, values
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, read_date
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.identity import read_id, read_ids, read_phones
from dutyboard.tui.sheets.kinds.areas import read_areas
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.names import read_name, read_names
from dutyboard.tui.sheets.places import read_places
from dutyboard.tui.sheets.reader.child import grids_of
from dutyboard.tui.sheets.symptoms import read_symptoms
from dutyboard.tui.sheets.word_lists import is_blank, word_list

UNREAD = "value_unread"
PART = "partly_read"


@pytest.mark.parametrize(
    ("written", "said", "degrees", "note"),
    [
        ("无发热", "none", None, ""),
        ("无不适", "none", None, ""),
        ("□有 ☑无", "none", None, ""),
        ("有□无√", "none", None, ""),
        ("☑有 □无", "present", None, ""),
        ("无 36.5", "none", 36.5, ""),
        ("36.5", "none", 36.5, ""),
        (36.5, "none", 36.5, ""),
        ("36度5", "none", 36.5, ""),
        ("38.5", "present", 38.5, ""),
        ("37.1", None, 37.1, ""),
        ("体温正常", "none", None, ""),
        ("发烧38度2", "present", 38.2, ""),
        ("有发热（38.5）、咳嗽3天", "present", 38.5, ""),
        ("36.5-36.8", "none", 36.8, ""),
        ("无发热、咳嗽", "none", None, ""),
        ("发热、无咳嗽", "present", None, ""),
        ("无发热，有咳嗽", "present", None, ""),
        ("无发热但咳嗽", "present", None, ""),
        ("发热但不咳嗽", "present", None, ""),
        ("伴有咳嗽", "present", None, ""),
        ("身体不适", "present", None, ""),
        ("自述无不适", "none", None, ""),
        ("没有症状", "none", None, ""),
        ("无。", "none", None, ""),
        ("良好", "none", None, ""),
        ("FALSE", "none", None, ""),
        ("不清楚", "unknown", None, ""),
        ("—", None, None, ""),
        ("发烧三十八度二", "present", 38.2, ""),
        ("三十六度五", "none", 36.5, ""),
        ("36,5", "none", 36.5, ""),
        ("36。5", "none", 36.5, ""),
        ("无发热、干咳、乏力等症状", "none", None, ""),
        ("发热、乏力等", "present", None, ""),
        ("发热、弄了", "present", None, PART),
        ("无发热、无咳嗽、乏力", None, None, UNREAD),
        ("无发热咳嗽10天", None, None, UNREAD),
        ("密接", None, None, UNREAD),
    ],
)
def test_symptoms(written: object, said: str | None, degrees: float | None, note: str) -> None:
    read = read_symptoms(written)
    assert read.value == (said, degrees)
    assert read.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("written", "colour", "note"),
    [
        ("绿码", "green", ""),
        ("湖南绿码", "green", ""),
        ("正常", "green", ""),
        ("黄码已转绿", "green", PART),
        ("绿卡带*", "green", PART),
        ("无智能手机", "none", ""),
        ("未申领", "none", ""),
        ("弹窗", None, UNREAD),
        ("橙码", None, UNREAD),
        ("非绿码", None, UNREAD),
        ("红、黄", None, UNREAD),
        ("/", None, ""),
    ],
)
def test_health_codes(written: str, colour: str | None, note: str) -> None:
    read = values.read_health_code(written)
    assert (read.value, read.notes) == (colour, (note,) if note else ())


@pytest.mark.parametrize(
    ("written", "said", "note"),
    [
        ("阴性(-)", "negative", ""),
        ("阴性（2次）", "negative", ""),
        ("48小时阴性", "negative", ""),
        ("(-)", "negative", ""),
        ("+", "positive", ""),
        ("阳性（+）", "positive", ""),
        ("单阳", "indeterminate", ""),
        ("弱阳性", "indeterminate", ""),
        ("阳转阴", "indeterminate", PART),
        ("阴性、阳性", "indeterminate", PART),
        ("检测中", "pending", ""),
        ("已采样", "pending", ""),
        ("否", "none", ""),
        ("未做", "none", ""),
        ("不详", "unknown", ""),
        ("-", None, ""),
        ("非阴性", None, UNREAD),
        ("阴性（抗原）", None, UNREAD),
        ("阴性待复核", None, UNREAD),
        ("道听途说", None, UNREAD),
    ],
)
def test_results(written: str, said: str | None, note: str) -> None:
    read = values.read_result(written)
    assert (read.value.said if read.value else None, read.notes) == (said, (note,) if note else ())


@given(st.text(st.sampled_from("阴阳性+-弱单转（）、 待复查12次检测"), max_size=8))
def test_a_word_of_a_positive_is_never_less(written: str) -> None:
    said = values.read_result(written).value
    if "阳" in written:
        assert said is None or said.said in ("positive", "indeterminate")


@pytest.mark.parametrize(
    ("written", "contact", "case", "sanfei", "note"),
    [
        ("密接者", "close", "none", "no", ""),
        ("密切接触", "close", "none", "no", ""),
        ("次密", "secondary", "none", "no", ""),
        ("密接的密接", "secondary", "none", "no", ""),
        ("二密", "secondary", "none", "no", ""),
        ("一般接触者", "unspecified", "none", "no", ""),
        ("疑似密接", "unspecified", "none", "no", ""),
        ("确诊病例", "none", "confirmed", "no", ""),
        ("无症状感染者", "none", "asymptomatic", "no", ""),
        ("疑似", "none", "suspected", "no", ""),
        ("密接、三非", "close", "none", "yes", ""),
        ("密接/次密", "close", "none", "no", UNREAD),
        ("返乡人员", "none", "none", "no", ""),
        ("否", "none", "none", "no", ""),
        ("-", "none", "none", "no", ""),
        ("外星人", "unknown", "unknown", "unknown", UNREAD),
        ("密接，外星人", "close", "unknown", "unknown", UNREAD),
    ],
)
def test_categories(written: str, contact: str, case: str, sanfei: str, note: str) -> None:
    read = values.read_category(written)
    found = read.value
    assert (found.contact, found.case_status, found.sanfei, read.notes) == (
        contact,
        case,
        sanfei,
        (note,) if note else (),
    )


def test_the_lists_are_folded_and_no_word_means_two_things() -> None:
    for name in ("answers", "codes", "results", "categories"):
        for table, meant in word_list(name).items():
            if not isinstance(meant, dict):
                continue
            words = [word for each in meant.values() if isinstance(each, list) for word in each]
            assert [word for word in words if folded(word) != word] == [], (name, table)
            if table != "unasked":
                assert sorted(words) == sorted(set(words)), (name, table)
    symptoms = word_list("symptoms")
    whole = [word for key in ("none", "present", "unknown") for word in symptoms[key]]
    assert len(whole) == len(set(whole))


@pytest.mark.parametrize(
    ("written", "moment", "notes"),
    [
        ("6月6日（凌晨）", Moment(None, 6, 6), ("time_vague",)),
        ("6月6日下午3点", Moment(None, 6, 6, 15), ()),
        ("六月十二日晚8点半", Moment(None, 6, 12, 20, 30), ()),
        ("二〇二一年六月六日", Moment(2021, 6, 6), ()),
        ("2021-06-06T08:30:00+08:00", Moment(2021, 6, 6, 8, 30), ()),
        ("2021-06-06T00:30Z", Moment(2021, 6, 6, 8, 30), ()),
        ("2021-06-06 24:00", Moment(2021, 6, 7, 0, 0), ()),
        ("12月31日24:00", None, ("date_unread",)),
        ("2021-06-06 8:30左右", Moment(2021, 6, 6, 8, 30), ("time_vague",)),
        ("2021-06-06 08.30", Moment(2021, 6, 6, 8, 30), ()),
        ("202106060830", Moment(2021, 6, 6, 8, 30), ()),
        ("2021—6—6", Moment(2021, 6, 6), ()),
        ("44353", Moment(2021, 6, 6), ()),
        (6.6, Moment(None, 6, 6), ()),
        (6.1, None, ("date_unread",)),
        ("6/6", Moment(None, 6, 6), ()),
        ("13/6", None, ("date_unread",)),
        ("6/13/2021", None, ("date_unread",)),
        ("21年6月4日", Moment(2021, 6, 4), ()),
        ("昨天下午3点", Moment(2021, 6, 6, 15), ("day_relative",)),
        ("前天", Moment(2021, 6, 5), ("day_relative",)),
        ("6月1日至3日", Moment(None, 6, 3), ("range_end",)),
        ("6.1-6.3", Moment(None, 6, 3), ("range_end",)),
        ("6日", None, ("date_unread",)),
        ("—", None, ()),
    ],
)
def test_dates(written: object, moment: Moment | None, notes: tuple[str, ...]) -> None:
    read = read_date(written, Reckoning(today=date(2021, 6, 7)))
    assert (read.value, read.notes) == (moment, notes)


def test_bare_numbers_count_from_the_day_of_the_workbook() -> None:
    assert read_date(44353 - 1462, Reckoning(from_1904=True)).value == Moment(2021, 6, 6)
    assert read_date("昨天", Reckoning()).notes == ("date_unread",)
    west = Reckoning(zone=timezone(timedelta(hours=6)))
    assert read_date("2021-06-06T00:30+08:00", west).value == Moment(2021, 6, 5, 22, 30)


@pytest.mark.parametrize(
    ("written", "places", "notes"),
    [
        ("广东省-广州市-荔湾区-白鹤洞街道", [("广东省广州市荔湾区白鹤洞街道", "440103")], ()),
        ("广东省,广州市,荔湾区", [("广东省广州市荔湾区", "440103")], ()),
        ("深圳→广州荔湾", [("深圳", "440300"), ("广州荔湾", "440103")], ("several_places",)),
        (
            "深圳市南山区（途经广州市荔湾区白鹤洞街道）",
            [("深圳市南山区", "440305"), ("广州市荔湾区白鹤洞街道", "440103")],
            ("several_places",),
        ),
        (
            "湖北武汉5月20日；广东广州荔湾6月1日",
            [("湖北武汉", "420100"), ("广东广州荔湾", "440103")],
            ("day_beside_place", "several_places"),
        ),
        (
            "广州市荔湾区白鹤洞街道、中南街道",
            [("广州市荔湾区白鹤洞街道", "440103"), ("广州市荔湾区中南街道", "440103")],
            ("several_places",),
        ),
        ("广州荔湾、白云", [("广州荔湾", "440103"), ("广州白云", "440111")], ("several_places",)),
        ("湖北武汉经广州到涟源", [("湖北武汉", "420100"), ("广州", "440100"), ("涟源", "431382")], ("several_places",)),
        ("香港→深圳", [("香港", None), ("深圳", "440300")], ("several_places",)),
        ("广州市芳村", [("广州市芳村", "440103")], ("place_renamed",)),
        ("电白县", [("电白县", "440904")], ("place_renamed",)),
        ("佛山", [("佛山", "440600")], ()),
        ("娄底", [("娄底", "431300")], ()),
        ("途经广州南站", [("广州南站", "440100")], ()),
        ("440103", [("广东省广州市荔湾区", "440103")], ()),
        ("中南街道", [("中南街道", None)], ("place_unknown",)),
        ("广东省 广州市 荔湾区 中山八路", [("广东省 广州市 荔湾区 中山八路", "440103")], ()),
        ("广州市白云区（打工）", [("广州市白云区（打工）", "440111")], ()),
        ("广州白云区1-2栋", [("广州白云区1-2栋", "440111")], ()),
        ("广州经济开发区", [("广州经济开发区", "440100")], ()),
        ("上海浦东", [("上海浦东", "310115")], ()),
        ("天津滨海", [("天津滨海", "120116")], ()),
        ("上海市/市辖区/浦东新区", [("上海市浦东新区", "310115")], ()),
        ("重庆市县彭水县", [("重庆市彭水县", "500243")], ()),
        ("四川凉山州", [("四川凉山州", "513400")], ()),
        ("广州荔湾（6月1日至3日）", [("广州荔湾", "440103")], ("day_beside_place",)),
        ("-", [], ()),
    ],
)
def test_places(written: str, places: list[tuple[str, str | None]], notes: tuple[str, ...]) -> None:
    read = read_places(written)
    assert [(place.text, place.origin.code) for place in read.value] == places
    assert read.notes == notes


@pytest.mark.parametrize(
    ("written", "number", "warning"),
    [
        ("'431302198805127014", "431302198805127014", None),
        ('="431302195205120050"', "431302195205120050", None),
        ("身份证：43130219880512709X", "43130219880512709X", None),
        ("431302198805127057\u200b", "431302198805127057", None),
        ("431302-19880512-7014", "431302198805127014", None),
        ("431302198805121018(已核)", "431302198805121018", PART),
        ("431302198805121018（父亲）", "", "id_missing"),
        ("待查", "", "id_missing"),
        ("同上", "", "id_missing"),
        ("#N/A", "", "id_missing"),
        (4.3130219790312e17, "431302197903120000", "id_cut"),
        ("431302197903120000", "431302197903120000", "id_cut"),
        ("4.31302E+17", "", "id_cut"),
        ("431302880512101", "431302880512101", "id_old"),
        ("护照E12345678", "E12345678", "id_passport"),
        ("EA1234567", "EA1234567", "id_passport"),
        ("H12345678", "H12345678", "id_permit"),
        ("台胞证12345678", "12345678", "id_permit"),
    ],
)
def test_papers(written: object, number: str, warning: str | None) -> None:
    read = read_ids(written)
    assert [each.number for each in read.value] == [number]
    assert read.notes == ((warning,) if warning else ())


def test_several_numbers_in_a_cell_are_several_people() -> None:
    for between in ("\n", " ", "、", ""):
        read = read_ids(f"431302198805121018{between}431302198805121034")
        assert [each.number for each in read.value] == ["431302198805121018", "431302198805121034"]
        assert read.notes == ("id_several",)


@pytest.mark.parametrize(
    ("written", "numbers", "note"),
    [
        ("19900001234（妻）", ("19900001234",), "phone_more"),
        ("19900001234\n19900005678", ("19900001234", "19900005678"), "phone_more"),
        ("1990000123419900005678", ("19900001234", "19900005678"), "phone_more"),
        ("199-0000-1234", ("19900001234",), ""),
        ("\u202d19900001234\u202c", ("19900001234",), ""),
        ("+86 199 0000 1234", ("19900001234",), ""),
        ("(0738)4463255", ("0738-4463255",), ""),
        ("4430000", ("4430000",), "phone_unusual"),
        ("1.99E+10", (), "phone_unusual"),
        ("同上", (), "phone_missing"),
    ],
)
def test_phones(written: str, numbers: tuple[str, ...], note: str) -> None:
    read = read_phones(written)
    assert (read.value, read.notes) == (numbers, (note,) if note else ())


def test_names() -> None:
    dotted = {read_name(f"买买提{dot}阿卜杜拉") for dot in ("·", "•", ".", "・", "‧", " · ")}
    assert dotted == {"买买提·阿卜杜拉"}
    assert read_name("\u202d李四\u202c\u200b") == "李四"
    assert read_name("J. Smith") == "J. Smith"
    assert read_names("测甲、测乙（子）").value == ("测甲", "测乙")
    assert read_names("测甲、测乙（子）").notes == ("several_people",)
    assert read_names("李四（2岁）").value == ("李四（2岁）",)
    assert {read_names(each).value for each in ("1.李四", "①李四", "★李四", "李四*")} == {("李四",)}
    assert {read_names(each).value for each in ("—", "0", "同上", "无", "待定", "不详", "*")} == {("",)}
    assert read_names("张三一家3口").notes == read_names("张三等3人").notes == ("several_people",)


# ---------------------------------------------------------------- a whole row

ARRIVAL = own_headings("arrivals")
WORDS = st.one_of(
    st.text(
        st.sampled_from("无有发热咳嗽阴阳性绿红黄码密接次确诊返乡广州荔湾区6月1日上午昨天男女0123456789.-/、，（）→"),
        max_size=14,
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
)
PLAIN = ("address", "origin", "travel", "note")
"""Fields that hold the text of their cell whole."""


@pytest.mark.parametrize("field", [field for field in ARRIVAL if field not in ("number", "name")])
@given(written=WORDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_cell_is_a_value_or_is_kept(
    field: str, written: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 1 of the door: what is not a value stands in the notes with its text, and on the record."""
    monkeypatch.setattr(tables, "read_grids", lambda path: grids_of(path.read_bytes()))  # a child each takes minutes
    clean = " ".join(written.replace('"', "").split())
    cells = {"name": "测甲", "origin": "广州市", "arrival_at": "2021-06-06", field: clean}
    path = _sheet(tmp_path_factory, cells)
    read = read_arrivals(path)
    (person,) = read.records
    notes = [note for note in read.notes if note.column == ARRIVAL[field]]
    text = "".join(sign for sign in clean if sign.isprintable()).strip()
    if is_blank(folded(text)) or any(note.code == "signs_removed" for note in notes):
        return
    if field in PLAIN:
        assert getattr(person, field) or any(note.text for note in notes)  # `#REF!` is blank, and is named
        return
    blank = {key: cell for key, cell in cells.items() if key != field} | {field: ""}
    (without,) = read_arrivals(_sheet(tmp_path_factory, blank)).records
    told = person != without or any(note.text for note in notes) or _says_nothing(field, text)
    assert told, (field, text)
    for note in notes:
        assert note.text
        if note.code in ("value_unread", "date_unread", "partly_read"):
            assert any(each.field == field and each.text == note.text for each in person.as_written)


def _says_nothing(field: str, text: str) -> bool:
    """Return True for words that say nothing: nobody knows, or he is of no category."""
    if field == "kind":
        return values.read_category(text).understood
    return folded(text).strip("。.,;!、:~").upper() in {
        word for table in word_list("answers").values() for words in table.values() for word in words
    } | set(word_list("results")["words"]["unknown"])


def _sheet(folder: pytest.TempPathFactory, cells: dict[str, str]) -> Path:
    path = folder.mktemp("sheet") / "a.csv"
    path.write_text("\t".join(ARRIVAL[field] for field in cells) + "\n" + "\t".join(cells.values()) + "\n", "utf-8")
    return path


def test_an_unread_category_opens_all_that_stands_at_no(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,来源地,到涟时间,人员类别\n测甲,广州,2021-06-06,外星人\n测乙,广州,2021-06-06,\n", "utf-8")
    first, second = (person.facts for person in read_arrivals(path).records)
    assert (first.contact, first.case_status, first.sanfei) == ("unknown", "unknown", "unknown")
    assert (second.contact, second.case_status, second.sanfei) == (Facts().contact, Facts().case_status, Facts().sanfei)


@pytest.mark.parametrize("heading", ["人员类别", "是否密接", "是否接触过确诊病例"])
def test_an_error_where_a_contact_would_stand_is_no_no(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,来源地,到涟时间,{heading}\n测甲,广州,2021-06-06,#N/A\n", "utf-8")
    (person,) = read_arrivals(path).records
    assert person.facts.contact == person.facts.case_status == "unknown"
    assert [each.text for each in person.as_written] == ["#N/A"]


@pytest.mark.parametrize("origin", ["", "#N/A", "香港"])
def test_a_day_of_leaving_without_a_place_stays_with_the_person(tmp_path: Path, origin: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,来源地,到涟时间,离开日期\n测甲,{origin},2021-06-06,2021-06-05\n", "utf-8")
    read = read_arrivals(path)
    assert ("D2", "stay_missing") in [(note.place, note.code) for note in read.notes]
    assert "2021-06-05" in [each.text for each in read.records[0].as_written]


def test_a_family_in_one_row_is_as_many_people(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,身份证号,来源地,到涟时间\n测甲、测乙（子）,431302198805121018 431302198805121034,广州,2021-06-06\n",
        "utf-8",
    )
    people = read_arrivals(path).records
    assert [(each.name, each.id_no) for each in people] == [
        ("测甲", "431302198805121018"),
        ("测乙", "431302198805121034"),
    ]
    assert read_id(people[0].id_no).warning is None


def test_streets_listed_in_one_cell_are_an_area_each(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "区划代码\t地区\t等级\t起始日期\t终止日期\n"
        "440103\t广东省广州市荔湾区白鹤洞街道、中南街道\t高风险\t2021-06-05\t\n"
        "440103\t广东省广州市荔湾区东漖街道\t高风险\t2021-06-05\t2021-06-01\n",
        "utf-8",
    )
    read = read_areas(path)
    assert [(each.name, each.code) for each in read.records] == [
        ("广东省广州市荔湾区白鹤洞街道", "440103"),
        ("广东省广州市荔湾区中南街道", "440103"),
    ]
    assert [(note.row, note.code) for note in read.notes] == [(2, "several_places"), (3, "ends_before_starts")]


def test_yesterday_is_told_from_the_day_of_the_sheet_else_of_the_import(tmp_path: Path) -> None:
    path, by = tmp_path / "a.csv", Reckoning(today=date(2021, 6, 9))
    table = "姓名\t来源地\t到涟时间\n测甲\t广州\t昨天\n"
    path.write_text(table, "utf-8")
    assert read_arrivals(path, reckoning=by).records[0].facts.arrival_on == date(2021, 6, 8)
    path.write_text(f"填报日期：2021年6月7日\t\t\n{table}", "utf-8")
    read = read_arrivals(path, reckoning=by)
    assert read.records[0].facts.arrival_on == date(2021, 6, 6)
    assert [(note.code, note.text) for note in read.notes if note.column == "到涟时间"] == [("day_relative", "昨天")]


def test_what_the_reader_saw_of_a_cell_reaches_the_person(tmp_path: Path) -> None:
    """A number that Excel has cut, an error value, and bare numbers of days that count from 1904."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号", "来源地", "到涟时间", "健康码"])
    sheet.append(["测甲", 431302195105120037, "广州市荔湾区", 42891.5, "#N/A"])
    file = tmp_path / "a.xlsx"
    book.save(file)
    read = read_arrivals(file)
    (person,) = read.records
    assert person.facts.arrival_at == datetime(2021, 6, 6, 12)  # noqa: DTZ001  a wall-clock time, as all of a sheet
    assert person.warnings[0] == "id_cut"
    assert [(note.place, note.code) for note in read.notes if note.place] == [("E2", "error_value"), ("B2", "id_cut")]
    assert {(each.field, each.text) for each in person.as_written} == {
        ("id_no", "431302195105120100"),  # as openpyxl writes the number
        ("health_code", "#N/A"),
    }
