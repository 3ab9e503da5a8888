"""Places that look like others: roads named after cities, counties that begin as a province does, lists."""

from pathlib import Path

import pytest

from dutyboard.tui.sheets.counties import county_name, read_place
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.places import read_places


@pytest.mark.parametrize(
    ("written", "codes", "notes"),
    [
        # separators of every kind join a county to its province
        ("广东.广州.荔湾", ["440103"], ()),
        ("广东_广州_荔湾", ["440103"], ()),
        ("广东\\广州\\荔湾", ["440103"], ()),
        ("广东·广州·荔湾", ["440103"], ()),
        # and part two places that do not lie in each other
        ("广州~深圳", ["440100", "440300"], ("several_places",)),
        ("广州和深圳", ["440100", "440300"], ("several_places",)),
        ("广州以及佛山", ["440100", "440600"], ("several_places",)),
        ("广州荔湾与佛山南海", ["440103", "440605"], ("several_places",)),
        ("广州—>深圳", ["440100", "440300"], ("several_places",)),
        ("从缅甸回国经瑞丽", [None, "533102"], ("several_places",)),
        # 和 inside a name parts nothing
        ("天津和平区", ["120101"], ()),
        ("新疆和田", ["653200"], ()),
        ("山西和顺", ["140723"], ()),
        # days inside the cell
        (
            "5月20日在广州6月1日到深圳6月5日到涟源",
            ["440100", "440300", "431382"],
            ("day_beside_place", "several_places"),
        ),
        ("广州(5.20-6.1)、深圳(6.2-6.5)", ["440100", "440300"], ("day_beside_place", "several_places")),
        ("广州市白云区1.2栋", ["440111"], ()),
        # a part of a list that nobody knows is told
        ("武汉市武昌、汉口", ["420106"], ("partly_read",)),
        # the codes of towns and villages
        ("440103001", ["440103"], ()),
        ("440103001002", ["440103"], ()),
        # a road is no city
        ("南京路", [None], ("place_unknown",)),
        ("上海路12号", [None], ("place_unknown",)),
        ("北京西路", [None], ("place_unknown",)),
        ("广州市越秀区北京路", ["440104"], ()),
        # prefectures and counties alone
        ("西安", ["610100"], ()),
        ("张家界", ["430800"], ()),
        ("大兴安岭", ["232700"], ()),
        ("娄底", ["431300"], ()),
        ("涟源", ["431382"], ()),
        ("朝阳", [None], ("place_unknown",)),
        ("海南藏族自治州", ["632500"], ()),
        ("河南蒙古族自治县", ["632324"], ()),
        ("荆州区", ["421003"], ()),
        # words that stand instead of a place are none
        ("无", [], ("place_unknown",)),
        ("未外出", [], ("place_unknown",)),
        ("同上", [], ("place_unknown",)),
        ("不详", [], ("place_unknown",)),
        ("外省", [None], ("place_unknown",)),
    ],
)
def test_places(written: str, codes: list[str | None], notes: tuple[str, ...]) -> None:
    read = read_places(written)
    assert [place.origin.code for place in read.value] == codes
    assert read.notes == notes


def test_no_county_is_taken_for_another_by_its_name_alone() -> None:
    from dutyboard.tui.sheets.counties import _register

    register = _register()
    counties = {code: name for code, name in register.names.items() if code in register.today and code[4:] != "00"}
    assert len(counties) > 2800
    other = {
        code: read_place(name).code for code, name in counties.items() if read_place(name).code not in (code, None)
    }
    # The register holds this one twice under one name.
    assert other == {"429001": "421300"}
    assert county_name("429001").endswith("随州市")


@pytest.mark.parametrize(
    ("origin", "stayed", "places", "noted"),
    [
        ("广州市", "无", ["广州市"], []),
        ("", "无", None, ["place_unknown"]),
        ("无", "", None, ["place_unknown"]),
        ("广州市", "同上", ["广州市"], ["place_unknown"]),
        ("广州市", "深圳市", ["广州市", "深圳市"], []),
    ],
)
def test_none_beside_a_place_says_nothing_and_alone_is_told(
    tmp_path: Path, origin: str, stayed: str, places: list[str] | None, noted: list[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,来源地,近14天旅居史,到涟时间\n测甲,{origin},{stayed},2021-06-06\n", "utf-8")
    read = read_arrivals(path)
    stays = read.records[0].facts.stays
    assert (stays and [each.place for each in stays]) == places
    assert [note.code for note in read.notes if note.code != "phone_missing" and note.code != "id_missing"] == noted
