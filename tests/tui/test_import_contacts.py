"""`import contacts`: a CDC's list, from the headings of real lists to the close contact whom somebody is linked to."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyboard.rules.records.commands.sheets import ContactData
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.contact_grades import grade_told
from dutyboard.tui.sheets.headings import Headings, own_headings
from dutyboard.tui.sheets.kinds.contacts import read_contact_category, read_contacts, read_ones
from dutyboard.tui.sheets.notes import Intake
from dutyboard.tui.sheets.reader import child, files
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.word_lists import is_blank, word_list
from tests.tui.installed import printed, run

CONTACTS = Headings("contacts")
A_ID, B_ID = "431302199003038014", "110105194912310038"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process: a child each costs more than a sheet."""
    monkeypatch.setattr(files, "read_apart", lambda raw, _: child.grids_of(raw))


def read(folder: Path, *lines: str, name: str = "list.csv") -> Intake[ContactData]:
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_contacts(file, 2021)


def told(intake: Intake[ContactData]) -> list[tuple[str, str, list[str]]]:
    return [(each.person.name, each.person.facts.contact, [one.name for one in each.of]) for each in intake.records]


def codes(intake: Intake[ContactData]) -> set[str]:
    return {note.code for note in intake.notes} - {"id_missing", "phone_missing"}


# ---------------------------------------------------------------- headings of real lists


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("name", "姓名 接触者姓名 次密接姓名 次密接者姓名 人员姓名 被协查人姓名"),
        ("kind", "密接/次密接 人员类别 接触类别 密接类型 判定类别 是否密接 接触等级"),
        ("last_exposure_on", "末次接触时间 最后接触日期 末次接触日期 最后一次接触时间 与病例末次接触时间 暴露时间"),
        ("case_name", "关联病例 指示病例 病例姓名 关联病例姓名 阳性感染者姓名 患者姓名 病例 对应确诊病例姓名"),
        ("case_id", "病例身份证号 关联病例身份证号 指示病例证件号码"),
        ("close_name", "密接姓名 密接者姓名 关联密接 所属密接姓名 密切接触者姓名 上级密接"),
        ("close_id", "密接身份证号 密接者身份证号码 关联密接证件号"),
        ("close_phone", "密接电话 密接者联系方式 关联密接手机号"),
        ("of_name", "关联人员 接触对象 关联病例/密接"),
        ("relation", "与病例关系 与患者关系 与指示病例的关系 与密接者关系"),
        ("way", "接触方式 接触情况 接触地点及方式 接触频率 简要接触史 首次接触时间"),
        ("place", "接触地点 接触场所 末次接触地点"),
        ("measures", "管控措施 隔离方式 管控状态"),
        ("held_at", "隔离地点 隔离点名称 房间号 隔离酒店"),
        ("held_since", "隔离开始时间 集中隔离日期 预解除集中隔离日期"),
        ("asked_by", "协查来源 来函单位 推送地区"),
        ("letter", "协查函编号 协查函号"),
        ("pcr", "核酸结果 最近一次核酸结果 核酸检测结果"),
        ("sampled_at", "采样时间 最近一次核酸检测时间"),
    ],
)
def test_the_headings_of_lists_lead_to_their_fields(field: str, names: str) -> None:
    for written in names.split():
        meaning = CONTACTS.meaning(written)
        assert meaning is not None and meaning.field == field, written


@pytest.mark.parametrize(
    "written",
    [
        "密接人数",
        "次密接数",
        "病例住址",
        "病例性别",
        "密接核酸结果",
        "抗原检测结果",
        "病例诊断时间",
        "解除医学观察证明",
    ],
)
def test_a_heading_that_looks_like_one_of_them_is_none(written: str) -> None:
    assert CONTACTS.meaning(written) is None


def test_a_look_alike_of_a_contact_is_asked_about_and_never_passed_over(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as failed:
        read(tmp_path, "姓名,联系电话,人员类别,密接核酸结果", "测甲,19900000001,密接,阳性")
    assert failed.value.code == "headings_unread"


# ---------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("word", "contact"),
    [
        *((each, "close") for each in ("密接", "密切接触者", "密接者", "密接（同住）", "1级密接", "判定为密接")),
        *(
            (each, "secondary")
            for each in ("次密接", "次密接者", "密接的密接", "二密", "次密接（密接王某）", "次级密接")
        ),
        *((each, "unspecified") for each in ("接触者", "一般接触者", "时空伴随者")),
        *((each, "unknown") for each in ("外星人", "非密接（待定）", "密接？？次", "三级")),
        ("非密接", "none"),
    ],
)
def test_words_of_grades(word: str, contact: str) -> None:
    assert read_contact_category(word).value.contact == contact


@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("涟源市密接者名单", "close"),
        ("密切接触者登记表（6月7日）", "close"),
        ("密接", "close"),
        ("次密接", "secondary"),
        ("次密接人员协查名单", "secondary"),
        ("密切接触者的密切接触者名单", "secondary"),
        ("一、密切接触者", "close"),
        ("二、次密接者：", "secondary"),
        ("密接、次密接协查名单", "both"),
        ("疑似密接人员名单", None),
        ("解除密接人员名单", None),
        ("与密接同航班人员名单", None),
        ("密接人员排查名单", None),
        ("关于做好密接人员管控的通知", None),
        ("协查名单", None),
        ("人员名单", None),
    ],
)
def test_a_title_gives_a_grade_only_where_it_says_it_plainly(title: str, grade: str | None) -> None:
    assert grade_told(title) == grade


def test_nobody_is_graded_and_the_title_names_both_so_each_is_a_question(tmp_path: Path) -> None:
    intake = read(tmp_path, "密接、次密接协查名单,,", "姓名,联系电话,现住址", "测甲,19900000001,金石镇")
    assert told(intake) == [("测甲", "unspecified", [])]
    assert "ungraded" in codes(intake)


def test_a_plain_title_grades_and_says_so(tmp_path: Path) -> None:
    intake = read(tmp_path, "涟源市密切接触者名单,,", "姓名,联系电话,现住址", "测甲,19900000001,金石镇")
    assert told(intake) == [("测甲", "close", [])]
    assert [(note.row, note.text) for note in intake.notes if note.code == "grade_of_title"] == [
        (0, "涟源市密切接触者名单")
    ]


def test_rows_over_groups_grade_what_stands_below_them(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        "协查名单,,",
        "姓名,联系电话,末次接触时间",
        "一、密切接触者,,",
        "测甲,19900000001,6月5日",
        "二、次密接者,,",
        "测乙,19900000002,6月6日",
    )
    assert [(name, grade) for name, grade, _ in told(intake)] == [("测甲", "close"), ("测乙", "secondary")]


@pytest.mark.parametrize("word", ["密接", "密接者", "次密接", "密切接触者", "确诊病例"])
def test_a_row_without_a_number_is_no_row_of_headings(tmp_path: Path, word: str) -> None:
    """The word of a grade is a heading elsewhere: no record may vanish for it."""
    intake = read(tmp_path, "姓名,联系电话,人员类别,备注", f"测甲,,{word},一班", f"测乙,,{word},二班")
    assert [name for name, _, _ in told(intake)] == ["测甲", "测乙"]


def test_a_list_of_people_that_nobody_calls_contacts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as failed:
        read(tmp_path, "人员名单,,", "姓名,联系电话,现住址", "测甲,19900000001,金石镇")
    assert failed.value.code == "no_header"


# ---------------------------------------------------------------- rows


def test_a_row_says_whose_contact_he_is_by_his_grade(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        "姓名,人员类别,关联病例,病例身份证号,密接姓名,密接身份证号,末次接触时间,接触方式,与病例关系,隔离地点,协查函编号,备注",
        f"测甲,密接,张某,{A_ID},,,2021-06-05,同餐,同事,宾馆301,娄函1号,发热门诊",
        f"测乙,次密接,张某,,测甲、李某,{B_ID}、{A_ID},6月6日,,,,,",
    )
    close, second = intake.records
    assert [(one.name, one.id_no) for one in close.of] == [("张某", A_ID)]
    assert close.person.facts.last_exposure_on is not None and close.person.facts.last_exposure_on.day == 5
    assert close.person.note == "与病例关系 同事; 接触方式 同餐; 隔离地点 宾馆301; 协查函编号 娄函1号; 发热门诊"
    assert close.person.found_by == "other_county"
    assert [(one.name, one.id_no) for one in second.of] == [("测甲", B_ID), ("李某", A_ID)]
    assert second.person.note == "关联病例 张某"
    assert "held_told" in codes(intake)


def test_without_a_column_of_names_the_close_contact_is_who_is_listed(tmp_path: Path) -> None:
    intake = read(tmp_path, "密接姓名,密接电话,与患者关系", "测甲,19900000001,同事")
    (found,) = intake.records
    assert (found.person.name, found.person.phone, found.person.facts.contact, found.of) == (
        "测甲",
        "19900000001",
        "close",
        (),
    )


OF_FIVE = ("姓名", "性别", "身份证号", "联系电话", "现住址")
CLOSE = ("赵甲", "男", A_ID, "19900000001", "蓝田街道1号")
SECOND = ("钱乙", "女", "", "19900000002", "金石镇2号")


@pytest.mark.parametrize(
    ("blocks", "grade"),
    [
        ((("密接者信息", OF_FIVE, CLOSE), ("次密接者信息", OF_FIVE, SECOND)), "secondary"),
        ((("次密接者信息", OF_FIVE, SECOND), ("密接者信息", OF_FIVE, CLOSE)), "secondary"),
        ((("关联密接", OF_FIVE, CLOSE), ("次密切接触者基本情况", OF_FIVE, SECOND)), "secondary"),
        ((("病例信息", OF_FIVE, CLOSE), ("密接者信息", OF_FIVE, SECOND)), "close"),
        ((("密接者信息", OF_FIVE, CLOSE), ("次密接者信息", ("姓名",), ("钱乙",))), "secondary"),
        ((("病例信息", OF_FIVE, CLOSE), ("密接者信息", ("姓名",), ("钱乙",))), "close"),
    ],
)
@pytest.mark.parametrize("title", ["密接及次密接信息表", "人员登记表"])
def test_nobody_gets_the_sex_or_the_address_of_whoever_stands_beside_him(
    blocks: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], grade: str, title: str, tmp_path: Path
) -> None:
    over = [each for name, heads, _ in blocks for each in (name, *("",) * (len(heads) - 1))]
    lines = (over, [each for _, heads, _ in blocks for each in heads], [each for *_, row in blocks for each in row])
    intake = read(tmp_path, title, *map(",".join, lines))
    own = next(dict(zip(heads, row)) for _, heads, row in blocks if row[0] == "钱乙")
    (found,) = intake.records
    person = found.person
    assert (person.sex, person.phone, person.address) == tuple(
        own.get(each, "") for each in ("性别", "联系电话", "现住址")
    )
    assert told(intake) == [("钱乙", grade, ["赵甲"])]
    assert [(one.id_no, one.phone) for one in found.of] == [(A_ID, "19900000001")]
    assert "性别 男" in person.note and "现住址 蓝田街道1号" in person.note  # it is said of whom, and not lost


CLOSE_AND_SECOND = ("赵甲", "男", A_ID, "19900000001", "蓝田街道1号", "钱乙", "女", B_ID, "19900000002", "金石镇2号")


@pytest.mark.parametrize(
    "headings",
    [
        "密接姓名,密接性别,密接证件,密接电话,密接住址,次密接姓名,次密接性别,次密接证件,次密接电话,次密接住址",
        "密接者姓名,密接者性别,密接者身份证号,密接者联系方式,密接者现住址,"
        "次密接者姓名,次密接者性别,次密接者身份证号码,次密接者手机号码,次密接者现居住地址",
        "密接姓名,性别,身份证号,电话,住址,次密接姓名,性别,身份证号,电话,住址",
        "密接姓名,性别,身份证号,电话,住址,次密接姓名,次密接性别,次密接证件号码,次密接联系电话,次密接地址",
        "密接姓名,密接性别,密接证件号,密接手机,密接地址,次密接姓名,性别,身份证号,电话,住址",
        "关联密接,性别,证件号码,联系电话,现住址,次密接者姓名,性别,证件号码,联系电话,现住址",
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_one_row_of_a_close_contact_and_a_secondary_one_gives_each_his_own(
    headings: str, turned: bool, tmp_path: Path
) -> None:
    names, row = headings.split(","), list(CLOSE_AND_SECOND)
    if turned and len({*names}) == len(names):  # of whom a bare heading is, its place says
        names, row = [*names[5:], *names[:5]], [*row[5:], *row[:5]]
        if not all("密" in each for each in names):
            return
    intake = read(tmp_path, "密接及次密接人员信息表", ",".join(names), ",".join(row))
    (found,) = intake.records
    person, (other,) = found.person, found.of
    assert (person.name, person.sex, person.id_no, person.phone, person.address) == CLOSE_AND_SECOND[5:]
    assert (person.facts.contact, other.name, other.id_no, other.phone) == ("secondary", "赵甲", A_ID, "19900000001")
    assert "男" in person.note and "蓝田街道1号" in person.note
    assert not {"field_twice", "heading_unread"} & codes(intake)


@pytest.mark.parametrize(
    ("headings", "row", "own"),
    [
        ("姓名,电话,次密接姓名,次密接电话", "赵甲,,钱乙,19900000002", ("赵甲", "")),  # the phone is not his
        ("姓名,次密接电话,与病例关系", "钱乙,19900000002,同事", ("钱乙", "19900000002")),
        ("密接姓名,密接住址,次密接电话,与患者关系", "赵甲,蓝田街道1号,19900000002,同事", ("赵甲", "")),
        ("病例姓名,电话,密接姓名,电话", "孙丙,19900000003,赵甲,19900000001", ("赵甲", "19900000001")),
        ("关联病例,姓名,电话,人员类别", "孙丙,赵甲,19900000001,密接", ("赵甲", "19900000001")),
    ],
)
def test_a_phone_is_his_whom_its_heading_names(headings: str, row: str, own: tuple[str, str], tmp_path: Path) -> None:
    intake = read(tmp_path, "密接名单", headings, row)
    (found,) = intake.records
    assert (found.person.name, found.person.phone) == own
    kept = (found.person.note, *(each.text for each in found.person.as_written), *(one.phone for one in found.of))
    for each in row.split(","):
        if each.startswith("199") and each != own[1]:
            assert each in " ".join(kept)


def test_a_row_without_a_secondary_contact_lists_the_close_one(tmp_path: Path) -> None:
    heads = "密接姓名,密接证件号,密接电话,末次接触时间,次密接姓名,次密接证件号,次密接电话,次密接末次接触时间"
    first = f"赵甲,{A_ID},19900000001,2021-06-03,钱乙,{B_ID},19900000002,2021-06-04"
    intake = read(tmp_path, "密接及次密接名单", heads, first, "孙丙,,19900000003,2021-06-02,,,,")
    second, close = intake.records
    assert told(intake) == [("钱乙", "secondary", ["赵甲"]), ("孙丙", "close", [])]
    assert second.person.facts.last_exposure_on == date(2021, 6, 4)
    assert "末次接触时间 2021-06-03" in second.person.note  # the day of the close contact himself
    assert (close.person.phone, second.person.phone) == ("19900000003", "19900000002")
    assert not {note.code for note in intake.notes if note.level == "error"}


def test_what_a_close_contact_is_told_of_alone_is_his(tmp_path: Path) -> None:
    intake = read(tmp_path, "密接姓名,密接性别,密接住址,密接年龄,与患者关系", "赵甲,男,蓝田街道1号,31,同事")
    person = intake.records[0].person
    assert (person.name, person.sex, person.address, person.facts.contact) == ("赵甲", "男", "蓝田街道1号", "close")
    assert [cell.heading for cell in intake.unread] == ["密接年龄"]


@pytest.mark.parametrize("heading", ["密接核酸结果", "病例症状", "密接健康码"])
def test_a_result_behind_a_word_for_another_one_is_asked_about(heading: str, tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        read(tmp_path, f"姓名,人员类别,{heading}", "赵甲,密接,阳性")
    assert refused.value.code == "headings_unread" and heading in str(refused.value.fields)


def test_a_result_of_whoever_stands_beside_him_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        read(tmp_path, "登记表", "密接者信息,,次密接者信息,", "姓名,核酸结果,姓名,性别", "赵甲,阳性,钱乙,女")
    assert refused.value.code == "headings_unread" and "密接者信息 核酸结果" in str(refused.value.fields)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("王某", [("王某", "", "")]),
        ("王某、李某", [("王某", "", ""), ("李某", "", "")]),
        ("王某和李某", [("王某", "", ""), ("李某", "", "")]),
        (f"王某 {A_ID}", [("王某", A_ID, "")]),
        ("王某（父亲）13800000001", [("王某", "", "13800000001")]),
        ("1.王某", [("王某", "", "")]),
        ("密接：王某", [("王某", "", "")]),
        ("确诊病例3", [("确诊病例3", "", "")]),
        ("无", []),
        ("不详", []),
        ("—", []),
        ("12", []),
    ],
)
def test_cells_that_name_people(cell: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.id_no, one.phone) for one in read_ones(cell).value] == found


OWN = own_headings("contacts")
TEXTS = st.one_of(
    st.text(
        st.sampled_from("密接次病例关联同餐无有是否阴阳性绿红1 2345678年月日甲乙丙、；（）:-/6月5日姓名者的"),
        max_size=14,
    ),
    st.sampled_from(
        ["密接", "次密接", "外星人", "王某、李某", f"王某 {A_ID}", "2021-06-05", "昨天", "阳性", "合计", "—"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=20),
)
UNDERSTOOD = ("number", "name", "sex", "health_code", "travel_card", "symptoms", "pcr", "sampled_at", "found_by")


@pytest.mark.parametrize("field", [each for each in OWN if each not in UNDERSTOOD])
@given(written=TEXTS, grade=st.sampled_from(["密接", "次密接", "接触者", "外星人", "非密接"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_cell_is_a_value_or_is_kept(
    field: str, written: str, grade: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Rule 1 of the door: what is no value stands in the notes with its text, or with the person as it was written."""
    clean = " ".join(written.replace('"', "").split())
    if is_blank(folded(clean)) or not clean.isprintable():
        return

    def taken(cell: str) -> Intake[ContactData]:
        cells = {"name": "测甲", "phone": "19900000001", "kind": grade, field: cell}
        path = tmp_path_factory.mktemp("sheet") / "a.csv"
        heads, row = "\t".join(OWN[each] for each in cells), "\t".join(cells.values())
        path.write_text(f"{heads}\t班级\n{row}\t一班\n", "utf-8")
        return read_contacts(path, 2021)

    read_ = taken(clean)
    told_ = folded(repr(read_.records) + repr(read_.notes) + repr(read_.unread))
    nothing = {word for table in word_list("answers").values() for words in table.values() for word in words}
    says_nothing = folded(clean).strip("。.,;!、:~").upper() in nothing
    same = read_.records == taken("").records
    assert folded(repr(clean))[1:-1] in told_ or not same or says_nothing


# ---------------------------------------------------------------- the command line

LIST = (
    "涟源市疾控中心密接、次密接协查名单,,,,,,,,,",
    "序号,姓名,身份证号,联系电话,现住址,人员类别,关联病例,密接姓名,末次接触时间,核酸结果",
    f"1,次甲,{B_ID},19900000002,金石镇,次密接,张某,密甲,2021-06-05,阴性",
    f"2,密甲,{A_ID},19900000001,金石镇,密接,张某,,2021-06-04,阳性",
    "3,次乙,,19900000004,蓝田街道,次密接者,,赵无名,,",
    "合计,3人,,,,,,,,",
)


def listed(folder: Path) -> str:
    file = folder / "list.csv"
    file.write_text("\n".join(LIST), encoding="utf-8")
    return str(file)


def facts(desk: Path, who: str) -> dict[str, Any]:
    found: dict[str, Any] = printed("person", who, "--json", folder=desk)["facts"]
    return found


def test_a_list_goes_from_the_sheet_to_what_is_owed_and_back(empty: Path, tmp_path: Path) -> None:
    sheet = listed(tmp_path)
    before = printed("verify", "--json", folder=empty)["lines"]
    dry = printed("import", "contacts", sheet, "--json", "--dry-run", folder=empty)
    assert printed("verify", "--json", folder=empty)["lines"] == before
    report = printed("import", "contacts", sheet, "--json", folder=empty)
    assert {key: report[key] for key in report if key != "act"} == {key: dry[key] for key in dry if key != "act"}
    assert [report[key] for key in ("accepted", "updated", "duplicates", "rejected", "linked", "unlinked")] == [
        *(3, 0, 0, 0),
        *(1, 1),
    ]
    close, second = (printed("person", who, "--json", folder=empty)["id"] for who in ("密甲", "次甲"))
    assert [each["id"] for each in facts(empty, "次甲")["linked"]] == [f"person-{close}"]
    (positive,) = report["positives"]
    assert (positive["row"], positive["sampled_on"]) == (4, None)
    assert {(each["kind"], each["person"]) for each in positive["follows"]} >= {("convert", second)}
    assert positive["follows"] == printed("positive", str(close), "--json", folder=empty)
    assert [each["id"] for each in facts(empty, "次乙")["linked"]] == ["赵无名"]
    again = printed("import", "contacts", sheet, "--json", folder=empty)
    assert (again["duplicates"], again["act"], again["positives"]) == (3, None, [])
    assert run("import", "undo", str(report["act"]), folder=empty).returncode == 0
    assert printed("import", "contacts", sheet, "--json", folder=empty)["accepted"] == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_counts_the_links_and_names_what_a_positive_brings(empty: Path, tmp_path: Path, language: str) -> None:
    text = run("--lang", language, "import", "contacts", listed(tmp_path), folder=empty)
    assert text.returncode == 0
    lines = text.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if "3" in line and ("接收" in line or "accepted" in line))
    assert "1" in lines[at + 1] and len(lines) > at + 3
    page = run("--lang", language, "person", "密甲", folder=empty).stdout
    assert ("张某 的密接" if language == "zh" else "close contact of 张某") in page
