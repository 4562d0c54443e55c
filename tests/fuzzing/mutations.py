"""Changes to bytes, XML, ZIP packages, PDF files and sentences; each is decided by a `Random` alone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

Mutate = Callable[[bytes, Random], bytes]

INTERESTING = (
    b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n", b"\r", b"\x0b", b"\x0c", b"\x85", b"\xe2\x80\xa8", b"\xcc\x81",
    b"e\xcc\x82\xcc\x81", b"\xc2\xad", b"\xe2\x80\x8b", b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf",
    b"-1", b"0", b"99999999999999999999", b"1e308", b"NaN", b"%s",
    "\u0661\u0662".encode(), "\u00b2".encode(), "\u0f33".encode(), "\u2163".encode(), "\u1e9e\u0130\ufb03".encode(),
    b"<", b">", b"&", b"'", b'"', b"/", b"\\", b"(", b")", b"[", b"]", b"{", b"}", b"|", b"\t", b" ",
)  # fmt: skip
NUMBERS = (
    "-1",
    "0",
    "1",
    "2",
    "255",
    "65536",
    "2147483648",
    "99999999999999999999",
    "1.5",
    "",
    "x",
    "\u0662",
    "\u00b2",
    "-0",
)
_MOST = 1 << 20


def bytes_mutated(data: bytes, random: Random) -> bytes:
    """Return `data` after one to four changes: flips, chunks gone, twice, moved or overwritten, bytes put in, a cut."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        _change(changed, random)
    return bytes(changed[:_MOST])


def _change(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data) + 1)
    length = min(random.choice((1, 1, 2, 4, 8, 32, 256, 4096)), len(data) - at)
    match random.randrange(8):
        case 0 if at < len(data):
            data[at] ^= 1 << random.randrange(8)
        case 1 if at < len(data):
            data[at] = random.randrange(256)
        case 2:
            del data[at : at + length]
        case 3:
            data[at:at] = data[at : at + length] * random.choice((1, 1, 2, 30))
        case 4:
            there = random.randrange(len(data) + 1)
            chunk = data[at : at + length]
            del data[at : at + length]
            data[there:there] = chunk
        case 5:
            put = random.choice(INTERESTING)
            data[at : at + random.choice((0, len(put)))] = put
        case 6:
            data[at:at] = random.randbytes(random.choice((1, 2, 8, 64)))
        case _:
            if not random.randrange(4):
                del data[at:]
            else:
                digits = [found.span() for found in re.finditer(rb"\d+", data[:65536])]
                if digits:
                    start, end = random.choice(digits)
                    data[start:end] = random.choice(NUMBERS).encode()


def overwritten(data: bytes, random: Random) -> bytes:
    """Return `data` with some bytes changed where they stand, so that what else it holds stays where it was."""
    if not random.randrange(12):
        return bytes_mutated(data, random)
    changed = bytearray(data)
    filled = [found.span() for found in re.finditer(rb"[^\x00\xff]+", data[:_MOST])] or [(0, len(data))]
    for _ in range(random.choice((1, 1, 2, 4))):
        start, end = random.choice(filled)
        at = random.randrange(start, end + 1)
        put = random.choice(
            (random.randbytes(1), random.randbytes(2), random.choice(INTERESTING), data[start:end][:16])
        )
        if at + len(put) <= len(changed):
            changed[at : at + len(put)] = put
    return bytes(changed)


def spliced(one: bytes, other: bytes, random: Random) -> bytes:
    """Return the beginning of one file and the end of another."""
    return one[: random.randrange(len(one) + 1)] + other[random.randrange(len(other) + 1) :]


def lines_mutated(data: bytes, random: Random) -> bytes:
    """Return text after changes to its lines, words and bytes."""
    lines = data.split(b"\n")
    for _ in range(random.choice((1, 1, 2, 5))):
        at, there = random.randrange(len(lines)), random.randrange(len(lines))
        match random.randrange(8):
            case 0:
                del lines[at : at + random.choice((1, 1, 3))]
            case 1:
                lines[there:there] = lines[at : at + random.choice((1, 2, 6))]
            case 2:
                lines[at], lines[there] = lines[there], lines[at]
            case 3:
                lines[at] += lines[there]
            case 4 | 5:
                lines[at] = _words_changed(lines[at], random)
            case 6:
                lines[at] = random.choice((b"", b"   ", b"\t", b" " * 30, b"- ", b"| ", b"1. ", b"# ")) + lines[at]
            case _:
                lines[at] = bytes_mutated(lines[at], random)
        lines = lines or [b""]
    return b"\n".join(lines)[:_MOST]


def _words_changed(line: bytes, random: Random) -> bytes:
    words = line.split(b" ")
    at, there = random.randrange(len(words)), random.randrange(len(words))
    match random.randrange(4):
        case 0:
            del words[at]
        case 1:
            words.insert(there, words[at])
        case 2:
            words[at], words[there] = words[there], words[at]
        case _:
            words[at] = random.choice(INTERESTING)
    return b" ".join(words)


def words_mutated(vocabulary: Sequence[str]) -> Mutate:
    """Return a change of text that puts in words of `vocabulary`, besides changes to its lines and bytes."""

    def mutate(data: bytes, random: Random) -> bytes:
        if not random.randrange(3):
            return lines_mutated(data, random)
        words = re.split(r"( |\n)", data.decode("utf-8", "replace"))
        for _ in range(random.choice((1, 2, 3, 8))):
            at = random.randrange(len(words) + 1)
            gap = random.choice((" ", " ", " ", "", "\n"))
            words[at : at + random.choice((0, 0, 1, 2, 5))] = [gap, random.choice(vocabulary), gap]
        return "".join(words).encode("utf-8", "replace")[:_MOST]

    return mutate


# XML and packages of it


def xml_mutated(data: bytes, random: Random) -> bytes:
    """Return XML after one to four changes to its elements, attributes and texts, or to its bytes."""
    if not random.randrange(6):
        return bytes_mutated(data, random)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.LxmlError:
        return bytes_mutated(data, random)
    for _ in range(random.choice((1, 1, 2, 4))):
        _change_tree(root, random)
    return etree.tostring(root)


def _change_tree(root: etree._Element, random: Random) -> None:
    elements = list(root.iter(etree.Element))
    one, other = random.choice(elements), random.choice(elements)
    parent = one.getparent()
    match random.randrange(9):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            for _ in range(random.choice((1, 1, 3))):
                parent.insert(random.randrange(len(parent) + 1), _copy(one))
        case 2:
            other.append(_copy(one))
        case 3 if parent is not None and len(one):
            for child in list(one):
                one.addprevious(child)
            parent.remove(one)
        case 4 if one.attrib:
            del one.attrib[random.choice(list(one.attrib))]
        case 5 if one.attrib and other.attrib:
            one.attrib[random.choice(list(one.attrib))] = random.choice(list(other.attrib.values()))
        case 6 if one.attrib:
            one.attrib[random.choice(list(one.attrib))] = random.choice(NUMBERS)
        case 7:
            one.text = random.choice(
                (other.text, random.choice(NUMBERS), "\u0663", "a\u0302\u0301", "\n", " ", "x" * 300)
            )
        case _:
            if one is not root:
                one.tag = other.tag


def _copy(element: etree._Element) -> etree._Element:
    copied: etree._Element = etree.fromstring(etree.tostring(element, with_tail=False))
    return copied


def package_mutated(data: bytes, random: Random) -> bytes:
    """Return a ZIP with one of its parts changed, mostly as XML; now and then parts are lost, swapped, or bytes hit."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # damaged by a change before
        return bytes_mutated(data, random)
    if not parts or not random.randrange(12):
        return bytes_mutated(data, random)
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    weights = [1 + len(parts[name]) ** 0.5 for name in names]
    name = random.choices(names, weights)[0]
    if not random.randrange(20):
        other = random.choice(names)
        parts[name], parts[other] = parts[other], parts[name]
    elif not random.randrange(20):
        del parts[name]
    else:
        parts[name] = xml_mutated(parts[name], random)
    return packed(parts, deflated=not random.randrange(8))


def packed(parts: dict[str, bytes], deflated: bool = False) -> bytes:
    """Return `parts` as a ZIP without times, stored unless `deflated`."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED if deflated and name != "mimetype" else ZIP_STORED
            archive.writestr(info, content)
    return out.getvalue()


# PDF

_STREAM = re.compile(rb"(?<=stream\n).*?(?=\n?endstream)|(?<=stream\r\n).*?(?=\r?\n?endstream)", re.DOTALL)
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_TOKEN = re.compile(rb"[-+]?\d*\.?\d+|/[\w.+-]+|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>|[A-Za-z'\"*]+")


def pdf_mutated(data: bytes, random: Random) -> bytes:
    """Return a PDF with tokens of an object or a stream changed, an object lost or twice, or bytes hit.

    Offsets are not corrected: readers look for the objects again.
    """
    objects = [found.span() for found in _OBJECT.finditer(data)]
    kind = random.randrange(10)
    if not objects or not kind:
        return bytes_mutated(data, random)
    start, end = random.choice(objects)
    part = data[start:end]
    if kind == 1:
        part = b""
    elif kind == 2:
        other = random.choice(objects)
        head = part[: part.find(b"obj") + 3]
        body = data[slice(*other)]
        part = head + body[body.find(b"obj") + 3 :]
    else:
        part = _pdf_part(part, random)
    return (data[:start] + part + data[end:])[:_MOST]


def _pdf_part(part: bytes, random: Random) -> bytes:
    stream = _STREAM.search(part)
    if stream and random.randrange(3):
        content = stream[0]
        squeezed = b"/FlateDecode" in part[: stream.start()]
        if squeezed:
            try:
                content = zlib.decompress(content)
            except zlib.error:
                return bytes_mutated(part, random)
        content = _tokens_changed(content, random) if random.randrange(4) else lines_mutated(content, random)
        content = zlib.compress(content, 1) if squeezed else content
        head = re.sub(rb"/Length \d+(?! \d+ R)", b"/Length %d" % len(content), part[: stream.start()])
        return head + content + part[stream.end() :]
    head, mark, rest = part.partition(b"stream")
    return _tokens_changed(head, random) + mark + rest


def _tokens_changed(content: bytes, random: Random) -> bytes:
    tokens = list(_TOKEN.finditer(content))
    if not tokens:
        return bytes_mutated(content, random)
    for _ in range(random.choice((1, 1, 3))):
        one, other = random.choice(tokens), random.choice(tokens)
        new = random.choice((other[0], other[0], random.choice(NUMBERS).encode(), b"", one[0] + b" " + other[0]))
        if one.end() <= len(content):
            content = content[: one.start()] + new + content[one.end() :]
        tokens = list(_TOKEN.finditer(content)) or tokens
    return content
