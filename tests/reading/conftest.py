"""Files made on the spot, read and loaded; each test says what is in the file and what must come out."""

import zipfile
from pathlib import Path

import duckdb
import pytest

from analytics.warehouse.reading import RawRows, load, read_file
from tests.reading.fixtures import Cells, Loaded, Read, Workbook

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@pytest.fixture
def work_dir(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def read(tmp_path: Path, work_dir: Path) -> Read:
    """Writes a file with the content, reads it, and returns its one table."""

    def reading(content: str | bytes, name: str = "x.csv") -> RawRows:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (rows,) = read_file(path, work_dir)
        return rows

    return reading


@pytest.fixture
def loaded() -> Loaded:
    """Loads raw rows and returns the cells in the file's order, with '' for NULL."""

    def loading(rows: RawRows) -> Cells:
        connection = duckdb.connect()
        count = load(connection, rows, "raw")
        cells = connection.execute("SELECT * FROM raw ORDER BY record").fetchall()
        assert [row[0] for row in cells] == list(range(1, count + 1))
        assert rows.rows_read == count + len(rows.rejected)
        return [tuple("" if cell is None else cell for cell in row[1:]) for row in cells]

    return loading


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Writes an .xlsx from the XML of the rows of each sheet; a sheet's name may end in '(hidden)'."""

    def writing(name: str = "x.xlsx", extra: dict[str, str] | None = None, **sheets: str) -> Path:
        listed, related, parts = "", "", {}
        for number, (sheet, rows) in enumerate(sheets.items(), start=1):
            state = ' state="hidden"' if sheet.endswith("_hidden") else ""
            listed += f'<sheet name="{sheet}" sheetId="{number}"{state} r:id="r{number}"/>'
            related += f'<Relationship Id="r{number}" Type="{_REL}/worksheet" Target="worksheets/s{number}.xml"/>'
            parts[f"xl/worksheets/s{number}.xml"] = f"<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>"
        related += f'<Relationship Id="rs" Type="{_REL}/styles" Target="styles.xml"/>'
        formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 22, 14, 46, 21))
        parts |= {
            "xl/workbook.xml": f'<workbook {_NS} xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
            "xl/styles.xml": f"<styleSheet {_NS}><cellXfs>{formats}</cellXfs></styleSheet>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        }
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in (parts | (extra or {})).items():
                archive.writestr(part, text)
        return path

    return writing
