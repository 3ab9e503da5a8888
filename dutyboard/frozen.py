"""The maker of every frozen record: a dataclass whose methods and fields are worked out when they are first used.

A start imports some hundred records, and `dataclass` compiles six methods for each, which took more than half of one
call of the command line. `fields`, `replace`, `asdict` and `match` work as with any dataclass.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields, is_dataclass
from functools import cache
from operator import attrgetter
from threading import RLock
from typing import Any, ClassVar, Final, Never, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_ASKED: Final = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_ASKING: Final = RLock()


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = True, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, /, *, kw_only: bool = True, eq: bool = True) -> Any:
    """Make a class a frozen dataclass with slots, as `@dataclass(frozen=True, slots=True, kw_only=True)` would.

    `kw_only=False`: its fields are also given by place. `eq=False`: an instance equals only itself. A method that the
    class writes itself stays.
    """

    def make(plain: type[T]) -> type[Any]:
        own = set(vars(plain))
        made = _slotted(plain, kw_only=kw_only)
        methods: dict[str, Any] = {
            "__init__": _Later(made, "__init__", _init),
            "__repr__": _Later(made, "__repr__", _text),
        }
        methods |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
        methods |= {"__getstate__": _state, "__setstate__": _restore}
        if eq:
            methods |= {"__eq__": _Later(made, "__eq__", _equal), "__hash__": _Later(made, "__hash__", _hash)}
        for name, method in methods.items():
            if name not in own:
                setattr(made, name, method)
        return made

    return make if cls is None else make(cls)


@cache
def values_held(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Iterable[Any]]]:
    """Return the names of the fields of a dataclass, and what gives all its values at once; none of another class."""
    names = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
    if len(names) > 1:
        return names, attrgetter(*names)
    return names, lambda one: [getattr(one, each) for each in names]


def made_like(
    kind: type[T], makes: Mapping[str, Callable[[Any], Any]], apart: Collection[str] = ()
) -> Callable[..., T]:
    """Return a function that makes a record of an object with its fields, those of `makes` each by its function.

    Fields `apart` are given by name, or have their defaults. It is compiled: a call by forty keywords takes four times
    as long.
    """
    known: dict[str, Any] = {"_open": _opened(kind), "_new": object.__new__, "_kind": kind}
    given, lines = "told", list[str]()
    for each in fields(kind):  # type: ignore[arg-type]
        value = f"told.{each.name}"
        if each.name in apart:
            value, default = each.name, f"_default_{each.name}"
            known[default] = each.default
            given += f", {_parameter(each, default)}"
        elif each.name in makes:
            known[f"_make_{each.name}"] = makes[each.name]
            value = f"_make_{each.name}({value})"
        lines.append(f" self.{each.name} = {value}")
    lines = [f"def like({given}):", " self = _new(_open)", *lines, " self.__class__ = _kind", " return self"]
    exec("\n".join(lines), known)
    like: Callable[..., T] = known["like"]
    return like


def _slotted(plain: type[Any], *, kw_only: bool) -> type[Any]:
    """Return the class with a slot for each field. Its fields are worked out when somebody asks for them.

    Few of a call's classes are asked, and the fields of all took a tenth of its time.
    """
    notes = vars(plain).get("__annotations__", {})
    names = [name for name, of in notes.items() if getattr(of, "__origin__", of) is not ClassVar]
    taken = {slot for base in plain.__mro__[1:] for slot in vars(base).get("__slots__", ())}
    left_out = {*names, "__dict__", "__weakref__"}
    held = {name: value for name, value in vars(plain).items() if name not in left_out}
    held["__slots__"] = tuple(name for name in names if name not in taken)
    kind: Any = type(plain)
    made: type[Any] = kind(plain.__name__, plain.__bases__, held)
    made.__qualname__ = plain.__qualname__
    for name in _ASKED:
        setattr(made, name, _Asked(made, plain, name, kw_only=kw_only))
    return made


class _Asked:
    """An attribute that makes a class a dataclass, worked out with the others when one is asked for."""

    def __init__(self, made: type[Any], plain: type[Any], name: str, *, kw_only: bool) -> None:
        self._made, self._plain, self._name, self._kw_only = made, plain, name, kw_only

    def __get__(self, instance: object | None, owner: type[Any]) -> Any:
        with _ASKING:
            if vars(self._made)[self._name] is self:  # no other thread has just asked: it reads defaults once
                done = dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(self._plain)
                for name in _ASKED:
                    setattr(self._made, name, getattr(done, name))
        return getattr(owner, self._name)


class _Later:
    """A method that is compiled when it is first asked for, and then stands in its own place."""

    def __init__(self, made: type[Any], name: str, write: Callable[[type[Any], dict[str, Any]], str]) -> None:
        self._made, self._name, self._write = made, name, write

    def __get__(self, instance: object | None, owner: type[Any]) -> Any:
        known: dict[str, Any] = {}
        exec(self._write(self._made, known), known)
        method = known[self._name]
        method.__qualname__ = f"{self._made.__qualname__}.{self._name}"
        setattr(self._made, self._name, method)
        return method.__get__(instance, owner)


def _init(made: type[Any], known: dict[str, Any]) -> str:
    """Write the `__init__` of a class; into `known` go the defaults of its fields.

    While its fields are set the record is of an open class: `object.__setattr__` for each takes ten times as long.
    """
    known |= {"_open": _opened(made), "_set": object.__setattr__, "_NOT_GIVEN": MISSING}
    by_place, by_name, lines = ["self"], list[str](), list[str]()
    for each in fields(made):
        value, default = each.name, f"_default_{each.name}"
        if each.default_factory is not MISSING:
            known[default] = each.default_factory
            value = f"{default}() if {each.name} is _NOT_GIVEN else {each.name}"
        elif each.default is not MISSING:
            known[default] = each.default
        if each.init:
            (by_name if each.kw_only else by_place).append(_parameter(each, default))
            lines.append(f" self.{each.name} = {value}")
    lines = [" _real = self.__class__", " _set(self, '__class__', _open)", *lines, " self.__class__ = _real"]
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join([*by_place, *(["*", *by_name] if by_name else [])])
    return "\n".join([f"def __init__({parameters}):", *lines])


def _opened(made: type[Any]) -> type[Any]:
    """Return the class of a record whose fields are being set: the same slots, and nothing refused."""
    free = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(made.__name__, (made,), free)


def _parameter(of: Field[Any], default: str) -> str:
    if of.default_factory is not MISSING:
        return f"{of.name}=_NOT_GIVEN"
    return of.name if of.default is MISSING else f"{of.name}={default}"


def _equal(made: type[Any], _: dict[str, Any]) -> str:
    return f"""def __eq__(self, other):
 if other.__class__ is not self.__class__: return NotImplemented
 return {_values(made, "self")} == {_values(made, "other")}"""


def _hash(made: type[Any], _: dict[str, Any]) -> str:
    return f"def __hash__(self): return hash({_values(made, 'self')})"


def _values(made: type[Any], of: str) -> str:
    return f"({''.join(f'{of}.{each.name},' for each in fields(made) if each.compare)})"


def _text(made: type[Any], _: dict[str, Any]) -> str:
    shown = ", ".join(f"{each.name}={{self.{each.name}!r}}" for each in fields(made) if each.repr)
    return f"def __repr__(self): return f'{{self.__class__.__qualname__}}({shown})'"


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse_set(self: Any, name: str, value: object) -> Never:  # noqa: ARG001 - Python's own way
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> Never:  # noqa: ARG001 - Python's own way
    raise FrozenInstanceError(f"cannot delete field {name!r}")
