"""A text of a notice in the languages of the screen."""

from dutyboard.frozen import frozen


@frozen(kw_only=False)
class Phrase:
    """One text of a notice: the Chinese one, which is the law, and its English translation."""

    zh: str
    en: str

    def said_in(self, language: str) -> str:
        """Return the text in a language, `zh` or `en`. The Chinese text stands in for any other language."""
        return self.en if language == "en" else self.zh
