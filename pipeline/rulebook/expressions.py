"""Value expressions: arithmetic over the numbers of a pattern's parts, `n * 12` or `a + b`, and nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from decimal import Decimal, DecimalException

_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_NODES = (ast.BinOp, ast.Name, ast.Load, ast.UnaryOp, ast.USub, *_OPERATORS)
_LONGEST = 200


def names_of(expression: str) -> frozenset[str]:
    """Return the names that `expression` uses; ValueError, saying where, for anything but arithmetic over names."""
    return frozenset(node.id for node in ast.walk(_parsed(expression)) if isinstance(node, ast.Name))


def value_of(expression: str, numbers: Mapping[str, Decimal]) -> Decimal | None:
    """Return the value of `expression` with its names read from `numbers`; None where it has none (`1 / 0`).

    Raises KeyError for a name that `numbers` lacks.
    """
    try:
        return _value(_parsed(expression), numbers)
    except DecimalException:
        return None


def _parsed(expression: str) -> ast.expr:
    if len(expression) > _LONGEST:
        raise ValueError(f"> {_LONGEST}")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError as error:
        raise ValueError(error.msg) from error
    for node in ast.walk(tree):
        if not _is_arithmetic(node):
            raise ValueError(ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__)
    return tree


def _is_arithmetic(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return isinstance(node, _NODES)


def _value(node: ast.expr, numbers: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Name(id=name):
            return numbers[name]
        case ast.UnaryOp(operand=operand):
            return -_value(operand, numbers)
        case ast.BinOp(left=left, op=op, right=right):
            result: Decimal = _OPERATORS[type(op)](_value(left, numbers), _value(right, numbers))
            return result
    raise ValueError(ast.unparse(node))
