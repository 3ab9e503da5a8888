"""Headings of real registers, by family: what each tells, and which one nobody may pass over."""

from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, get_args

import pytest

from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.headings import Headings, families, heading_key
from dutyboard.tui.sheets.word_lists import word_list

ARRIVALS = Headings("arrivals")
FORMS = ("like", "unless", "total", "foot", "remark", "sample", "sample_name", "group", "bracket")
KINDS: tuple[SheetKind, ...] = get_args(SheetKind)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("name", "姓 名 人员姓名 返乡人员姓名 来涟人员姓名 *姓名* 1.姓名"),
        ("id_no", "身份证号码 身份证号（护照号） 公民身份号码 身份证号码/护照号 证件号码"),
        ("phone", "手机号码 联系方式 联系手机 本人联系电话 手机/电话"),
        (
            "origin",
            "来源地（14天内旅居史） 自哪来 何处返程 出发地 近14天旅居史 在疫区居住地 来涟途经停留地点 来涟前居住地",
        ),
        ("left_on", "离开疫区日期 乘车时间 出发日期 离开时间"),
        ("arrival_at", "返乡时间 返程时间 进入时间 抵达涟源时间 返涟日期 入涟时间"),
        ("travel", "返程所乘交通工具 返回方式 交通方式及车次 车次/航班/汽车/自驾 到达工地方式 返乡方式及车次"),
        ("vehicle", "车次/航班 车号或车次 返乡车次 航班号 所乘车次（航班） 车次/航班/座位号 自驾车牌号 乘坐火车车次"),
        ("seat_no", "座位号 车厢及座位号 车厢号 座位"),
        ("companions", "同行人 同行人员 同行人员姓名 随行人员 一同返乡人员 有无同行人员 姓名（同行人）"),
        ("emergency_name", "紧急联系人 紧急联系人姓名 紧急联系人及电话 应急联系人 姓名（紧急联系人）"),
        ("emergency_phone", "紧急联系电话 紧急联系人电话 紧急联系方式 联系电话（紧急联系人）"),
        ("workplace", "工作单位 现工作单位 单位名称 务工单位名称 工作单位及职务 就读学校"),
        ("illness", "基础疾病 既往病史 慢性病 是否有基础疾病 有无慢性病史 患病情况"),
        ("medicine", "用药 用药情况 目前服用药物 长期服用药物 是否长期服药"),
        ("special_need", "特殊需求 特殊人群 饮食禁忌 是否孕产妇 是否怀孕 是否行动不便 是否60岁以上老人 有无特殊情况"),
        ("nation", "民族 民族成分"),
        ("found_by", "发现方式 来源途径 信息来源 排查途径"),
        ("address", "现居住地 目前在涟居住地 居住地址 家庭住址 目的地 返乡后居住地址"),
        ("address_part", "乡镇（街道） 所属乡镇 村（社区） 组"),
        ("health_code", "健康码颜色 码色 健康码状态 是否红码 湖南居民健康码"),
        ("travel_card", "行程卡是否带* 通信行程卡 行程码"),
        ("sampled_at", "最近一次核酸时间 核酸检测日期 采样时间 第二次采样时间"),
        ("pcr", "最近一次核酸结果 检测结果 核酸检测情况 是否核酸 48小时内核酸检测结果 是否阴性 第二次核酸结果"),
        ("symptoms", "体温 是否发热 目前有无咳嗽，发热等症状 身体状态 症状（体温） 是否有咳嗽、胸闷、发烧等不适症状"),
        (
            "kind",
            "是否密接 密接类型 过去14天是否密切接触过确诊病例 是否接触过确诊人员 是否与确诊病例有密切接触史 人员类型",
        ),
        ("officer_name", "包保责任人 网格员 对接干部"),
        ("note", "其他备注信息 备注"),
    ],
)
def test_headings_of_real_registers_have_their_fields(field: str, written: str) -> None:
    for each in written.replace("姓 名", "姓\u3000名").split(" "):
        meaning = ARRIVALS.meaning(each)
        assert meaning is not None and meaning.field == field, each


OF_SOMETHING_ELSE = (
    "户籍地 户籍地址 紧急联系人关系 单位地址 单位电话 同行人员电话 同行人数 家长电话 姓名（家长） 离涟时间 "
    "预计返乡时间 身份证件类型 隔离房间号 开始隔离时间 采样单位 "
    "检测机构 年龄 管控措施 国籍 转运车牌号 是否接种疫苗 隔离点名称 报告时间"
)
QUESTIONS = "抗原检测结果 抗体IgM CT结果 接触时间 密接姓名 与病例关系 家庭成员症状 同行人员体温"


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("origin", "乘车站 上车站 始发站 出发站 从哪回 返乡前所在地省市 返乡前所在地县区及详细地址"),
        ("arrival_at", "信令到达涟源时间 哪天到家 几号回来"),
        ("health_code", "当前码色 目前码色"),
        ("kind", "风险类型 推送风险类型"),
        ("pcr", "做核酸没"),
        ("symptoms", "有没有不舒服"),
        ("address", "住哪里"),
    ],
)
def test_headings_of_lists_that_were_tried_have_their_fields(field: str, written: str) -> None:
    assert {each: getattr(ARRIVALS.meaning(each), "field", "") for each in written.split()} == dict.fromkeys(
        written.split(), field
    )


@pytest.mark.parametrize(
    "written", ["检验者", "审核者", "检验医师", "送检科室", "结果上传时间", "结果发布时间", "报告人", "核收时间"]
)
def test_who_examined_and_when_it_was_told_is_no_question(written: str) -> None:
    assert not Headings("results").risky(written)


@pytest.mark.parametrize("written", ["检验结果者", "检验", "审核结果为阳性", "结果上传情况", "检测报告"])
def test_a_look_alike_of_who_examined_is_a_question(written: str) -> None:
    results = Headings("results")
    assert results.risky(written) or results.meaning(written) is not None


@pytest.mark.parametrize("written", OF_SOMETHING_ELSE.split())
def test_a_heading_of_something_else_tells_no_field_and_is_no_question(written: str) -> None:
    assert (ARRIVALS.meaning(written), ARRIVALS.risky(written)) == (None, False)


@pytest.mark.parametrize("written", QUESTIONS.split())
def test_an_unknown_result_contact_or_symptom_is_a_question(written: str) -> None:
    assert (ARRIVALS.meaning(written), ARRIVALS.risky(written)) == (None, True)


@pytest.mark.parametrize(
    ("written", "yes", "no"),
    [
        ("是否密接", "密接", "非密接"),
        ("是否次密接", "次密接", "非次密接"),
        ("是否接触过确诊人员", "接触者", "无接触史"),
        ("是否阴性", "阴性", "不是阴性"),
        ("是否核酸", "已做", "未做"),
        ("是否红码", "红码", ""),
        ("行程卡是否带*", "带*", ""),
        ("来自湖北", "湖北", ""),
        ("是否途经中高风险地区", "中高风险地区", ""),
        ("是否孕妇", "孕产妇", ""),
        ("有无基础疾病", "有", "无"),
    ],
)
def test_a_question_says_what_yes_and_no_mean(written: str, yes: str, no: str) -> None:
    meaning = ARRIVALS.meaning(written)
    assert meaning is not None and (meaning.yes, meaning.no) == (yes, no)


@pytest.mark.parametrize("kind", KINDS)
def test_each_own_heading_and_each_name_leads_to_its_field_alone(kind: SheetKind) -> None:
    headings = Headings(kind)
    names = [(field, name) for field, family in families(kind).items() for name in family.get("names", ())]
    for field, name in [*headings.own.items(), *names]:
        meaning = headings.meaning(name)
        assert meaning is not None and meaning.field == field, name
    keys = [heading_key(name) for _, name in [*headings.own.items(), *names]]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def forms(table: Any, key: str = "") -> Iterator[str]:
    """Yield every regular expression of a list of headings."""
    if isinstance(table, str) and key in FORMS:
        yield table
    elif isinstance(table, dict):
        for name, each in table.items():
            yield from forms(each, name)
    elif isinstance(table, list):
        for each in table:
            yield from forms(each, key)


def nested(parsed: Any, inside: bool = False) -> bool:
    """Return True if an unbounded repeat stands inside another: such a form may take years over a heading."""
    for what, argument in parsed:
        match what:
            case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
                many = argument[1] == _constants.MAXREPEAT
                found = (many and inside) or nested(argument[2], inside or many)
            case _constants.SUBPATTERN:
                found = nested(argument[3], inside)
            case _constants.BRANCH:
                found = any(nested(each, inside) for each in argument[1])
            case _constants.ASSERT | _constants.ASSERT_NOT:
                found = nested(argument[1], inside)
            case _:
                found = False
        if found:
            return True
    return False


def test_no_form_takes_a_repeat_of_repeats() -> None:
    found = list(forms(word_list("headings")))
    assert len(found) > 50
    assert not [form for form in found if nested(_parser.parse(form))]
    assert nested(_parser.parse("((a|b)+c)*"))


def test_a_mapping_goes_before_the_families() -> None:
    headings = Headings("arrivals", {"抗原检测结果": "pcr", "核酸 结果": "-"})
    mapped = headings.meaning("抗原 检测结果（最近）")
    assert mapped is not None and mapped.field == "pcr"
    assert headings.meaning("核酸结果") is None and headings.left_out("核酸结果")
    assert headings.unmet(["抗原检测结果", "姓名"]) == ["核酸 结果"]
