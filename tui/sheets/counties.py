"""The county of a written place in the register GB/T 2260, or the border that was crossed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Border
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.word_lists import word_list

_RANGE = re.compile(r"\[(\d*)-(\d*)\]")
_PEOPLES = re.compile(r"^(.{2,}?)(?:(?:.{1,4}族)+|蒙古|哈萨克|柯尔克孜|各族)?自治[州县旗]$")
_REGIONS = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏"}
_REGIONS |= {"新疆维吾尔自治区": "新疆"}
_HEADING = re.compile(r"市辖区|县|.*直辖.*")
"""Entries of the register that head others and name no place."""
_SUFFIXES = tuple("省市区县旗州盟")
_ROAD = re.compile(
    r"[\u4e00-\u9fff]{2,3}[东西南北中]?(?:[一二三四五六七八九十]|环|环[东西南北])?(?:路|大道|大街)(?:$|[\d一二三四五六七八九十步(])"
)
"""A road named after a place: 南京路12号 may lie anywhere."""
LONGEST_NAME = 15
"""The length of the longest name in characters: 双江拉祜族佤族布朗族傣族自治县."""

_BORDERS: tuple[tuple[str, Border], ...] = (("香港", "hongkong"), ("澳门", "macau"), ("台湾", "taiwan"))
_ABROAD = ("境外", "国外", "海外")
_COUNTRIES = frozenset(
    """
    越南 老挝 柬埔寨 缅甸 泰国 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 文莱 东帝汶 日本 韩国
    朝鲜 蒙古国 外蒙古 印度 巴基斯坦 孟加拉 尼泊尔 不丹 斯里兰卡 马尔代夫 阿富汗 伊朗 伊拉克
    叙利亚 约旦 黎巴嫩 以色列 巴勒斯坦 沙特 也门 阿曼 阿联酋 迪拜 卡塔尔 科威特 巴林 土耳其
    塞浦路斯 格鲁吉亚 亚美尼亚 阿塞拜疆 哈萨克斯坦 乌兹别克斯坦 吉尔吉斯斯坦 塔吉克斯坦 土库曼斯坦
    俄罗斯 乌克兰 白俄罗斯 摩尔多瓦 波兰 捷克 斯洛伐克 匈牙利 罗马尼亚 保加利亚 塞尔维亚 克罗地亚
    斯洛文尼亚 波黑 黑山 北马其顿 阿尔巴尼亚 希腊 意大利 梵蒂冈 圣马力诺 马耳他 西班牙 葡萄牙
    安道尔 法国 摩纳哥 英国 爱尔兰 荷兰 比利时 卢森堡 德国 瑞士 列支敦士登 奥地利 丹麦 瑞典
    挪威 芬兰 冰岛 爱沙尼亚 拉脱维亚 立陶宛 美国 加拿大 墨西哥 危地马拉 伯利兹 萨尔瓦多 洪都拉斯
    尼加拉瓜 哥斯达黎加 巴拿马 古巴 牙买加 海地 多米尼加 巴哈马 巴巴多斯 特立尼达 格林纳达
    哥伦比亚 委内瑞拉 圭亚那 苏里南 厄瓜多尔 秘鲁 玻利维亚 巴西 巴拉圭 乌拉圭 阿根廷 智利 埃及
    利比亚 突尼斯 阿尔及利亚 摩洛哥 毛里塔尼亚 马里 尼日尔 尼日利亚 乍得 苏丹 南苏丹 埃塞俄比亚
    厄立特里亚 吉布提 索马里 肯尼亚 乌干达 坦桑尼亚 卢旺达 布隆迪 刚果 加蓬 赤道几内亚 喀麦隆
    中非 几内亚 塞内加尔 冈比亚 塞拉利昂 利比里亚 科特迪瓦 加纳 多哥 贝宁 布基纳法索 佛得角
    圣多美 安哥拉 赞比亚 津巴布韦 马拉维 莫桑比克 博茨瓦纳 纳米比亚 南非 莱索托 斯威士兰
    马达加斯加 毛里求斯 塞舌尔 科摩罗 澳大利亚 新西兰 斐济 巴布亚新几内亚 所罗门 瓦努阿图 萨摩亚
    汤加 帕劳 密克罗尼西亚 马绍尔 基里巴斯 瑙鲁 图瓦卢 关岛
    """.split()  # noqa: SIM905  a list of 200 quoted names hides the names
)


@frozen(kw_only=False)
class Origin:
    """The meaning of a written place. `code` has six digits: of the county, or of prefecture (`440100`) or province
    (`440000`) where no county is told; None where nothing is. `border` `none`: on the mainland.

    `told` is the number of characters that name province, prefecture and county, `levels` how many of the three they
    are. `renamed`: the county is no more; `code` is that of today's, or of the prefecture where that is not known."""

    code: str | None
    border: Border | None
    told: int = 0
    levels: int = 0
    renamed: bool = False


def read_place(written: str) -> Origin:
    """Find a place in the register. Leading parts may be left out as long as one county, prefecture or province is
    meant and no other; two counties of the same name without more are none. None and None: neither county nor border.
    """
    folded_place = folded(written)
    place = folded_place.removeprefix("中国")
    if not place:
        return Origin(None, None)
    if re.fullmatch(r"\d{9}(?:\d{3})?", place):
        place = place[:6]  # the code of a town or a village within its county
    if place in _register().names:
        return _today(Origin(place, "none", len(folded_place), 3))
    for word, border in _BORDERS:
        if place.startswith(word):
            return Origin(None, border)
    found = _mainland(place)
    code = found.code
    abroad = place.startswith(_ABROAD) or any(place[:length] in _COUNTRIES for length in range(2, 9))
    if code is not None and abroad:
        return Origin(None, None)  # 黑山 is a county and a country
    if code is not None:
        return _today(replace(found, told=found.told + len(folded_place) - len(place)))
    return Origin(None, "foreign" if abroad else None)


def county_name(code: str) -> str:
    """Return the full name of a county code, its present or last name in the register; empty: no such code."""
    register = _register()
    province, prefecture = register.names.get(code[:2] + "0000", ""), register.names.get(code[:4] + "00", "")
    county = register.names.get(code, "")
    if not county:
        return ""
    parts = [province, "" if _HEADING.fullmatch(prefecture) else prefecture, county]
    return "".join(dict.fromkeys(part for part in parts if part))


def _mainland(place: str) -> Origin:
    register = _register()
    if _ROAD.match(place):
        return Origin(None, None)
    province, rest = _longest(place, register.provinces, "")
    prefecture, rest = _longest(rest, register.prefectures, "".join(province)[:2])
    # A prefecture that is not written may still be told by its county, within the province or in all the land.
    county, rest = _longest(rest, register.counties, "".join(prefecture or province)[: 4 if prefecture else 2])
    nowhere = Origin(None, None)
    for named in (register.prefectures, register.counties):
        alone, behind = _longest(place, named, "")
        if len(alone) == 1 and alone[0] in register.today and len(behind) < len(rest):
            return Origin(alone[0], "none", len(place) - len(behind), 1)  # 河南蒙古族自治县 is not in 河南
    unsaid = bool(prefecture) and not (province or county) and behind == rest
    others = [code for code in alone if code in register.today and code[:4] != "".join(prefecture)[:4]]
    if unsaid and others and prefecture[0] not in word_list("counties")["meant_alone"]:
        # 朝阳 alone is a prefecture in one province and a county in others. One that is no more stands in nobody's way.
        return nowhere
    told = county or prefecture or province
    if len({_today(Origin(code, "none")).code for code in told}) == 1:
        told = told[:1]  # former counties that are part of one today
    levels = sum(map(bool, (province, prefecture, county)))
    return Origin(told[0], "none", len(place) - len(rest), levels) if len(told) == 1 else nowhere


def _today(found: Origin) -> Origin:
    """Return a place by its county of today, or by its prefecture where that is not known."""
    code, register = found.code or "", _register()
    if not code or code in register.today or code.endswith("00"):
        return found
    now = register.heirs.get(code)
    if now is None and code in register.recent:
        return found
    if now is None:
        now = next((each for each in (code[:4] + "00", code[:2] + "0000") if each in register.today), None)
    return replace(found, code=now, renamed=True)


def _longest(place: str, named: Mapping[str, tuple[str, ...]], within: str) -> tuple[list[str], str]:
    """Return the codes within this one that the longest name beginning a place can mean, and the rest of it.

    A short name before a suffix that is not its own is not that name: 朝阳区 is not 朝阳市.
    """
    for length in range(min(len(place), LONGEST_NAME), 1, -1):
        codes = [code for code in named.get(place[:length], ()) if code.startswith(within)]
        cut_short = not place[:length].endswith(_SUFFIXES) and place[length:].startswith(_SUFFIXES)
        if codes and not cut_short:
            return codes, place[length:]
    return [], place


@frozen(kw_only=False)
class _Register:
    names: Mapping[str, str]
    provinces: Mapping[str, tuple[str, ...]]
    prefectures: Mapping[str, tuple[str, ...]]
    counties: Mapping[str, tuple[str, ...]]
    today: frozenset[str]
    """The codes in force."""
    recent: frozenset[str]
    """The codes that were in force in a year of which a desk can tell."""
    heirs: Mapping[str, str]
    """The county of today that one that is no more is now, or is part of."""


@cache
def _register() -> _Register:
    from stdnum import numdb

    names: dict[str, str] = {}
    today: set[str] = set()
    recent: set[str] = set()
    by_name: dict[str, dict[str, dict[str, bool]]] = {
        level: defaultdict(dict) for level in ("province", "city", "county")
    }
    for _, start, _, held, counties in numdb.get("cn/loc").prefixes:
        province = held["province"]
        if start in ("71", "81", "82"):
            continue
        names[start + "0000"] = province
        today.add(start + "0000")
        for name in _spellings(province):
            by_name["province"][name][start + "0000"] = True
        for _, part, _, entry, _ in counties:
            for name, ended in _eras(entry.get("county", "")):
                current = ended is None
                code = start + part
                if code in names and not current:
                    continue
                names[code] = name
                if current:
                    today.add(code)
                elif ended is not None and ended >= EARLIEST.year:
                    recent.add(code)
                if _HEADING.fullmatch(name) or part == "0000":
                    continue
                level = "city" if part.endswith("00") else "county"
                if level == "city" and not current:
                    continue
                for spelling in _spellings(name):
                    by_name[level][spelling][code] = current
    # A name that a county bears today goes before one that another bore once.
    told = {
        level: {name: tuple(c for c, now in codes.items() if now) or tuple(codes) for name, codes in table.items()}
        for level, table in by_name.items()
    }
    return _Register(
        names, told["province"], told["city"], told["county"], frozenset(today), frozenset(recent), _heirs(names, today)
    )


def _heirs(names: Mapping[str, str], today: Collection[str]) -> dict[str, str]:
    """Return the county of today for each that is no more.

    It is that of the list of those that became part of another, else the one of its prefecture, else of its province,
    whose name has the same stem.
    """
    now: Mapping[str, str] = word_list("counties")["now"]
    of_stem: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name in names.items():
        if (code in today or code in now) and not code.endswith("00"):
            for within in (code[:4], code[:2]):
                of_stem[within, _stem(name)].add(now.get(code, code))
    heirs = dict(now)
    for code, name in names.items():
        if code in today or code in now:
            continue
        found = of_stem.get((code[:4], _stem(name))) or of_stem.get((code[:2], _stem(name))) or set()
        if len(found) == 1:
            heirs[code] = next(iter(found))
    return heirs


def _stem(name: str) -> str:
    return min(_spellings(name), key=len)


def _eras(held: str) -> Iterator[tuple[str, int | None]]:
    """Yield (name, its last year) of each name in an entry of the register; None: it is borne today."""
    for part in held.split(","):
        years = _RANGE.match(part)
        if part:
            yield _RANGE.sub("", part), int(years[2]) if years is not None and years[2] else None


def _spellings(name: str) -> set[str]:
    """Return a name and its short forms, e.g. 广东, 湘西 and 湘西州, 浦东 (浦东新区)."""
    short = _REGIONS.get(name)
    if short is None and (peoples := _PEOPLES.match(name)):
        return {name, peoples[1], peoples[1] + name[-1]}  # 湘西, 湘西州
    if short is None:
        short = re.sub(r"(?:省|市|地区|盟|(?<=..)新区|区|县|旗|林区|特区)$", "", name)
    return {name, short} if len(short) >= 2 else {name}
