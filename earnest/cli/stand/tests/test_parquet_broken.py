"""A broken Parquet file is one sentence: no traceback, and nothing that Rust says of itself."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from earnest.cli.stand.tests.files import read
from earnest.cli.stop import Stop

FILES = sorted((Path(__file__).parent / "parquet").glob("*.parquet"))
SENTENCE = r"no\.parquet: cannot be read as Parquet: it "


def broken(data: bytes, folder: Path) -> Path:
    path = folder / "no.parquet"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "does not end as one"),
        (b"PAR1", "does not end as one"),
        (b"PAR1PAR1", "does not end as one"),
        (b"PAR1" + bytes(40) + b"PARE", "is encrypted"),
        (b"PAR1" + b"\xff" * 30 + b"PAR1", "is broken"),
    ],
)
def test_what_is_no_parquet_is_one_sentence(
    data: bytes, reason: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Stop, match=SENTENCE + reason):
        read(broken(data, tmp_path))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_cut_short_is_one_sentence(path: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=SENTENCE + "does not end as one, and may be cut short"):
        read(broken(path.read_bytes()[:-100], tmp_path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_changed_bytes_are_one_sentence_or_other_rows(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Anywhere, the same ones each time. Some of these end the process that decodes."""
    chance, whole, said = random.Random(path.stem), path.read_bytes(), set()
    for _ in range(4):
        data = bytearray(whole)
        for _ in range(3):
            at = chance.randrange(4, len(data) - 4)
            data[at : at + chance.randrange(3)] = chance.randbytes(2)
        try:
            read(broken(bytes(data), tmp_path))
        except Stop as stop:
            said.add(str(stop).removeprefix(f"{tmp_path / 'no.parquet'}: "))
    assert said == {
        "cannot be read as Parquet: it is broken, or written in a way that is not known."
    }
    assert capfd.readouterr() == ("", "")


def test_a_byte_at_which_the_decoder_aborts_is_one_sentence(tmp_path: Path) -> None:
    """No Python can catch that within its own process."""
    data = bytearray((FILES[0].with_name("pyarrow-none.parquet")).read_bytes())
    data[645] = 208  # a width of bits that none has
    with pytest.raises(Stop, match=SENTENCE + "is broken"):
        read(broken(bytes(data), tmp_path))
