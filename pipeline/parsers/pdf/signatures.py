"""Digital signatures of a PDF: who signed by the certificate, and when. Nothing is verified.

A signature is a CMS message (RFC 5652) in a field of the form (ISO 32000-1, 12.8); CAdES (ETSI EN 319 122) may leave
the time out of it, then the field's own `/M` tells. Time stamps of a whole document (ETSI.RFC3161) and the
store of certificates for later (DSS) are nobody's signature.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

import pypdfium2.raw as pdfium

from pipeline.model import DigitalSignature
from pipeline.text.clean import clean

_T = TypeVar("_T")

_MOST = 200  # signatures; a paper has fewer than ten
_LONGEST = 4 << 20  # bytes of one signature; real ones have some 10,000
_TIME_STAMP = "ETSI.RFC3161"
_SPACE = re.compile(r"\s+")
_HERE = timezone(timedelta(hours=7))
_CLOCK = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")


def read_signatures(pdf: Any) -> tuple[DigitalSignature, ...]:
    """Return the signatures of an open pdfium document in the order of signing, a damaged one without its words."""
    found: list[tuple[int, DigitalSignature]] = []
    for at in range(min(pdfium.FPDF_GetSignatureCount(pdf), _MOST)):
        signature = pdfium.FPDF_GetSignatureObject(pdf, at)
        if signature and _text(pdfium.FPDFSignatureObj_GetSubFilter, signature) != _TIME_STAMP:
            found.append((_signed_end(signature), _read(signature)))
    found.sort(key=lambda entry: entry[0])  # who signs later covers what was signed before
    return tuple(signature for _, signature in found if signature.holder or signature.time)


def _read(signature: Any) -> DigitalSignature:
    claimed = _text(pdfium.FPDFSignatureObj_GetTime, signature)
    holder, signed = _cms_words(_bytes(pdfium.FPDFSignatureObj_GetContents, signature))
    return DigitalSignature(holder, _time(signed, pdf_time(claimed)))


def _time(signed: datetime | None, claimed: datetime | None) -> str:
    """Return the message's own time, else the field's, as ISO 8601 in Vietnam's zone.

    Some tools write the clock of the wall as UTC into the message: the field, which names the zone, is right then.
    """
    if signed and claimed and signed.replace(tzinfo=None) == claimed.replace(tzinfo=None):
        signed = claimed
    time = signed or claimed
    try:
        return time.astimezone(_HERE).isoformat(timespec="seconds") if time else ""
    except (OverflowError, ValueError):  # the years 1 and 9999
        return ""


def pdf_time(text: str) -> datetime | None:
    """Return the time in a PDF date (`D:20250309143000+07'00'`), None if it is none; without a zone it is Vietnam's."""
    found = _CLOCK.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone: timezone = UTC if found[7] else _HERE
    try:
        if found[8]:
            minutes = int(found[9] or 0)
            zone = timezone(timedelta(hours=int(found[8]), minutes=-minutes if found[8][0] == "-" else minutes))
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _cms_words(message: bytes) -> tuple[str, datetime | None]:
    """Return the holder of the signer's certificate and the signing time; what can't be read is empty."""
    from asn1crypto import cms

    try:
        content = cms.ContentInfo.load(message)["content"]
        (signer, *_) = content["signer_infos"]
    except Exception:
        # asn1crypto lets errors of many kinds through on broken bytes; each costs its signature alone.
        return "", None
    return _tried(lambda: _holder(content, signer)) or "", _tried(lambda: _signing_time(signer))


def _tried(read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except Exception:
        return None  # as above: holder and time are read one without the other


def _holder(content: Any, signer: Any) -> str:
    """Return the common name of the signer's certificate, else its organisation."""
    for choice in content["certificates"]:
        if choice.name == "certificate" and _is_signed_with(signer["sid"], choice.chosen):
            subject = choice.chosen.subject.native
            return _one_line(subject.get("common_name") or subject.get("organization_name") or "")
    return ""


def _is_signed_with(sid: Any, certificate: Any) -> bool:
    if sid.name == "subject_key_identifier":
        return bool(sid.chosen.native == certificate.key_identifier)
    known = sid.chosen
    same_number = known["serial_number"].native == certificate.serial_number
    return bool(same_number and known["issuer"] == certificate.issuer)


def _signing_time(signer: Any) -> datetime | None:
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "signing_time":
            time = attribute["values"][0].native
            return time if isinstance(time, datetime) else None
    return None


def _one_line(name: object) -> str:
    """Return a name of a certificate, of which a broken one may have several."""
    words = name if isinstance(name, str) else " ".join(map(str, name)) if isinstance(name, list) else str(name)
    return clean(_SPACE.sub(" ", words)).strip()


def _signed_end(signature: Any) -> int:
    """Return up to which byte of the file the signature holds, 0 if it doesn't say."""
    count = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
    if not 0 < count <= 64:
        return 0
    numbers = (ctypes.c_int * count)()
    pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, count)
    return max((start + length for start, length in _pairs(list(numbers))), default=0)


def _pairs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    yield from zip(numbers[::2], numbers[1::2], strict=False)


def _bytes(ask: Callable[..., int], signature: Any) -> bytes:
    length = ask(signature, None, 0)
    if not 0 < length <= _LONGEST:
        return b""
    buffer = ctypes.create_string_buffer(length)
    ask(signature, buffer, length)
    return buffer.raw


def _text(ask: Callable[..., int], signature: Any) -> str:
    return _bytes(ask, signature).decode("latin-1").rstrip("\0")
