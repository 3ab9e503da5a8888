"""Single cells: dates, IDs, phones, words, places, headings."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.law.facts import PcrCert
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.counties import county_name, read_place
from dutyboard.tui.sheets.dates import Moment, read_moment, years_by_row
from dutyboard.tui.sheets.identity import read_id, read_phone
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.symptoms import read_symptoms


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-05-31 09:48", Moment(2021, 5, 31, 9, 48)),
        ("2021/6/1 09:48", Moment(2021, 6, 1, 9, 48)),
        ("2021-6-1 9:48", Moment(2021, 6, 1, 9, 48)),
        ("2021年5月20日 01:30", Moment(2021, 5, 20, 1, 30)),
        ("2021.06.03", Moment(2021, 6, 3)),
        ("6月4日15时15分", Moment(None, 6, 4, 15, 15)),
        ("6月4日15时", Moment(None, 6, 4, 15, 0)),
        ("6月4日", Moment(None, 6, 4)),
        ("２０２１．０６．０３", Moment(2021, 6, 3)),
        ("２０２１－０６－０３　１５：１５", Moment(2021, 6, 3, 15, 15)),
        ("2021-06-03T15:15:30", Moment(2021, 6, 3, 15, 15)),
        ("20210603", Moment(2021, 6, 3)),
        (datetime.fromisoformat("2021-06-06T12:59"), Moment(2021, 6, 6, 12, 59)),
        (date(2021, 6, 6), Moment(2021, 6, 6)),
        (44354, Moment(2021, 6, 7)),
        (44354.5208333, Moment(2021, 6, 7, 12, 30)),
        ("2021-06-31", None),
        ("2021-13-01", None),
        ("6月4日25时", None),
        ("21-06-04", None),
        ("2021-06-0109:48", None),
        ("昨天", None),
        ("6.4", Moment(None, 6, 4)),
        (6.4, Moment(None, 6, 4)),
        (6.1, None),  # it may be the tenth as well as the first
    ],
)
def test_dates_as_people_write_them(written: object, moment: Moment | None) -> None:
    assert read_moment(written) == moment


@given(
    st.datetimes(datetime.fromisoformat("2019-01-01"), datetime.fromisoformat("2099-12-31")).map(
        lambda at: at.replace(second=0, microsecond=0)
    )
)
def test_every_spelling_of_an_instant_reads_alike(at: datetime) -> None:
    expected = Moment(at.year, at.month, at.day, at.hour, at.minute)
    spellings = (
        f"{at:%Y-%m-%d %H:%M}",
        f"{at.year}/{at.month}/{at.day} {at:%H:%M}",
        f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
        f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分",
    )
    assert [read_moment(each) for each in spellings] == [expected] * 4
    yearless = read_moment(f"{at.month}月{at.day}日{at.hour:02}时{at.minute:02}分")
    assert yearless == Moment(None, at.month, at.day, at.hour, at.minute)


@given(st.text(max_size=20))
def test_no_text_breaks_a_reader(written: str) -> None:
    read_moment(written)
    read_phone(written)
    read_place(written)
    read_symptoms(written)
    assert read_id(written).warning is not None or len(read_id(written).number) == 18


def test_a_year_comes_from_the_row_then_the_file_then_the_officer() -> None:
    yearless, in_2020, in_2021 = Moment(None, 6, 4), Moment(2020, 6, 4), Moment(2021, 6, 4)
    assert years_by_row([[yearless, in_2020], [in_2021], [in_2021, None], [yearless]], None) == [2020, 2021, 2021, 2021]
    assert years_by_row([[yearless]], 2019) == [2019]
    assert years_by_row([[yearless]], None) == [None]
    assert years_by_row([[yearless, in_2020]], 2019) == [2020]


@pytest.mark.parametrize(
    ("written", "number", "warning"),
    [
        ("11010519491231002X", "11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X", None),
        ("110105 19491231 002x", "11010519491231002X", None),
        (None, "", "id_missing"),
        ("无", "", "id_missing"),
        ("43138220000922323", "43138220000922323", "id_length"),
        ("E12345678", "E12345678", "id_passport"),
        ("110105194913310021", "110105194913310021", "id_date"),
        ("110105194912310021", "110105194912310021", "id_check_digit"),
        ("11010519491231OO2X", "11010519491231OO2X", "id_check_digit"),
    ],
)
def test_ids_are_warned_of_and_never_refused(written: str | None, number: str, warning: str | None) -> None:
    identity = read_id(written)
    assert (identity.number, identity.warning) == (number, warning)


@pytest.mark.parametrize(
    "written", ["1101**********002X", "110105********002X", "***", "1101●●●●002X", "1101XXXXXXXX1234"]
)
def test_a_masked_number_is_never_taken_as_an_id(written: str) -> None:
    identity = read_id(written)
    assert (identity.number, identity.warning) == ("", "id_masked")


def test_a_sound_id_tells_sex_birth_and_county() -> None:
    identity = read_id("11010519491231002X")
    assert (identity.sex, identity.born, county_name(identity.county_code)) == (
        "女",
        date(1949, 12, 31),
        "北京市朝阳区",
    )
    # 43250319..: the county of most people here was renamed in 1999, which `ric.validate` holds against them
    assert read_id("432503199704282747").warning is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13800001542", ("13800001542", None)),
        ("+86 138 0000 1542", ("13800001542", None)),
        ("１３８００００１５４２", ("13800001542", None)),
        (13800001542, ("13800001542", None)),
        (13800001542.0, ("13800001542", None)),
        ("0738-4463255", ("0738-4463255", None)),
        ("无", ("", "phone_missing")),
        (None, ("", "phone_missing")),
        ("1380000154", ("1380000154", "phone_unusual")),
        ("138****1542", ("", "phone_masked")),
        ("138＊＊＊＊1542", ("", "phone_masked")),
        ("138xxxx1542", ("", "phone_masked")),
        ("********", ("", "phone_masked")),
        ("13800001542/139****0000", ("13800001542", None)),
    ],
)
def test_phones(written: object, read: tuple[str, str | None]) -> None:
    assert read_phone(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("无", ("none", None)),
        ("", (None, None)),
        (None, (None, None)),
        ("不详", ("unknown", None)),
        ("发热37.8", ("present", 37.8)),
        ("发热３８．２℃", ("present", 38.2)),
        ("乏力、咽痛", ("present", None)),
        ("咳嗽10天", ("present", None)),
    ],
)
def test_symptoms(written: str | None, read: tuple[str | None, float | None]) -> None:
    assert read_symptoms(written).value == read


def test_words_that_nobody_told_us_are_not_in_the_lists() -> None:
    assert values.read_health_code("橙码") == Read(None, ("value_unread",))  # there is no orange code
    assert values.read_travel_card("橙卡") == Read("orange")
    assert values.read_release_cert("") == Read("unknown")
    assert [read("").value for read in (values.read_health_code, values.read_travel_card)] == [None, None]
    assert values.read_result("").value is None


@pytest.mark.parametrize(
    ("written", "code", "border"),
    [
        ("广东省广州市荔湾区白鹤洞街道", "440103", "none"),
        ("广州白云区同和街", "440111", "none"),
        ("广东佛山禅城区祖庙街道", "440604", "none"),
        ("茂名市电白区水东镇", "440904", "none"),
        ("广东省东莞市虎门镇", "441900", "none"),
        ("湖北省武汉市武昌区", "420106", "none"),
        ("北京朝阳", "110105", "none"),
        ("中国广东省深圳市南山区", "440305", "none"),
        ("广东省", "440000", "none"),
        ("广州市", "440100", "none"),
        ("荔湾区", "440103", "none"),
        ("白云区", None, None),  # in 广州 and in 贵阳
        ("朝阳", None, None),
        ("朝阳区", None, None),
        ("山东省济南市市中区", "370103", "none"),
        ("内蒙古呼和浩特市新城区", "150102", "none"),
        ("湘西永顺县", "433127", "none"),
        ("香港", None, "hongkong"),
        ("中国台湾台北", None, "taiwan"),
        ("澳门", None, "macau"),
        ("新加坡", None, "foreign"),
        ("越南胡志明市", None, "foreign"),
        ("蒙古国乌兰巴托", None, "foreign"),
        ("黑山", None, None),  # a county and a country
        ("辽宁省黑山县", "210726", "none"),
        ("老家", None, None),
        ("", None, None),
    ],
)
def test_places(written: str, code: str | None, border: str | None) -> None:
    place = read_place(written)
    assert (place.code, place.border) == (code, border)


def test_every_county_of_today_is_found_by_its_full_name() -> None:
    from stdnum import numdb

    from dutyboard.tui.sheets.counties import _eras

    today = [
        start + part
        for _, start, _, _, counties in numdb.get("cn/loc").prefixes
        for _, part, _, held, _ in counties
        if start not in ("71", "81", "82") and not part.endswith("00")
        for name, ended in _eras(held.get("county", ""))
        if ended is None and name not in ("市辖区", "县") and "直辖" not in name
    ]
    lost = [(code, county_name(code)) for code in today if read_place(county_name(code)).code != code]
    assert len(today) > 2800
    # The register holds these two twice under one name.
    assert {code for code, _ in lost} <= {"429001", "429021"}


def test_names_lose_their_padding() -> None:
    assert read_name(" 李  四 ") == "李四"
    assert read_name("John  Smith") == "John Smith"


# ---------------------------------------------------------------- whole sheets

HEADINGS = [
    "序号",
    "姓名",
    "身份证号",
    "联系电话",
    "来源地",
    "离开日期",
    "到涟时间",
    "现住址",
    "健康码",
    "核酸采样时间",
    "核酸结果",
]


def workbook(path: Path, rows: list[list[object]], merged: str | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_titles_notes_blanks_totals_and_numbered_blanks_are_no_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["登记表"],
        [],
        ["填表说明：请如实填写"],
        [
            "序号",
            "姓 名",
            "身份证号",
            "联系电话\n（手机）",
            "来源地",
            "离开日期",
            "到涟时间",
            "现住址",
            "健康码",
            "核酸采样时间",
            "核酸结果",
        ],
        [
            1,
            "张  三",
            None,
            "13800001542",
            "广州市",
            "6月1日",
            datetime.fromisoformat("2021-06-02"),
            "蓝田街道1号",
            "紫码",
            None,
            "无",
        ],
        [],
        [2, "李四", None, None, "香港", "", "2021.06.02", "蓝田街道1号", "绿", "2021-06-01", None],
        [3],
        [4],
        ["合计", 2],
    ]
    read = read_arrivals(workbook(tmp_path / "a.xlsx", rows))
    assert [(person.row, person.name) for person in read.records] == [(5, "张三"), (7, "李四")]
    first, second = (person.facts for person in read.records)
    assert first.arrival_at == datetime.fromisoformat("2021-06-02") and first.arrival_hour_unknown is False
    assert first.pcr == "none" and first.health_code is None
    assert first.stays is not None and first.stays[0].left_on == date(2021, 6, 1)
    assert (second.border, second.stays, second.arrival_hour_unknown) == ("hongkong", None, True)
    assert second.pcr == PcrCert(sampled_at=datetime.fromisoformat("2021-06-01"))
    told = {(note.row, note.column, note.code) for note in read.notes}
    assert (5, "离开日期", "year_assumed") in told
    assert (5, "健康码", "value_unread") in told
    assert (7, "联系电话 （手机）", "phone_missing") in told


def test_an_address_merged_over_a_family_is_everybodys(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        list(HEADINGS),
        [1, "张三", None, None, "广州市", None, "2021-06-02", "蓝田街道1号"],
        [2, "张四", None, None, "广州市", None, "2021-06-02"],
    ]
    read = read_arrivals(workbook(tmp_path / "a.xlsx", rows, "H2:H3"))
    assert [person.address for person in read.records] == ["蓝田街道1号"] * 2


def test_a_date_cell_formatted_without_an_hour_is_a_date(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, [list(HEADINGS), [1, "张三", None, None, "广州市", None, datetime.fromisoformat("2021-06-02")]])
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["G2"].number_format = "yyyy-mm-dd"
    book.save(path)
    assert read_arrivals(path).records[0].facts.arrival_hour_unknown is True


@pytest.mark.parametrize("said", ["无", "本地居民", "本地"])
def test_a_local_resident_in_the_column_of_arrivals(tmp_path: Path, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,来源地,到涟时间\n张三,,{said}\n李四,,\n", "utf-8")
    read = read_arrivals(path, year=2021)
    assert [each.facts.no_arrival for each in read.records] == [True, False]
    assert [note for note in read.notes if note.column == "到涟时间"] == []


def test_december_before_january_is_the_year_before(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,来源地,离开日期,到涟时间\n张三,广州市,12月30日,2022-01-02\n李四,广州市,2021-12-30,1月2日\n", "gb18030"
    )
    first, second = read_arrivals(path).records
    assert [stay.left_on for stay in first.facts.stays or ()] == [date(2021, 12, 30)]
    assert second.facts.arrival_at == datetime.fromisoformat("2022-01-02")


def test_without_any_year_the_officer_is_asked_for_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,来源地,到涟时间\n张三,广州市,6月2日\n", "utf-8")
    unknown = read_arrivals(path)
    assert unknown.records[0].facts.arrival_at is None
    assert ("到涟时间", "year_unknown") in [(note.column, note.code) for note in unknown.notes]
    assert read_arrivals(path, year=2021).records[0].facts.arrival_at == datetime.fromisoformat("2021-06-02")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_in_any_encoding_read_alike(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,来源地,到涟时间\n张三,广州市,2021-06-02\n", encoding)
    assert read_arrivals(path).records[0].name == "张三"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 no workbook", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"\xff\xff\xff\xff", "encoding_unread"),
        ("甲,乙\n1,2\n".encode(), "no_header"),
        (b"", "file_empty"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_as_a_whole(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(IntakeError) as refused:
        read_arrivals(path)
    assert refused.value.code == code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        read_grids(tmp_path / "none.xlsx")
    assert (refused.value.code, refused.value.fields) == ("file_missing", {"file": "none.xlsx"})


def test_progress_counts_every_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,来源地,到涟时间\n" + "张三,广州市,2021-06-02\n" * 3, "utf-8")
    seen: list[tuple[int, int]] = []
    read_arrivals(path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_how_he_was_found_is_read_where_the_sheet_says_it_and_is_not_said_elsewhere(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "联系电话", "来源地", "到涟时间", "发现方式"],
        ["甲", "13800001541", "广州", "2021-06-07", "本人主动报告"],
        ["乙", "13800001542", "广州", "2021-06-07", "网格排查"],
        ["丙", "13800001543", "广州", "2021-06-07", None],
        ["丁", "13800001544", "广州", "2021-06-07", "道听途说"],
        ["戊", "13800001545", "广州", "2021-06-07", "不详"],
    ]
    read = read_arrivals(workbook(tmp_path / "a.xlsx", rows))
    assert [person.found_by for person in read.records] == ["himself", "grid", "", "", ""]
    assert [note.row for note in read.notes if note.code == "value_unread"] == [5]
