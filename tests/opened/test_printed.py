"""Pages as Chromium prints them, a workbook as LibreOffice does, the project as QGIS draws it."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import PARCELS
from tables import rows

SYSTEM_PYTHON = "/usr/bin/python3"


def program(*names):
    """The first of the programs that is there; without one the test says which it would take."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip(f"not tried: no {names[0]} here")


def text_of(pdf):
    """The text of each page; radicals that fonts stand in for characters are those characters again."""
    return [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(pdf).pages]


@pytest.mark.parametrize(
    ("page", "said"),
    [("report.html", ["城镇用地容积率", "数据来源"]), (f"dossier/{PARCELS[0]}.html", [PARCELS[0], "界址点"])],
)
def test_pages_print(run, tmp_path, page, said):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    printed = tmp_path / "printed.pdf"
    command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run(
        [*command, f"--print-to-pdf={printed}", (run / page).as_uri()], check=True, capture_output=True, timeout=60
    )
    text = "".join("".join(text_of(printed)).split())
    assert all(word in text for word in said)
    width, height = PdfReader(printed).pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)


def test_a_workbook_prints_with_title_and_headings_on_every_page(run, tmp_path):
    soffice = program("soffice", "libreoffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, run / "零星地块清单.xlsx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = text_of(tmp_path / "零星地块清单.pdf")
    assert f"共 {len(pages)} 页" in pages[0].replace("\n", "")
    listed = [page for page in pages if "零星地块清单" in page.splitlines()[-1] or "判别依据" in page]
    assert listed
    assert all("零星边角地、夹心地清单" in page and "序号" in page for page in listed)


def test_qgis_opens_the_project_and_draws_its_layout(run, tmp_path):
    if subprocess.run([SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode:
        pytest.skip("not tried: no QGIS here (python3-qgis)")
    drawn = tmp_path / "layout.png"
    script = Path(__file__).with_name("in_qgis.py")
    done = subprocess.run(
        [SYSTEM_PYTHON, script, run / "city.qgs", drawn], check=True, capture_output=True, text=True, timeout=60
    )
    layers = dict(line.split("\t") for line in done.stdout.splitlines())
    counted = {name: str(len(rows(run / f"{name}.csv"))) for name in ("parcels", "scattered", "open_land")}
    assert {name: layers[name] for name in counted} == counted
    assert drawn.stat().st_size > 50_000, "a map is drawn"
