"""The SVG and the page tell the same as the map, to who sees them and who does not."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from earnest.cli.map.as_svg import DARK, LIGHT, Colours
from earnest.cli.map.tests.calls import draw, load
from earnest.cli.map.tests.files import two_sides, written

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</svg><script>alert(1)</script>"&\x00\x1b é'


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    header = "comment-id,moderated,comment-body"
    texts = [
        f'{n},{-1 if n == 3 else 1},"{HOSTILE.replace(chr(34), chr(34) * 2)} {n}"'
        for n in range(12)
    ]
    comments = written(tmp_path, *texts, header=header, name="comments.csv")
    places = ["--svg", str(tmp_path / "map.svg"), "--html", str(tmp_path / "map.html")]
    draw(
        written(tmp_path, *two_sides(240)),
        "--comments",
        str(comments),
        "--no-sure",
        *places,
        "--where",
        "7",
    )
    return tmp_path


def test_the_svg_is_xml_with_a_title_and_a_description(folder: Path) -> None:
    root = ET.fromstring((folder / "map.svg").read_text())  # noqa: S314 -- a file of ours
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == "Where 240 people stand: two groups"
    said = root.findtext(f"{SVG}desc") or ""
    assert "Group A, " in said
    assert "Uniting all, agree " in said
    assert not list(root.iter(f"{SVG}script"))
    assert root.get("aria-labelledby") == "map-title"


def test_people_many_are_base_clusters_and_all_are_there(folder: Path) -> None:
    root = ET.fromstring((folder / "map.svg").read_text())  # noqa: S314 -- a file of ours
    titles = [
        one.text or "" for mark in root.iter(f"{SVG}path") for one in mark.iter(f"{SVG}title")
    ]
    shaping = load(folder / "map.json")["method"]["shaping"]
    assert len(titles) <= 100
    assert sum(int(re.findall(r"(\d+) p", one)[0]) for one in titles) == shaping


def test_the_page_has_a_table_of_all_statements(folder: Path) -> None:
    page = (folder / "map.html").read_text()
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    rows = page.split("All statements</h2>")[1].count('<th scope="row"')
    assert rows == 12
    assert "moderated out" in page


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_colour_stands_out_from_the_paper(colours: Colours) -> None:
    paper = colours.paper
    for one in (*colours.groups, colours.none):
        assert contrast(one, paper) >= 3
    for one in (colours.ink, colours.soft):
        assert contrast(one, paper) >= 4.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_is_said_on_a_terminal_cannot_steer_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comments = str(folder / "comments.csv")
    draw(folder / "votes.csv", "--comments", comments, "--no-sure", "--where", "8")
    said = capsys.readouterr().out
    assert "alert" in said
    assert "\x1b" not in said
