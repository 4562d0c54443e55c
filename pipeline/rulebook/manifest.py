"""The manifest of a rule pack, `pack.yaml`: who it is, what it builds on, and which reports are its own."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from pipeline.rulebook.source import Section, read_yaml

MANIFEST = "pack.yaml"
ID = re.compile(r"[a-z][a-z0-9_]*")


class Recognition(Struct, frozen=True):
    """The phrases that a pack knows its reports by: in the subject, in the issuer's name, in headings; `unless` none.

    A pack without any is never chosen by itself.
    """

    subject: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Disabled(Struct, frozen=True):
    """What of the packs below is not to hold: ids of rules, codes of indicators, units, and words of lists."""

    rules: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Manifest(Struct, frozen=True):
    """What `pack.yaml` says; `columns` are the indicators that people want to see, in order."""

    id: str
    title: str
    version: str
    about: str
    extends: tuple[str, ...]
    recognise: Recognition
    disable: Disabled
    columns: tuple[str, ...]
    section: Section


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the pack in `folder`; RulesError with file and line for a fault."""
    section = read_yaml(folder / MANIFEST)
    name = section.text("id")
    if not ID.fullmatch(name):
        raise section.fault("rules.bad_id", section.line_of("id"), name=name)
    manifest = Manifest(
        name,
        section.text("title"),
        section.text("version"),
        section.text("about", ""),
        section.texts("extends"),
        _recognition(section),
        _disabled(section),
        section.texts("columns"),
        section,
    )
    section.close()
    return manifest


def _recognition(section: Section) -> Recognition:
    if not section.is_mapping("recognise"):
        return Recognition(subject=section.texts("recognise"))
    told = section.section("recognise")
    assert told is not None
    recognition = Recognition(
        told.texts("subject"), told.texts("issuer"), told.texts("headings"), told.texts("unless")
    )  # fmt: skip
    told.close()
    return recognition


def _disabled(section: Section) -> Disabled:
    told = section.section("disable")
    if told is None:
        return Disabled()
    words = told.section("words")
    lists = tuple((name, words.texts(name)) for name in words.keys()) if words else ()  # noqa: SIM118
    disabled = Disabled(told.texts("rules"), told.texts("indicators"), told.texts("units"), lists)
    told.close()
    return disabled
