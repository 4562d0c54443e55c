"""Ids of tests that are the same in every process: bytes, such as those of a ZIP, may hold the time they were made."""

from __future__ import annotations


def pytest_make_parametrize_id(config, val, argname):
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None
