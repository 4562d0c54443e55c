"""A small pack of rules for market days, and reports that it is run over before and after it is changed."""

from __future__ import annotations

from pipeline.batch import run

REPORTS = {
    "quy1.txt": """BÁO CÁO
Kết quả chợ phiên quý I năm 2024

I. KẾT QUẢ THỰC HIỆN

Trong quý, huyện đã mở 14 phiên chợ và thu 18 gánh măng. Đã tổ chức 03 hội nghị, lô 7x8y9 giao 12 hộ, 12 bản.

Chợ có 25 gian hàng, trong đó có 9 gian hàng măng.
""",
    "quy2.txt": """BÁO CÁO
Kết quả chợ phiên quý II năm 2024

I. KẾT QUẢ THỰC HIỆN

Huyện đã mở 11 phiên chợ, thu 25 gánh măng.
""",
}
UNITS = "unit,kind,written\ngian hàng,thing,\n"
MANIFEST = "id: cho_phien\ntitle: Chợ phiên\nversion: 0.1.0\nextends: [core]\n"
MARKETS = """rules:
  - id: phien
    finds: count
    title: Số phiên chợ
    pattern: '(?P<n>\\d+) (?P<unit>phiên chợ)'
    unit: given
    priority: 50
    examples: [{text: 'mở 4 phiên chợ'}]
    rejects: ['mở chợ']
"""
LOTS = """rules:
  - id: ma_lo
    finds: no_item
    title: Mã lô
    pattern: 'lô (?P<at>\\d+x\\d+y\\d+)'
    priority: 5
    examples: [{text: 'lô 5x3y2'}]
    rejects: ['5x3y2']
"""
NO_HOUSEHOLDS = """rules:
  - id: ho
    finds: no_item
    title: Số hộ, không lấy
    pattern: '(?P<at>\\d+) hộ(?!i)'
    priority: 5
    examples: [{text: '3 hộ'}]
    rejects: ['3 hội nghị']
"""
INDICATOR = """indicators:
  - code: so_phien
    label: Số phiên chợ
    unit: phiên chợ
    units: [phiên chợ]
    combine: sum
    examples: [{text: 'Đã mở 4 phiên chợ.', value: '4'}]
    rejects: ['Đã mở chợ.']
"""


def write_reports(folder, reports=REPORTS):
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_pack(folder, units=UNITS, **files):
    """Write the pack into `folder`: with the given units, and each of `files` as a file of rules."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "vocabulary" / "units.csv").write_text(units, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def run_with(tmp_path, name, units=UNITS, reports=REPORTS, lang="vi", **files):
    """Return the output folder of a run over `reports` with the pack so written."""
    pack = write_pack(tmp_path / f"pack_{name}", units, **files)
    out = tmp_path / name
    run(write_reports(tmp_path / f"in_{name}", reports), out, str(pack), lang=lang)
    return out
