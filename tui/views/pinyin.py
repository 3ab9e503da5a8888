"""Finding a name by its pinyin initials: 王芳 by `wf`. pypinyin costs more to import than Textual itself (383 ms), so
`warm` is called in a worker thread first, and everything else after it."""

from functools import lru_cache


def warm() -> None:
    """Import the dictionaries. Blocks for some 400 ms the first time."""
    import pypinyin

    pypinyin.lazy_pinyin("王", style=pypinyin.Style.FIRST_LETTER)


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """The first letters of a text's syllables, lower case; what is not Chinese stays."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def needs_pinyin(query: str) -> bool:
    """Whether a query may be initials: ASCII with a letter in it."""
    return query.isascii() and any(c.isalpha() for c in query)


def matches(query: str, text: str) -> bool:
    """Whether a text holds the query, as it is or as initials."""
    folded = query.casefold().strip()
    if folded in text.casefold():
        return True
    return needs_pinyin(folded) and folded in initials(text)
