"""Fictional people and the places of the sample: generated names, numbers that belong to nobody."""

from random import Random

TOWNS: tuple[str, ...] = (
    "蓝田街道",
    "石马山街道",
    "桥头河镇",
    "七星街镇",
    "杨市镇",
    "枫坪镇",
    "斗笠山镇",
    "水洞底镇",
    "白马镇",
    "茅塘镇",
    "荷塘镇",
    "金石镇",
    "龙塘镇",
    "渡头塘镇",
    "六亩塘镇",
    "安平镇",
    "湄江镇",
    "伏口镇",
    "三甲乡",
    "古塘乡",
)
VILLAGES = ("石井社区", "新塘村", "塘湾村", "古仙村", "光明村", "白水村", "向阳社区")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰芳建波斌晓辉鹏宇婷雪梅琳峰浩然欣怡志远思涵子轩雨桐嘉文"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Names:
    """A source of names, phones and ID numbers, each given out once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()
        self._number = 0

    def name(self) -> str:
        """Return a name that nobody else on this desk has."""
        while True:
            length = self._random.choice((1, 2, 2))
            made = self._random.choice(SURNAMES) + "".join(self._random.sample(GIVEN, length))
            if made not in self._taken:
                self._taken.add(made)
                return made

    def take(self, name: str) -> str:
        """Reserve a name that the sample chose itself, and return it."""
        self._taken.add(name)
        return name

    def phone(self) -> str:
        """Return a phone number of eleven digits. 199 0000 is no subscriber's range."""
        self._number += 1
        return f"1990000{self._number:04d}"

    def id_no(self, birth_year: int, male: bool) -> str:
        """Return an ID number with a right check digit. Its county does not exist, so that it can be nobody's."""
        self._number += 1
        sequence = (self._number * 2 + male) % 1000
        born = f"{birth_year}{self._random.randint(1, 12):02d}{self._random.randint(1, 28):02d}"
        body = f"439999{born}{sequence:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS))
        return body + "10X98765432"[total % 11]

    def address(self, town: str) -> str:
        """Return a village and a group in a town."""
        return f"{town}{self._random.choice(VILLAGES)}{self._random.randint(1, 17)}组"
