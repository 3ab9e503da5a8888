"""Chinese sentences of `ReferralWords`."""

from dutyboard.tui.text.referral import ReferralWords

WORDS = ReferralWords(
    open_since="请示待答复（{at} 起，由{office}答复）：{reasons}",
    answered="答复：{authority}（{at}，{who}登记）：{decision}",
    answered_class="定为{clause}",
    answered_free="定为不需管控",
    answered_again="情况已变，此答复不再适用",
    settled_by_facts="请示已由所述情况决定（{at}，{who}确认）",
    by_authority="依 {authority} 答复",
    none_open="此人没有待答复的请示",
    form_title="登记答复：{name}",
    authority="答复人",
    authority_hint="单位和姓名，如 指挥部 周主任",
    decision="答复内容",
    decision_hint="照原话",
    decides="所定类别",
    decides_hint="条款号；free 不需管控；未定不填",
    facts="改变的情况",
    facts_hint="如 symptoms=none；没有不填",
    late="迟记理由",
)
