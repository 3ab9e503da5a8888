"""A frozen record does all that a dataclass of the standard library does, and every record of the rooms is one."""

import ast
import copy
import inspect
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

from dutyboard.frozen import frozen, values_held
from dutyboard.rules.records.model import TABLES

TOP = Path(__file__).parents[2]


@frozen
class Held:
    """Fields of every sort: needed, with a default, with a factory, left out of the text or of the comparison."""

    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)
    pin: str = field(default="", repr=False)
    aside: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The same, as the standard library makes it."""

    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)
    pin: str = field(default="", repr=False)
    aside: int = field(default=0, compare=False)


@frozen
class Longer(Held):
    """Has one field more."""

    end: str = ""


@frozen(kw_only=False)
class Pair:
    """Given by place."""

    first: int
    second: int = 2


@frozen(eq=False)
class Itself:
    """Equals only itself."""

    number: int = 1


@frozen
class Counted:
    """Knows one thing that nobody gives."""

    words: tuple[str, ...]
    count: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", len(self.words))


@frozen
class Empty:
    """Has no field."""


GIVEN: tuple[dict[str, Any], ...] = (
    {"name": "A"},
    {"name": "A", "size": 2, "parts": ["b"], "pin": "1234"},
    {"name": "A", "aside": 7},
    {"name": "B"},
)


@pytest.mark.parametrize("given", GIVEN)
def test_it_tells_the_same_as_the_dataclass_of_the_standard_library(given: dict[str, Any]) -> None:
    made, model = Held(**given), Model(**given)
    assert is_dataclass(made)
    assert repr(made).removeprefix("Held") == repr(model).removeprefix("Model")
    assert asdict(made) == asdict(model)
    assert [each.name for each in fields(made)] == [each.name for each in fields(model)]
    assert repr(replace(made, size=9)).removeprefix("Held") == repr(replace(model, size=9)).removeprefix("Model")
    for other in GIVEN:
        assert (made == Held(**other)) == (model == Model(**other))
    assert made != model
    assert hash(Pair(1)) == hash((1, 2))


@pytest.mark.parametrize("wrong", [{}, {"name": "A", "other": 1}])
def test_what_is_missing_or_unknown_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Held(**wrong)
    with pytest.raises(TypeError):
        Held("A")  # type: ignore[misc]


def test_its_signature_names_its_fields() -> None:
    assert str(inspect.signature(Longer)) == "(*, name, size=1, parts=_NOT_GIVEN, pin='', aside=0, end='')".replace(
        "_NOT_GIVEN", repr(MISSING)
    )


def test_nothing_is_set_or_deleted() -> None:
    made: Any = Held(name="A")
    for name in ("name", "another"):
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, "B")
        with pytest.raises(FrozenInstanceError):
            delattr(made, name)
    assert made == Held(name="A")
    assert not hasattr(made, "__dict__")


def test_each_has_a_list_of_its_own() -> None:
    one, other = Held(name="A"), Held(name="A")
    one.parts.append("x")
    assert other.parts == []


@pytest.mark.parametrize("made", [Held(name="A", pin="1"), Longer(name="A", end="z"), Pair(1), Empty()])
def test_a_copy_is_equal(made: Any) -> None:
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert replace(made) == made
    assert hash(Empty()) == hash(Empty())


def test_a_subclass_is_made_of_all_its_fields_and_equals_none_of_another_class() -> None:
    made = Longer(name="A", size=3, end="z")
    assert repr(made) == "Longer(name='A', size=3, parts=[], aside=0, end='z')"
    assert made != Held(name="A", size=3)
    match made:
        case Held(name="A", size=size):
            assert size == 3
    assert Pair(1, 3) == Pair(first=1, second=3)
    match Pair(1, 3):
        case Pair(first, second):
            assert (first, second) == (1, 3)


def test_one_that_equals_only_itself() -> None:
    one = Itself()
    assert one == one
    assert one != Itself()
    assert len({one, Itself()}) == 2


def test_a_field_may_be_named_as_anything_that_its_making_needs() -> None:
    @frozen
    class Named:
        """Has words of its making for names."""

        own: int
        real: int = 2
        known: int = 3
        value: int = 4

    made = Named(own=1)
    assert (made.own, made.real, made.known, made.value, type(made)) == (1, 2, 3, 4, Named)


def test_what_is_worked_out_is_no_argument() -> None:
    assert Counted(words=("a", "b")).count == 2
    assert replace(Counted(words=("a", "b")), words=()).count == 0


def test_it_is_worked_out_as_a_dataclass_when_somebody_asks_and_once() -> None:
    @frozen
    class Late:
        """Asked by many at once."""

        kind: ClassVar[str] = "late"
        size: int = 1
        parts: list[str] = field(default_factory=list)

    def state() -> str:
        return type(vars(Late)["__dataclass_fields__"]).__name__

    assert state() == "_Asked"
    with ThreadPoolExecutor(8) as threads:
        asked = list(threads.map(lambda _: [(each.name, each.default_factory) for each in fields(Late)], range(64)))
    assert state() == "dict"
    assert all(each == [("size", MISSING), ("parts", list)] for each in asked)
    assert (Late.kind, Late().parts, Late.__slots__) == ("late", [], ("size", "parts"))  # type: ignore[attr-defined]


def test_by_place_it_is_matched_by_place_and_else_by_name_alone() -> None:
    match Pair(1):
        case Pair(first, second):
            assert (first, second) == (1, 2)
    assert (Pair.__match_args__, Held.__match_args__) == (("first", "second"), ())  # type: ignore[attr-defined]


def test_a_document_is_read_into_one() -> None:
    assert msgspec.convert({"name": "A", "size": 4}, Held) == Held(name="A", size=4)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"size": 4}, Held)
    assert msgspec.to_builtins(Pair(1)) == {"first": 1, "second": 2}


def made_slowly(source: str) -> list[str]:
    """Return the classes that `dataclass` itself makes frozen with slots, which compiles all their methods at once."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for each in node.decorator_list
        if isinstance(each, ast.Call)
        and ast.unparse(each.func) == "dataclass"
        and {"frozen=True", "slots=True"} <= {ast.unparse(of) for of in each.keywords}
    ]


def test_every_frozen_record_of_the_rooms_is_made_by_need() -> None:
    modules = [module for room in ("rules", "store", "tui") for module in (TOP / room).rglob("*.py")]
    assert sum("@frozen" in module.read_text("utf-8") for module in modules) > 100
    slow = {module.name: named for module in modules if (named := made_slowly(module.read_text("utf-8")))}
    hidden = [each for kind in TABLES.values() for each in values_held(kind)[0] if each.startswith("_")]
    assert hidden == [], "such a name may be one of those by which a record is made"
    assert slow == {}, "write @frozen (dutyboard/frozen.py): a start does not wait for methods that nobody calls"


def test_the_search_sees_the_slow_ones_alone() -> None:
    slow = "@dataclass(frozen=True, slots=True)\nclass A: pass\n"
    assert made_slowly(slow + "@dataclass(slots=True)\nclass B: pass\n@frozen\nclass C: pass\n") == ["A"]
