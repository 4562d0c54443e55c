"""Arrow arrays made of their buffers, as the Arrow columnar format lays them out.

`pyarrow.array` imports pandas at its first call, to see whether it was given what is pandas'; writing tables has no use
for that half a second. The arrays are equal to those that it makes.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

Value = str | int | float | date | None

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBERS = {"int64": "q", "double": "d", "date32[day]": "i"}
"""The code of `array` for the numbers that a type consists of."""


def array_of(values: Sequence[Value], kind: pa.DataType) -> pa.Array:
    """Return `values`, where None is null, as an array of `kind`: string, int64, float64 or date32.

    OverflowError for what the type can't hold: an integer of more than 64 bits, 2 GiB of text.
    """
    import pyarrow as pa

    told = str(kind)
    buffers = _texts(values) if told == "string" else [_numbers(values, _NUMBERS[told])]
    return pa.Array.from_buffers(kind, len(values), [_validity(values), *map(pa.py_buffer, buffers)])


def _validity(values: Sequence[Value]) -> pa.Buffer | None:
    """Return a bit for each value, the lowest for the first, 0 for a null; None where none is null."""
    import pyarrow as pa

    if None not in values:
        return None
    bits = "".join("0" if value is None else "1" for value in reversed(values))
    return pa.py_buffer(int(bits, 2).to_bytes(-(-len(values) // 8), "little"))


def _texts(values: Sequence[Value]) -> list[bytes | array[int]]:
    texts = [value.encode() if isinstance(value, str) else b"" for value in values]
    return [array("i", accumulate(map(len, texts), initial=0)), b"".join(texts)]


def _numbers(values: Sequence[Value], code: str) -> array[int] | array[float]:
    return array(code, [_number(value) for value in values])


def _number(value: Value) -> int | float:
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    return value if isinstance(value, (int, float)) else 0
