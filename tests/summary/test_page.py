from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from pipeline.decisions import Action, ReportTables
from pipeline.problems import BaocaoError
from pipeline.summary import write_summary
from pipeline.summary.drawing import settings
from pipeline.summary.figures import indicators_section
from pipeline.summary.findings import findings_of
from pipeline.summary.sections import Context
from pipeline.summary.words import Wording
from tests.chromium import browser
from tests.folders import content
from tests.summary.made import activity, cited, day, decide, indicator, item, problem, report, write

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "$x^2$ và $",
    "=1+1",
    "&amp;&lt;",
    "日本 ☃ \u202e",
)
SECTIONS = (
    "reports", "items", "indicators", "changes", "documents", "dates", "explained", "review", "problems",
)  # fmt: skip


def department(at: int, **cells: object) -> ReportTables:
    """Return a report with something of everything."""
    return report(
        f"don_vi_{at:04}.txt",
        [
            activity("training", "done", sentence="Đã tập huấn."),
            activity("meeting", "planned", sentence="Sẽ họp."),
            item("count", "done"),
            day("2024-03-05", sentence="Đã tập huấn."),
            day("2024-06-01", sentence="Sẽ họp."),
            cited("30/2020/NĐ-CP"),
            cited(f"{at}/QĐ-UBND"),
        ],
        [indicator("lop", at + 1), indicator("lop_ky_truoc", at + 2), indicator("tin", 2 * at)],
        [problem("number.unexplained")] * (at % 3),
        **{
            "issuer": f"SỞ SỐ {at}",
            "parent_issuer": "UBND TỈNH BẾN TRE",
            "period_start": "2024-01-01",
            "period_end": "2024-12-31",
            "date": "2024-12-05",
            "numerals": 50,
            **cells,
        },
    )


def summary(out: Path, *reports: ReportTables, lang: str = "vi") -> html.HtmlElement:
    """Write the summary of `reports` and return its page."""
    page, _ = write_summary(write(out, reports), lang=lang)
    return html.document_fromstring(page.read_text(encoding="utf-8"))


def words(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath(path)]


def test_the_page_has_every_part_with_a_heading_and_a_plot_with_a_name_and_its_figures(tmp_path: Path) -> None:
    page = summary(tmp_path, department(1), department(2))
    assert tuple(page.xpath("//main/section/@id")) == SECTIONS
    assert page.xpath("//nav//a/@href") == [f"#{one}" for one in SECTIONS]
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//section/h2")) == len(SECTIONS)
    plots = page.xpath("//*[name()='svg']")
    assert len(plots) == len(page.xpath("//article//figure")) == 8
    for plot in plots:
        (named,) = page.xpath(f"//*[@id='{plot.get('aria-labelledby')}']")
        assert plot.get("role") == "img"
        assert named.text
        assert plot.xpath("ancestor::article//details//table//td")
    ids = Counter(page.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = page.xpath("//*[name()='use']/@href | //a/@href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_the_figures_are_in_the_page(tmp_path: Path) -> None:
    first, second = department(1), department(2)
    out = write(tmp_path, [first, second])
    decide(out, first, 0, Action.ACCEPT)
    decide(out, first, 1, Action.REJECT)
    decide(out, second, 2, Action.CORRECT, value="7")
    page = html.document_fromstring(write_summary(out)[0].read_text(encoding="utf-8"))
    rows = {row[0]: row[1:] for row in (list(one.itertext()) for one in page.xpath("//section[@id='items']//tr"))}
    assert rows["Tập huấn, đào tạo, bồi dưỡng"] == ["2", "0", "2"]
    assert words(page, "//section[@id='changes']//tbody/tr[1]/*")[1:] == ["Lop", "3", "2", "−1", "−33,3 %"]
    assert words(page, "//section[@id='explained']//tbody/tr[1]/*")[2:] == ["50", "48", "96 %"]
    assert "97 % con số" in words(page, "//section[@id='explained']//h3")[0]
    assert words(page, "//section[@id='documents']//tbody/tr[1]/*")[2:4] == ["2", "2"]
    assert "13 thông tin" in words(page, "//section[@id='items']//h3")[0]
    assert rows["Hội nghị, hội thảo, cuộc họp"] == ["0", "1", "1"]
    assert words(page, "//section[@id='review']//h3")[0].endswith("1 chấp nhận, 1 sửa, 1 bác bỏ")
    assert words(page, "//article[h3[@id='review-reports-shows']]//tbody/tr[1]/*")[2:] == ["0", "1", "0", "6", "14,3 %"]
    assert words(page, "//ul[@class='key']/li") == [
        "2 báo cáo",
        "13 thông tin trích được",
        "97 % con số đã giải thích được",
        "21,4 % thông tin đã có người rà soát",
    ]


def test_nothing_is_loaded_and_no_script_runs(tmp_path: Path) -> None:
    page = summary(tmp_path, department(1), department(2))
    assert page.xpath("//script | //link | //img | //iframe | //object | //@style") == []
    assert [name for one in page.iter() for name in one.keys() if name.startswith("on")] == []  # noqa: SIM118
    text = (tmp_path / "summary.html").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\"' <)]+", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert len(page.xpath("//style")) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, text: str) -> None:
    told = {"issuer": text, "parent_issuer": "", "place": ""}
    reports = [department(at, **told, period_end=f"202{at}-12-31") for at in (3, 4)]
    for one in reports:
        one.indicators[0]["label"] = text
        one.items.append({**cited(text), "file": one.report["file"], "document_type": text, "issuer": text})
    reports.append(report("hong.txt", status="failed", error=text))
    page, plots = write_summary(write(tmp_path, reports, arguments={"folder": text, "rules": [text]}))
    parsed = html.document_fromstring(page.read_text(encoding="utf-8"))
    assert parsed.xpath("//script | //img") == []
    assert text.split()[0] in parsed.xpath("//h1/following-sibling::p")[0].text_content()
    assert any(text in one for one in words(parsed, "//tbody/tr/td"))
    labels = [one.text for one in parsed.xpath("//section[@id='indicators']//*[name()='text']")]
    assert any(text.split()[0][:12].casefold() in (label or "").casefold() for label in labels)
    for svg in plots.glob("*.svg"):
        root = etree.parse(svg).getroot()
        assert [one.tag for one in root.iter() if "script" in str(one.tag) or "image" in str(one.tag)] == []


def test_what_xml_cannot_hold_does_not_break_a_plot(tmp_path: Path) -> None:
    reports = [department(at, issuer="", parent_issuer="") for at in (1, 2)]
    for at, one in enumerate(reports):
        for row in (one.report, *one.items, *one.indicators, *one.problems):
            row["file"] = f"tệp\x0c\ufffe\t{at}.txt"
    page = summary(tmp_path, *reports)
    assert "tệp\ufffd\ufffd 0.txt" in words(page, "//section[@id='indicators']//*[name()='text']")


def test_equal_tables_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_summary(write(tmp_path / name, [department(at) for at in range(3)]))
    first, second = content(tmp_path / "a"), content(tmp_path / "b")
    assert first == second
    assert len([name for name in first if name.endswith((".svg", ".png"))]) == 16


def test_plots_are_files_of_their_own_and_are_not_blank(tmp_path: Path) -> None:
    page, plots = write_summary(write(tmp_path, [department(1), department(2)]))
    inline = html.document_fromstring(page.read_text(encoding="utf-8")).xpath("//figure//*[name()='svg']")
    pictures = sorted(plots.glob("*.png"))
    assert len(pictures) == len(list(plots.glob("*.svg"))) == len(inline)
    for picture in pictures:
        with Image.open(picture) as opened:
            colours = opened.convert("RGB").getcolors(1 << 24) or []
            dark = sum(times for times, (red, green, blue) in colours if red + green + blue < 600)
            assert dark > 0.002 * opened.width * opened.height, picture.name
        root = etree.parse(picture.with_suffix(".svg")).getroot()
        assert root[0].tag.endswith("title")
        assert len(root.xpath("//*[local-name()='text']")) > 2
        assert "font/woff2" in root[1].text


def test_an_empty_run_says_so_in_every_part(tmp_path: Path) -> None:
    page = summary(tmp_path)
    assert tuple(page.xpath("//main/section/@id")) == SECTIONS
    assert page.xpath("//*[name()='svg']") == []
    assert len(words(page, "//p[@class='empty']")) == len(SECTIONS)
    assert words(page, "//ul[@class='key']/li") == ["0 báo cáo", "0 thông tin trích được"]


def test_files_that_were_not_read_are_listed_with_what_to_do(tmp_path: Path) -> None:
    page = summary(tmp_path, report("khoa.pdf", status="failed", error="Tệp có mật khẩu. Gỡ mật khẩu.", rule_pack=""))
    assert words(page, "//section[@id='reports']//tbody/tr/*") == [
        "khoa.pdf", "không đọc được", "Tệp có mật khẩu. Gỡ mật khẩu.",
    ]  # fmt: skip


def test_one_report_has_no_plot_that_compares_departments(tmp_path: Path) -> None:
    page = summary(tmp_path, department(1))
    assert page.xpath("//section[@id='indicators']//*[name()='svg']") == []
    assert words(page, "//section[@id='indicators']//tbody/tr/*")[1:] == ["2", "3", "2"]
    assert page.xpath("//section[@id='reports']//*[name()='svg']") == []
    assert page.xpath("//section[@id='items']//*[name()='svg']")
    assert "30/2020/NĐ-CP" in words(page, "//section[@id='documents']//*[name()='text']")
    assert page.xpath("//details[@open]//table") != []


def test_of_very_many_departments_the_first_are_drawn_and_the_rest_together(tmp_path: Path) -> None:
    reports = [department(at) for at in range(600)]
    out = write(tmp_path, reports)
    decide(out, reports[7], 0, Action.ACCEPT)
    page = html.document_fromstring(write_summary(out)[0].read_text(encoding="utf-8"))
    texts = words(page, "//section[@id='indicators']//*[name()='text']")
    assert "Trung vị của 581 báo cáo còn lại" in texts
    assert "291" in texts  # the median of 1 to 581
    assert sum(one.startswith("Sở Số") for one in texts) == 19
    assert len(page.xpath("//section[@id='indicators']//tbody/tr")) == 500
    assert "500 trong 600 dòng" in words(page, "//section[@id='indicators']//details/p")[0]
    assert len(words(page, "//section[@id='documents']//*[name()='text']")) < 100
    assert any("báo cáo còn lại" in one for one in words(page, "//section[@id='review']//*[name()='text']"))
    assert (tmp_path / "summary.html").stat().st_size < 2_000_000


def test_two_years_of_one_body_are_set_against_each_other(tmp_path: Path) -> None:
    def of(year: int, value: int) -> ReportTables:
        one = department(value, issuer="SỞ Y TẾ", period_start=f"{year}-01-01", period_end=f"{year}-12-31")
        one.report["date"] = f"{year}-12-20"
        return one

    page = summary(tmp_path, of(2023, 9), of(2024, 14))
    (own, two) = words(page, "//section[@id='changes']//h3")
    assert own.startswith("Theo số kỳ trước ghi trong chính báo cáo: 0 chỉ tiêu tăng, 2 giảm")
    assert two.startswith("Theo hai báo cáo của cùng cơ quan")
    first = words(page, "//article[h3[@id='changes-reports-shows']]//tbody/tr[1]/*")
    assert first == ["Sở Y tế Bến Tre · 2024", "Lop", "10", "15", "+5", "+50 %"]


def test_corrected_values_are_marked() -> None:
    corrected = department(1)
    corrected.indicators[0]["machine_value"] = "1234.5"
    with settings():
        section = indicators_section(findings_of([corrected, department(2)]), Context(Wording("vi")))
    (exhibit,) = section.exhibits
    assert exhibit.table is not None
    assert exhibit.table.rows[1][1] == "2* (máy đọc 1.234,5)"
    assert exhibit.plot is not None
    assert ">2*<" in exhibit.plot.inline
    assert "* Giá trị do người rà soát sửa" in exhibit.notes[0]


def test_a_value_that_a_reviewer_corrected_is_marked_in_the_page(tmp_path: Path) -> None:
    counted = [item("count", "done", item_id=f"{at:012}", value="5", unit="lớp") for at in (1, 2)]
    tables = [
        report(f"{at}.txt", [counted[at - 1]], [indicator("lop", 5, item_ids=f"{at:012}")], issuer=f"SỞ {at}")
        for at in (1, 2)
    ]
    out = write(tmp_path, tables)
    decide(out, tables[0], 0, Action.CORRECT, value="8")
    page = html.document_fromstring(write_summary(out)[0].read_text(encoding="utf-8"))
    assert words(page, "//section[@id='indicators']//tbody/tr/*") == ["Sở 1", "8* (máy đọc 5)", "Sở 2", "5"]


def test_the_page_speaks_english_too(tmp_path: Path) -> None:
    page = summary(tmp_path, department(1), department(2), lang="en")
    assert page.get("lang") == "en"
    assert words(page, "//h2")[1:3] == ["Items", "Indicators of departments"]
    assert words(page, "//section[@id='changes']//tbody/tr[1]/*")[-1] == "−33.3%"


def test_another_place_may_be_asked_for_and_what_others_put_there_stays(tmp_path: Path) -> None:
    out = write(tmp_path / "out", [department(1), department(2)])
    page = tmp_path / "trang" / "tong_hop.html"
    (tmp_path / "trang" / "tong_hop").mkdir(parents=True)
    foreign = tmp_path / "trang" / "tong_hop" / "cua_toi.svg"
    foreign.write_text("x")
    assert write_summary(out, page) == (page, tmp_path / "trang" / "tong_hop")
    assert (page.parent / "tong_hop" / "documents.svg").is_file()
    write(out, [report("a.txt")])
    write_summary(out, page)
    assert not (page.parent / "tong_hop" / "documents.svg").exists()
    assert foreign.read_text() == "x"
    assert [one.name for one in page.parent.iterdir() if one.name.startswith(".")] == []


def test_without_tables_it_says_what_to_do_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BaocaoError) as caught:
        write_summary(tmp_path)
    assert caught.value.problem.code == "review.no_tables"
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = write(tmp_path, [department(1), department(2)])
    page, _ = write_summary(out)
    before = page.read_bytes()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.summary.writing.replace", full)
    with pytest.raises(BaocaoError) as caught:
        write_summary(write(out, [department(3)]))
    assert caught.value.problem.code == "run.output"
    assert page.read_bytes() == before


def test_the_command_line_begins_without_the_library_of_plots() -> None:
    heavy = "('matplotlib', 'pandas', 'jinja2')"
    told = f"import sys, pipeline.cli.summary_page; print([name for name in sys.modules if name in {heavy}])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_axe_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page, _ = write_summary(write(tmp_path, [department(at) for at in range(4)]))
    with browser() as chromium:
        tab = chromium.new_context(bypass_csp=True).new_page()
        tab.goto(page.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = axe.Axe().run(tab)
        wide = {}
        for width in (1366, 400):
            tab.set_viewport_size({"width": width, "height": 800})
            wide[width] = tab.evaluate("document.documentElement.scrollWidth")
    assert [one["id"] for one in found.response["violations"]] == []
    assert wide == {1366: 1366, 400: 400}
