"""A dictionary → TOML, as the program reads cases and cities."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml(document: Mapping[str, Any]) -> str:
    """
    The document as TOML.

    What is `None` is left out, which means unknown. A `datetime` stands for its day.
    """
    own, below = [], []
    for name, value in _given(document):
        if isinstance(value, Mapping):
            below.append(f"\n[{_key(name)}]\n{_lines(value)}")
        elif isinstance(value, list | tuple) and value and all(isinstance(item, Mapping) for item in value):
            below.extend(f"\n[[{_key(name)}]]\n{_lines(item)}" for item in value)
        else:
            own.append(f"{_key(name)} = {_value(value, name)}\n")
    return "".join(own + below)


def _given(table: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(name), value) for name, value in table.items() if value is not None]


def _lines(table: Mapping[Any, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value, name)}\n" for name, value in _given(table))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any, name: str) -> str:
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case float() | Decimal() if math.isfinite(value):
            return _number(value)
        case str():
            return _text(value)
        case date():
            return value.isoformat()[:10]
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(item, key)}" for key, item in _given(value)) + " }"
        case list() | tuple():
            return "[" + ", ".join(_value(item, name) for item in value) + "]"
    raise TypeError(f"`{name}` is {value!r}, which is no number, text, day, list or table")


def _number(value: float | Decimal) -> str:
    text = repr(value) if isinstance(value, float) else format(value, "f")
    return text if "." in text or "e" in text else f"{text}.0"
