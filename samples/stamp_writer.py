"""A plain PDF made to look signed: signature fields, stamps, form fields and typed-over text, with certificates.

The signatures have the structure of real ones (CMS in `/Contents`) and bogus bytes where a key would have signed:
nothing here can be verified, and nothing reads it as verified. The same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from asn1crypto import algos, cms, core, keys, x509
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Box = tuple[float, float, float, float]

_FONTS = Path("/usr/share/fonts/truetype")
_FACES = (
    "liberation2/LiberationSerif-Regular.ttf",
    "liberation/LiberationSerif-Regular.ttf",
    "dejavu/DejaVuSerifCondensed.ttf",
)
_FONT = "Stamped"
_PITCH = 1.15
_HERE = timezone(timedelta(hours=7))
_PRINTED = 4  # annotation flag: print (ISO 32000-1, table 165)
_LOCKED = 128
_SUBTYPES = {"signature": "/Widget", "field": "/Widget", "stamp": "/Stamp", "freetext": "/FreeText"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words put over a page, from 1: where, and as what.

    `place` is a box in points from the top left of the page as drawn, or an anchor in its text: «Số:…/» is the blank
    between these words, «ngày…tháng» that between those, «KT. GIÁM ĐỐC» the place right below its words. `kind` is
    `signature`, `stamp`, `field` or `freetext`. `signer` says which of the signers a signature belongs to. `shift` is
    how far the words stand below the printed line. Words that are not `drawn` are in the field alone.
    """

    page: int
    place: Box | str
    text: str
    kind: str = "signature"
    signer: int = -1
    size: float = 13.0
    shift: float = 0.0
    drawn: bool = True


Signer = tuple[str, str, str]
"""Name and organisation in the certificate, and the signing time in ISO 8601; without a zone it is Vietnam's."""


class AnchorError(ValueError):
    """The anchor of a stamp is not in the text of its page."""


def pdf_to_signed(pdf: bytes, stamps: Sequence[Stamp], signers: Sequence[Signer] = ()) -> bytes:
    """Return `pdf` with `stamps` over it, signed by `signers` in this order; who has no stamp signs invisibly."""
    _register_font()
    places = _places(pdf, stamps)
    writer = PdfWriter(clone_from=BytesIO(pdf))
    fields = ArrayObject()
    order = sorted(range(len(stamps)), key=lambda at: _rank(stamps[at], len(signers)))
    unseen = set(range(len(signers)))
    for at in order:
        stamp = stamps[at]
        annotation = _annotation(writer, stamp, places[at], len(fields))
        if stamp.kind == "signature" and signers:
            number = _rank(stamp, len(signers))
            unseen.discard(number)
            annotation[NameObject("/V")] = _signature(writer, signers[number], number, at)
        _attach(writer, stamp.page, annotation, fields)
    for number in sorted(unseen):
        annotation = _annotation(writer, Stamp(1, "", "", drawn=False), (0.0, 0.0, 0.0, 0.0), len(fields))
        annotation[NameObject("/V")] = _signature(writer, signers[number], number, 0)
        _attach(writer, 1, annotation, fields)
    if fields:
        flags = {"/SigFlags": NumberObject(3 if signers else 0), "/NeedAppearances": BooleanObject(True)}
        form = {"/Fields": fields, **(flags if any(not s.drawn for s in stamps) else {"/SigFlags": flags["/SigFlags"]})}
        writer._root_object[NameObject("/AcroForm")] = _dictionary(form)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _rank(stamp: Stamp, signers: int) -> int:
    return stamp.signer % signers if signers and stamp.kind == "signature" else signers


def _register_font() -> None:
    if _FONT in pdfmetrics.getRegisteredFontNames():
        return
    for name in _FACES:
        if (_FONTS / name).exists():
            font = TTFont(_FONT, str(_FONTS / name))
            if ord("Ỉ") in font.face.charToGlyph:
                pdfmetrics.registerFont(font)
                return
    raise FileNotFoundError("no font with Vietnamese letters: install fonts-liberation2 or fonts-dejavu")


def _places(pdf: bytes, stamps: Sequence[Stamp]) -> list[Box]:
    """Return the box of each stamp in PDF space: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(pdf)
    places = []
    for stamp in stamps:
        page = document[stamp.page - 1]
        if isinstance(stamp.place, str):
            left, bottom, right, top = _anchored(page, stamp)
        else:
            left, top, right, bottom = stamp.place
            bottom, top = page.get_height() - bottom, page.get_height() - top
        places.append((left, bottom - stamp.shift, right, top - stamp.shift))
    document.close()
    return places


def _anchored(page: pypdfium2.PdfPage, stamp: Stamp) -> Box:
    """Return the box that the words of a stamp take up at its anchor, their first baseline on the printed one."""
    text = page.get_textpage()
    letters = "".join(chr(pdfium.FPDFText_GetUnicode(text.raw, at)) for at in range(text.count_chars()))
    before, blank, after = str(stamp.place).partition("…")
    found = re.search(_loose(before) + (rf"[\s.…_]*(?={_loose(after)})" if blank else ""), letters)
    if not found:
        raise AnchorError(f"{stamp.place!r} is not on page {stamp.page}")
    last = found.start() + len(re.match(_loose(before), found[0])[0]) - 1
    width = max(pdfmetrics.stringWidth(line, _FONT, stamp.size) for line in stamp.text.split("\n"))
    left, bottom, right, _ = text.get_charbox(last, loose=True)
    if not blank:
        left = text.get_charbox(found.start(), loose=True)[0]
        top = bottom - 0.2 * stamp.size
        return left, top - _height(stamp), left + width, top
    base = _origin(text, last)
    end = text.get_charbox(found.end(), loose=True)[0] if after else right + width + stamp.size
    left = max((right + end - width) / 2, right) if after else right + stamp.size / 4
    top = base + 0.95 * stamp.size
    return left, top - _height(stamp), left + width, top


def _loose(words: str) -> str:
    return r"\s*".join(map(re.escape, re.sub(r"\s+", "", words)))


def _origin(text: pypdfium2.PdfTextPage, at: int) -> float:
    import ctypes

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
    return y.value


def _height(stamp: Stamp) -> float:
    return stamp.size * (0.95 + _PITCH * stamp.text.count("\n") + 0.3)


def _annotation(writer: PdfWriter, stamp: Stamp, box: Box, number: int) -> DictionaryObject:
    annotation = _dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject(_SUBTYPES[stamp.kind]),
            "/Rect": ArrayObject(FloatObject(round(edge, 2)) for edge in box),
            "/F": NumberObject(_PRINTED + (_LOCKED if stamp.kind == "signature" else 0)),
        }
    )
    if stamp.kind in ("signature", "field"):
        annotation[NameObject("/FT")] = NameObject("/Sig" if stamp.kind == "signature" else "/Tx")
        annotation[NameObject("/T")] = TextStringObject(f"{stamp.kind.capitalize()}{number + 1}")
    if stamp.kind == "field":
        annotation[NameObject("/V")] = TextStringObject(stamp.text)
    if stamp.kind in ("stamp", "freetext"):
        annotation[NameObject("/Contents")] = TextStringObject(stamp.text)
    if stamp.kind in ("field", "freetext"):
        annotation[NameObject("/DA")] = TextStringObject(f"/Helv {stamp.size:g} Tf 0 g")
    if stamp.drawn:
        annotation[NameObject("/AP")] = _dictionary({"/N": _appearance(writer, stamp, box)})
    return annotation


def _appearance(writer: PdfWriter, stamp: Stamp, box: Box) -> IndirectObject:
    """Return a form of the stamp's words: a page drawn with a font of its own, taken over with its resources."""
    width, height = box[2] - box[0], box[3] - box[1]
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(width, height), invariant=1)
    canvas.setFont(_FONT, stamp.size)
    canvas.setFillColorRGB(0.8, 0, 0)
    for at, line in enumerate(stamp.text.split("\n")):
        canvas.drawString(0, height - stamp.size * (0.95 + _PITCH * at), line)
    canvas.save()
    page: PageObject = PdfReader(drawn).pages[0]
    form = DecodedStreamObject()
    form.set_data(page.get_contents().get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(round(edge, 2)) for edge in (0, 0, width, height))
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(form)


def _attach(writer: PdfWriter, number: int, annotation: DictionaryObject, fields: ArrayObject) -> None:
    page = writer.pages[number - 1]
    reference = writer._add_object(annotation)
    there = page.get("/Annots")
    page[NameObject("/Annots")] = ArrayObject([*(there.get_object() if there else ()), reference])
    if annotation["/Subtype"] == "/Widget":
        fields.append(reference)


def _signature(writer: PdfWriter, signer: Signer, number: int, at: int) -> IndirectObject:
    """Return the value of a signature field; its byte range tells no more than the order of signing."""
    time = _time(signer[2])
    zone = time.strftime("%z")
    covered = 1000 * (number + 1) + at
    return writer._add_object(
        _dictionary(
            {
                "/Type": NameObject("/Sig"),
                "/Filter": NameObject("/Adobe.PPKLite"),
                "/SubFilter": NameObject("/adbe.pkcs7.detached"),
                "/M": TextStringObject(f"D:{time:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"),
                "/ByteRange": ArrayObject(map(NumberObject, (0, covered // 2, covered // 2, covered - covered // 2))),
                "/Contents": ByteStringObject(message(signer, number + 1) + bytes(32)),
            }
        )
    )


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=_HERE)


def message(signer: Signer, serial: int = 1) -> bytes:
    """Return a CMS message (RFC 5652) of `signer` with its certificate and the issuer's; no key ever signed it."""
    issuer = x509.Name.build({"country_name": "VN", "organization_name": "Tổ chức mẫu", "common_name": "CA mẫu"})
    name, organisation, time = signer
    subject = x509.Name.build({"country_name": "VN", "organization_name": organisation, "common_name": name})
    attributes = [
        {"type": "content_type", "values": ["data"]},
        {"type": "signing_time", "values": [cms.Time({"utc_time": _time(time).astimezone(UTC)})]},
        {"type": "message_digest", "values": [bytes(32)]},
    ]
    signed = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [_certificate(issuer, issuer, 1000), _certificate(subject, issuer, serial)],
        "signer_infos": [
            {
                "version": "v1",
                "sid": {"issuer_and_serial_number": {"issuer": issuer, "serial_number": serial}},
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
                "signature": bytes(range(256)),
            }
        ],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump()


def _certificate(subject: x509.Name, issuer: x509.Name, serial: int) -> x509.Certificate:
    start, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2040))
    algorithm = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
    key = keys.RSAPublicKey({"modulus": (1 << 2047) + serial, "public_exponent": 65537})
    holder = keys.PublicKeyInfo(
        {"algorithm": {"algorithm": "rsa"}, "public_key": core.ParsableOctetBitString(key.dump())}
    )
    body = {
        "version": "v3",
        "serial_number": serial,
        "signature": algorithm,
        "issuer": issuer,
        "validity": {"not_before": x509.Time({"utc_time": start}), "not_after": x509.Time({"utc_time": end})},
        "subject": subject,
        "subject_public_key_info": holder,
    }
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": algorithm, "signature_value": bytes(256)})


def _dictionary(entries: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
