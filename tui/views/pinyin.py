"""Search for a name by its pinyin initials: 王芳 by `wf`.

pypinyin costs more to import than Textual itself (383 ms). Call `warm` in a worker thread before all else.
"""

from functools import lru_cache


def warm() -> None:
    """Import the dictionaries. Blocks for some 400 ms the first time."""
    import pypinyin

    pypinyin.lazy_pinyin("王", style=pypinyin.Style.FIRST_LETTER)


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """Return the first letters of a text's syllables, lower case. Signs that are not Chinese stay."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def needs_pinyin(query: str) -> bool:
    """Return True if a query may be initials: ASCII with a letter in it."""
    return query.isascii() and any(c.isalpha() for c in query)


def matches(query: str, text: str) -> bool:
    """Return True if a text holds every word of the query, as it is or as initials."""
    folded = text.casefold()
    return all(word in folded or (needs_pinyin(word) and word in initials(text)) for word in query.casefold().split())
