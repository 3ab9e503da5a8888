"""The town that a longer name begins with: 金石镇人民政府, 涟源市金石镇新塘村."""

import re
from typing import Final

_TOWN: Final = re.compile(
    r"(?:中共)?(?:湖南省?)?(?:娄底市?)?(?:涟源市?)?([\u4e00-\u9fff]{2,6}?(?:镇|乡|街道|管理处|管理区))"
    r"(?:$|\d|\(|人民|政府|党|办事处|委员会|新冠|疫情|防控|工作|专班|花名册|人员|名单|[\u4e00-\u9fff]{1,8}(?:村|社区|居委会))"
)


def town_of(name: str) -> str:
    """Return the town that a longer name, folded, begins with; "": none."""
    found = _TOWN.match(name)
    return found[1] if found else ""
