"""Fetch the files of static/vendor again, as VENDOR.toml describes them.

For developers who move a version: edit VENDOR.toml, run `python tools/vendor.py`, look at the
difference. npm decides where packages come from; nothing here names a host. A package or a file
that differs from its checksum is refused, so a new version needs its checksums in hand.
"""

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent.parent / "static" / "vendor"


def fetch(package: dict[str, Any], folder: Path) -> Path:
    """Let npm download one package, and hold it to its integrity value."""
    wanted = f"{package['name']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", folder, wanted],
        check=True,
        capture_output=True,
        text=True,
    )
    tarball = folder / packed.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package["integrity"]:
        sys.exit(f"{wanted} is not the package we chose: sha512-{digest}")
    return tarball


def unpack(package: dict[str, Any], tarball: Path) -> None:
    """Copy the listed files out of a package, and nothing else."""
    with tarfile.open(tarball) as archive:
        for file in package["file"]:
            member = archive.extractfile(file["from"])
            if member is None:
                sys.exit(f"{tarball.name} has no file {file['from']}")
            content = member.read()
            digest = hashlib.sha256(content).hexdigest()
            if digest != file["sha256"]:
                sys.exit(f"{file['from']} is not the file we chose: {digest}")
            target = VENDOR / file["to"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            print(f"{target.relative_to(VENDOR)}  {len(content):,} bytes")


def main() -> None:
    packages = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            unpack(package, fetch(package, Path(folder)))


if __name__ == "__main__":
    main()
