"""Mappings that cannot be changed in place: what is shared between a case, its reference and its windows stays what it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

import numpy as np

K = TypeVar("K")
V = TypeVar("V")
_SOFT = (dict, list, tuple, np.ndarray)


class Frozen(dict[K, V]):
    """A mapping that refuses every change; to whoever reads, compares, pickles or writes it, it is a dict."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping is frozen: make a new one")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Frozen[K, V]], tuple[dict[K, V]]]:
        return Frozen, (dict(self),)


def deep_frozen(value: Any) -> Any:
    """What cannot be changed in place: dicts become `Frozen`, lists tuples, arrays read-only views, all the way down.

    >>> deep_frozen({"a": [1, {"b": 2}]})
    {'a': (1, {'b': 2})}
    """
    if type(value) is Frozen:
        return value
    if isinstance(value, dict):
        return Frozen({key: deep_frozen(inner) for key, inner in value.items()})
    if type(value) in (list, tuple):
        return tuple(map(deep_frozen, value)) if any(type(one) in _SOFT for one in value) else tuple(value)
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value = value.view()
        value.flags.writeable = False
    return value


def thawed(value: Any) -> Any:
    """Frozen plain data as dicts and lists again, all of them new.

    >>> thawed(deep_frozen({"a": [1, {"b": 2}]}))
    {'a': [1, {'b': 2}]}
    """
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    return [thawed(inner) for inner in value] if isinstance(value, tuple | list) else value


class DeepFrozen:
    """Base of a frozen dataclass that holds mappings or arrays: they are frozen with it."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if type(value) in _SOFT:
                object.__setattr__(self, name, deep_frozen(value))
