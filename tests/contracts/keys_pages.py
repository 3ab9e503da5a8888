"""The pages of the keys, docs/keys.zh.md and docs/keys.en.md, made from the registry of actions.

`python -m tests.contracts.keys_pages` writes them. CI fails where a page is not what the registry says.
"""

from pathlib import Path
from typing import Final, Literal, get_args

from dutyboard.tui.actions import ACTIONS, Action, ScreenId
from dutyboard.tui.text import words
from dutyboard.tui.views.footer import SCREENS_SHOWN, action_words, key_name
from dutyboard.tui.views.help import keys_of

Language = Literal["zh", "en"]
DOCS: Final = Path(__file__).parents[2] / "docs"
TITLES: Final[dict[Language, tuple[str, str, str, str, str]]] = {
    "zh": ("按键", "各屏", "键", "作用", "由按键登记表生成：`python -m tests.contracts.keys_pages`。"),
    "en": ("Keys", "Every screen", "keys", "does", "Made from the registry: `python -m tests.contracts.keys_pages`."),
}
"""Heading of the page, of the keys that work everywhere, of the two columns, and where the page comes from."""
SCREENS: Final[dict[Language, dict[ScreenId, str]]] = {
    "zh": {
        "person": "人员页",
        "settings": "设置页",
        "rota": "值班表",
        "clauses": "通知原文",
        "printed": "打印的一页",
    },
    "en": {
        "person": "Page of a person",
        "settings": "Settings",
        "rota": "The rota",
        "clauses": "The notice",
        "printed": "A page that prints",
    },
}
"""Names of the screens that no action opens under their own name."""


def page(language: Language) -> str:
    """Return the page of a language as Markdown."""
    title, everywhere, keys, does, origin = TITLES[language]
    lines = [f"# {title}", "", origin]
    common = [action for action in ACTIONS if not action.screens]
    lines += _table(everywhere, common, language, keys, does)
    for screen in get_args(ScreenId):
        own = [action for action in ACTIONS if screen in action.screens]
        if own:
            lines += _table(_name(screen, language), own, language, keys, does)
    return "\n".join(lines) + "\n"


def _name(screen: ScreenId, language: Language) -> str:
    if screen in SCREENS[language]:
        return SCREENS[language][screen]
    action = next(each for each in ACTIONS if each.id == screen)
    key = f"{key_name(action.keys[0])} " if action.id in SCREENS_SHOWN else ""
    return f"{key}{action_words(words(language), action.id).short}"


def _table(title: str, actions: list[Action], language: Language, keys: str, does: str) -> list[str]:
    rows = [
        f"| {' '.join(f'`{name}`' for name in keys_of(action))} | {action_words(words(language), action.id).long} |"
        for action in actions
    ]
    return ["", f"## {title}", "", f"| {keys} | {does} |", "|---|---|", *rows]


def main() -> None:
    """Write both pages."""
    for language in TITLES:
        (DOCS / f"keys.{language}.md").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
