"""Archive: .zip and .gz, opened so that a small file cannot become a huge one."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from analytics.errors import UnreadableFile

MAX_ENTRIES = 500
MAX_RATIO = 400
MAX_UNPACKED = 4 << 30
MAX_WORKBOOK = 400 << 20

_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def unpack_zip(path: Path, name: str, folder: Path) -> list[tuple[Path, str]]:
    """The members of a zip archive, unpacked into `folder`, each with the name to show for it."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = checked_members(archive, path, name, MAX_UNPACKED)
            wanted = [member for member in wanted if not _is_clutter(member.filename)]
            shown = _shown_names(name, wanted)
            return [
                (_stream(archive.open(member), folder / f"member-{number}", path, name), shown[number])
                for number, member in enumerate(wanted)
            ]
    except _BROKEN as error:
        raise UnreadableFile(name, "is a damaged archive", "export or download it again.") from error


def unpack_gzip(path: Path, name: str, folder: Path) -> Path:
    """The content of a .gz file, unpacked into `folder`."""
    try:
        return _stream(gzip.GzipFile(path), folder / "unpacked", path, name)
    except _BROKEN as error:
        raise UnreadableFile(name, "is a damaged archive", "export or download it again.") from error


def checked_members(archive: zipfile.ZipFile, path: Path, name: str, limit: int) -> list[zipfile.ZipInfo]:
    """The files in the archive. Raises UnreadableFile if it is encrypted or declares more than is sane."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(name, "is protected with a password", "save it without the password.")
    declared = sum(member.file_size for member in members)
    if len(members) > MAX_ENTRIES or declared > limit or _too_dense(declared, path):
        raise _bomb(name)
    if any(_is_unsafe(member.filename) for member in members):
        raise UnreadableFile(name, "holds a file with an unsafe name", "pack only the export itself.")
    return members


def check_workbook(path: Path, name: str) -> None:
    """Raises UnreadableFile for an .xlsx that is encrypted, a bomb, damaged or declares XML entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = 0
            for member in checked_members(archive, path, name, MAX_WORKBOOK):
                with archive.open(member) as part:
                    unpacked += _inspected(part, member.filename, name, MAX_WORKBOOK - unpacked)
            if _too_dense(unpacked, path):
                raise _bomb(name)
    except _BROKEN as error:
        raise UnreadableFile(name, "is a damaged workbook", "save or export it again.") from error


def _inspected(part: IO[bytes], member: str, name: str, limit: int) -> int:
    size, before = 0, b""
    is_xml = member.lower().endswith((".xml", ".rels"))
    for chunk in _chunks(part):
        size += len(chunk)
        if size > limit:
            raise _bomb(name)
        # UTF-16 parts are legal XML; without the NULs their declarations look the same.
        text = (before + chunk).replace(b"\0", b"") if is_xml else b""
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise UnreadableFile(
                name, "is a workbook with XML entities, which no spreadsheet program writes", "save it again."
            )
        before = chunk[-32:]
    return size


def _stream(source: IO[bytes] | gzip.GzipFile, target: Path, packed: Path, name: str) -> Path:
    size = 0
    with source, target.open("wb") as out:
        for chunk in _chunks(source):
            size += len(chunk)
            if size > MAX_UNPACKED or _too_dense(size, packed):
                raise _bomb(name)
            out.write(chunk)
    return target


def _chunks(source: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def _too_dense(unpacked: int, packed: Path) -> bool:
    # Small files may be dense and do no harm.
    return unpacked > 16 * _CHUNK and unpacked > MAX_RATIO * packed.stat().st_size


def _bomb(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, "unpacks to far more than an export of its size", "unpack it and import the export itself."
    )


def _is_clutter(member: str) -> bool:
    return member.startswith("__MACOSX/") or member.rsplit("/", 1)[-1].startswith(".")


def _is_unsafe(member: str) -> bool:
    return member.startswith(("/", "\\")) or ".." in member.replace("\\", "/").split("/") or "\0" in member


def _shown_names(name: str, members: list[zipfile.ZipInfo]) -> list[str]:
    shown: list[str] = []
    for member in members:
        plain = f"{name}/{member.filename.rsplit('/', 1)[-1]}"
        same = sum(1 for other in shown if other == plain or other.startswith(f"{plain} ("))
        shown.append(f"{plain} ({same + 1})" if same else plain)
    return shown
