"""What a cell shows: its value in its number format, written the Vietnamese way (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pipeline.text.clean import clean
from pipeline.text.gate import decode_legacy

Value = int | float | str | bool | time | date | datetime | timedelta

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy"}
_BUILT_IN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 17: "mm/yyyy", 22: "dd/mm/yyyy hh:mm"}
_SIGN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|([#0?][#0?.,]*)|(%)|(.)', re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])+|(?<=;)(?=;|$)|^(?=;)')
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_OTHER = re.compile(r"general|@|e[+-]|/", re.IGNORECASE)  # scientific and fractions are written as plain numbers
_ROUNDED = 10  # digits of a number without a format: what a reader is shown of 0.1 + 0.2
_LONGEST = 30


def format_of(number: int, code: str | None) -> str:
    """Return the code of a number format: its own, or what a built-in number stands for."""
    return _BUILT_IN.get(number, "") if code is None else code


def value_to_text(value: Value, form: str = "") -> str:
    """Return what a cell with `value` shows in the format `form`, dates as dd/mm/yyyy, a decimal comma, no grouping.

    Scientific and unknown formats give the plain number.
    """
    if isinstance(value, str):
        return clean(decode_legacy(value)).strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), form)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _date(value, _NOT_DATE.sub("", form).lower())


def _date(value: date | datetime, form: str) -> str:
    """Return a date as precise as its format: with its day, its month, or its year alone."""
    shown = [("d", f"{value.day:02d}"), ("m", f"{value.month:02d}"), ("y", f"{value.year:04d}")]
    has_date = any(sign in form for sign in "dy")
    written = "/".join(text for sign, text in shown if sign in form or not has_date)
    if isinstance(value, datetime) and (value.hour or value.minute) and ("h" in form or not form):
        written += f" {value:%H:%M}"
    return written


def _number(value: Decimal, form: str) -> str:
    if not value.is_finite():
        return ""
    sections = _SECTION.findall(form)
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[at] if sections else ""
    if not section and len(sections) > 1:
        return ""
    if not section or _OTHER.search(_NOT_DATE.sub("", section)):
        return _plain(value)
    return _in_format(value, section)


def _plain(value: Decimal) -> str:
    """Return a number as it is, in at most ten digits after those before the comma."""
    shown = value.quantize(Decimal(1).scaleb(-_ROUNDED), ROUND_HALF_UP) if abs(value) < 10**15 else value
    text = f"{shown:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-0", "0") if text == "-0" else text.replace(".", ",")


def _in_format(value: Decimal, section: str) -> str:
    """Return a number in one section of a format: its digits, and the words and signs around them."""
    before, after, digits, times = "", "", "", Decimal(1)
    for quoted, escaped, currency, places, per_cent, sign in _SIGN.findall(section):
        if places:
            digits = digits or places
            continue
        words = quoted or escaped or currency or per_cent or (sign if sign in " +" else "")
        times *= 100 if per_cent else 1
        before, after = (before, after + words) if digits else (before + words, after)
    if not digits:
        return clean(before).strip()
    sign = "-" if value < 0 else ""
    number = sign + _digits(abs(value) * times, digits)
    before, after = (part.replace("(", "").replace(")", "").replace("-", "") for part in (before, after))
    return clean(f"{before}{number}{after}").strip()


def _digits(value: Decimal, places: str) -> str:
    """Return a positive number with the digits that `places` asks for (`#,##0.0#`, `00`, `0,`)."""
    whole, _, part = places.partition(".")
    value = value.scaleb(-3 * (len(places) - len(places.rstrip(","))))
    most, least = sum(c in "0#?" for c in part), part.count("0")
    value = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if value < 10**15 else value
    number, _, decimals = f"{value:f}".partition(".")
    kept = decimals[:least] + decimals[least:].rstrip("0")
    return number.zfill(min(whole.count("0"), _LONGEST)) + ("," + kept if kept else "")
