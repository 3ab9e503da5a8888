"""Template of a paper: a .docx that an office changes without Python, filled with texts.

A county's template is a file that others may have written. So it is filled in a sandbox with few filters and no loop
but over rows, holds no link to anything outside, and is tried with every place filled before it is trusted.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Never
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import PaperKind
from dutyboard.tui.export.page import NoPage
from dutyboard.tui.export.person.paper_case import PaperFields
from dutyboard.tui.terminal.visible import visible_rows
from dutyboard.tui.text import Words

MOST_BYTES: Final = 4 << 20
MOST_UNPACKED: Final = 24 << 20
FOLDER: Final = "papers"
"""Folder of a desk that holds its own templates, `KIND.docx`."""
_SHIPPED: Final = Path(__file__).parents[1] / "templates"
_FILTERS: Final = frozenset({"join", "length", "trim", "upper", "lower"})
_EXTERNAL: Final = b'TargetMode="External"'
_HYPERLINK: Final = b"/hyperlink"


class _UnknownPlace(Exception):
    """A place that no paper of this kind has."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Missing(StrictUndefined):
    """The value of a place that is not there: whatever is done with it names the place."""

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Never:
        raise _UnknownPlace(str(self._undefined_name))

    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __getattr__ = __getitem__ = __call__ = __add__ = __radd__ = __html__ = _fail_with_undefined_error


class _Sandbox(SandboxedEnvironment):
    """An environment in which a template can show texts and go through rows, and nothing else."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "//", "/", "-"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Missing)
        self.globals.clear()
        self.filters = {name: each for name, each in self.filters.items() if name in _FILTERS}
        self.tests.clear()

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        """Refuse to reckon: a text repeated a million times fills the memory."""
        raise SecurityError(operator)

    def call(self, _context: Any, called: Any, *_: Any, **__: Any) -> Any:
        """Refuse every call: the places of a paper are texts and rows."""
        raise SecurityError(str(called))


@frozen(kw_only=False)
class PaperTemplate:
    """A template on the disk. `name` is how an officer calls it."""

    file: Path
    name: str
    words: Words

    def filled(self, fields: PaperFields) -> bytes:
        """Return the .docx of a paper. Raises NoPage."""
        raw = self._raw()
        self._filled(raw, _probe(fields, self.words))
        return self._filled(raw, clean(fields))

    def _raw(self) -> bytes:
        """Return the bytes of a template that can be opened and takes nothing from elsewhere."""
        fault = NoPage(self.words.papers.no_template.format(file=self.name))
        try:
            with self.file.open("rb") as opened:
                raw = opened.read(MOST_BYTES + 1)
            with ZipFile(BytesIO(raw)) as packed:
                parts = packed.infolist()
                if len(raw) > MOST_BYTES or sum(each.file_size for each in parts) > MOST_UNPACKED:
                    raise fault
                for each in parts:
                    if each.filename.endswith(".rels") and _takes_from_elsewhere(packed.read(each)):
                        raise NoPage(self.words.papers.outside.format(file=self.name))
        except (OSError, BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
            raise fault from None
        return raw

    def _filled(self, raw: bytes, fields: Mapping[str, Any]) -> bytes:
        said = self.words.papers
        template, made = DocxTemplate(BytesIO(raw)), BytesIO()
        try:
            template.render(dict(fields), jinja_env=_Sandbox(), autoescape=True)
            template.save(made)
        except _UnknownPlace as unknown:
            raise NoPage(said.unknown_place.format(file=self.name, place=unknown.name)) from None
        except TemplateSyntaxError as error:
            why = (error.message or "")[:_LONGEST_WHY]
            raise NoPage(said.broken.format(file=self.name, line=error.lineno, why=why)) from None
        except (SecurityError, TemplateError) as error:
            why = str(error)[:_LONGEST_WHY]
            raise NoPage(said.forbidden.format(file=self.name, why=why)) from None
        except (OpcError, LxmlError, KeyError, ValueError, TypeError, AttributeError, OSError, BadZipFile):
            raise NoPage(said.no_template.format(file=self.name)) from None
        return made.getvalue()


_LONGEST_WHY: Final = 120


def template_of(kind: PaperKind, desk: Path, words: Words) -> PaperTemplate:
    """Return the template of a kind of paper: the desk's own, else the one that is shipped."""
    own = desk / FOLDER / f"{kind}.docx"
    if own.exists():
        return PaperTemplate(own, f"{FOLDER}/{kind}.docx", words)
    name = f"{kind}.{words.language}.docx"
    return PaperTemplate(_SHIPPED / name, name, words)


def clean(fields: PaperFields) -> dict[str, Any]:
    """Return the texts as they may be printed: numbers masked unless revealed, signs that no paper may hold marked."""
    return {
        name: visible_rows(value)
        if isinstance(value, str)
        else tuple({key: visible_rows(text) for key, text in row.items()} for row in value)
        for name, value in fields.items()
    }


def _probe(fields: PaperFields, words: Words) -> dict[str, Any]:
    """Return every place with something in it, so that no part of a template is left out of the trial."""
    columns = {each.rows: tuple(each.columns) for tables in words.papers.tables.values() for each in tables}
    return {
        name: "-" if isinstance(value, str) else (dict.fromkeys(columns[name], "-"),) for name, value in fields.items()
    }


def _takes_from_elsewhere(relations: bytes) -> bool:
    """Return True if a part is linked to something outside, other than by a link that one clicks."""
    return any(_EXTERNAL in each and _HYPERLINK not in each for each in relations.split(b"<Relationship "))
