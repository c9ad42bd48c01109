"""Asks the packaging library inside pip for lists of tags and for the order of versions.

    docker run --rm -i python:3.14 python - tags <record.py >tags.txt
    docker run --rm -i python:3.14 python - versions <record.py >versions.txt

The image's pip 26 has the newest rules of the test bed. A line of tags.txt has the facts of an interpreter, the number
of its tags and the sha256 of the list, one a line. versions.txt has versions from low to high with their normal
spelling; `=` in front where one equals the one before, `-` where it is no version.
"""
import hashlib
import sys

from pip._vendor.packaging import _manylinux, _musllinux, tags
from pip._vendor.packaging.version import InvalidVersion, Version

# implementation, version, abi, machine, libc
FACTS = [
    ("cpython", "3.11", "cp311", "x86_64", "glibc-2.36"),
    ("cpython", "3.13", "cp313", "x86_64", "glibc-2.41"),
    ("cpython", "3.13", "cp313t", "x86_64", "glibc-2.41"),
    ("cpython", "3.12", "cp312d", "x86_64", "glibc-2.36"),
    ("cpython", "3.7", "cp37m", "x86_64", "glibc-2.17"),
    ("cpython", "3.12", "cp312", "aarch64", "glibc-2.31"),
    ("cpython", "3.9", "cp39", "i686", "glibc-2.28"),
    ("cpython", "3.11", "cp311", "armv7l", "glibc-2.36"),
    ("cpython", "3.12", "cp312", "x86_64", "musl-1.2"),
    ("cpython", "3.12", "cp312", "aarch64", "musl-1.1"),
    ("cpython", "2.7", "cp27mu", "x86_64", "glibc-2.24"),
    ("pypy", "3.10", "pypy310_pp73", "x86_64", "glibc-2.31"),
]

VERSIONS = """1.0.dev1 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456
1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0c2 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1
1 1.0.0 v1.0 1.0-1 1.0.post1 1.0-r1 1.0.rev1 1.0post 1.0-post-2 1.0_a_3 1.0.ALPHA.4 1.0preview5 1.0-pre6 1.0.dev 1.0a
1!0.1 2!0 1.0+ubuntu-1 1.0+ubuntu.1 1.0+ubuntu_01 1.0+Abc 1.0+1.a 1.0+1 1.0+10 1.0+9 1.0+a.b.c 2024.1.15 2024.01.15
0 0.0 00.1 10.0 9.0 1.10 1.9 1.0.0.0.1 1.0a0 1.0b0 1.0rc0 1.0.post0 1.0.dev0 2.5.1+cu121 2.5.1+cpu 2.5.1 0.0.0.dev0
20240101123456789 1.0a1.post2.dev3+local.4 1.0-dev 1.0_dev_2 1.0.post-3 1.0a-5 1.0a.6 1.0a_7 01.02""".split()

WRONG = ["", "french toast", "1.0+", "1.0+a+b", "1..0", "1.0.", "1.0a1a2", "1.0-", "1.0+_a", "1.0+a..b", "1.0.x", "==1.0",
         "1.0 b1", "a1.0", "1!2!3", "1.0.post1.post2", "1.0.dev1.post1", "1.0+ä", "٣.0", "1.0.*", "!1", "1.0--1"]


def platforms(machine, libc):
    kind, number = libc.split("-")
    pair = tuple(map(int, number.split(".")))
    _manylinux._have_compatible_abi = lambda executable, archs: True
    _manylinux._get_glibc_version = lambda: pair
    _musllinux._get_musl_version = lambda executable: _musllinux._MuslVersion(*pair)
    many = list(_manylinux.platform_tags([machine])) if kind == "glibc" else []
    musl = list(_musllinux.platform_tags([machine])) if kind == "musl" else []
    return [*many, *musl, f"linux_{machine}"]


def listed(implementation, version, abi, machine, libc):
    pair = tuple(map(int, version.split(".")))
    short = version.replace(".", "")
    found = platforms(machine, libc)
    if implementation == "cpython":
        abis = [abi, abi.replace("d", "")] if abi.endswith("d") and not abi.endswith("md") else [abi]
        own = tags.cpython_tags(pair, abis, found)
        interpreter = f"cp{short}"
    else:
        own = tags.generic_tags(f"pp{short}", [abi], found)
        interpreter = "pp3"
    return [str(tag) for tag in [*own, *tags.compatible_tags(pair, interpreter, found)]]


def print_tags():
    for facts in FACTS:
        names = listed(*facts)
        text = "".join(f"{name}\n" for name in dict.fromkeys(names))
        print(*facts, len(set(names)), hashlib.sha256(text.encode()).hexdigest())


def print_versions():
    before = None
    for text in sorted(VERSIONS, key=lambda one: (Version(one), VERSIONS.index(one))):
        version = Version(text)
        print("=" if version == before else "+", text, version)
        before = version
    for text in WRONG:
        try:
            Version(text)
        except InvalidVersion:
            print("-", text)
        else:
            raise SystemExit(f"{text} is a version")


{"tags": print_tags, "versions": print_versions}[sys.argv[1]]()
