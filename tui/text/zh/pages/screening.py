"""Chinese sentences of `ScreeningPageWords`."""

from dutyboard.tui.text.pages.screening import ScreeningPageWords

WORDS = ScreeningPageWords(
    columns=("项目", "今日", "累计"),
    today="今日",
    total="累计",
    supplements="补报（与前一次相比）",
    supplement_columns=("补报", "时间", "填报人", "项目", "原报", "改为", "增减"),
    nothing_changed="数字未变",
    first_stated="填报：{reporter} {at} 首次报出，数字就此定稿",
    stated_again="其后补报 {n} 次，下列为补报后的数，变动列在其后",
    sign="填报人（签字）：{reporter}  审核人（签字）：{checked}  单位负责人（签字）：{responsible}",
    not_added_up="各类人员之和（{sum}）与合计（{total}）不符",
    city_title="全市重点人员排查汇总表",
    city_columns=("单位", "状态", "报送时间", "填报人", "审核人", "负责人"),
    marks={"stated": "已报", "zero": "零报告", "missing": "未报", "not_owed": "当日不须报"},
    late="迟",
    corrected="补报{n}次",
    sum="合计（{n} 个单位）",
    reported="已报 {n}/{m} 个单位，其中零报告 {zero}，迟报 {late}，补报 {corrected}",
    missing="未报，不计入合计：{names}",
    partly="{name} {n}/{m}",
    partly_line="下列项目不是每个已报单位都填了：{figures}",
    city_sent="全市汇总已由 {reporter} 于 {at} 报出（第 {revision} 版）",
    city_not_sent="全市汇总尚未报出",
    without_unit="另有 {n} 人不属于须报的单位，不在本表",
)
