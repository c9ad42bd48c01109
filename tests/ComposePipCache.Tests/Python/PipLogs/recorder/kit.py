"""The tiny packages that the recorded runs install; the same bytes every time."""
import gzip
import hashlib
import io
import pathlib
import tarfile
import zipfile

SETUPTOOLS = '[build-system]\nrequires = ["setuptools", "wheel"]\nbuild-backend = "setuptools.build_meta"\n'
LOOKALIKE = 'raise RuntimeError("cannot build: Connection to db.example timed out. HTTP error 503")\n'
FIRST_LINK = """\
import re, sys, urllib.request
print(re.search('href="([^"#]*)', urllib.request.urlopen(sys.argv[1]).read().decode())[1])
"""
FETCHES = 'import urllib.request\nurllib.request.urlopen("http://nonexistent.invalid/model.bin")\n'


def wheel(folder, name, version, requires=(), python=None, size=0, tags="py3-none-any"):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {one}" for one in requires]
    lines += [f"Requires-Python: {python}"] if python else []
    info = f"{name}-{version}.dist-info"
    files = {f"{name}/__init__.py": b"", f"{info}/METADATA": "\n".join(lines).encode() + b"\n",
             f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: kit\nRoot-Is-Purelib: true\nTag: {tags}\n".encode()}
    if size:
        files[f"{name}/data.bin"] = b"".join(hashlib.sha256(b"%d" % i).digest() for i in range(size // 32))
    record = "".join(f"{path},,\n" for path in files) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{name}-{version}-{tags}.whl", "w") as archive:
        for path, data in {**files, f"{info}/RECORD": record.encode()}.items():
            archive.writestr(zipfile.ZipInfo(path), data)


def project(name, version, setup="", pyproject=None):
    """The files of a source tree; `setup` runs before the call of setup()."""
    call = f"from setuptools import setup\nsetup(name={name!r}, version={version!r}, py_modules=[{name!r}])\n"
    files = {"setup.py": setup + call, f"{name}.py": "", "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\n"
             f"Version: {version}\n"}
    return files | ({"pyproject.toml": pyproject} if pyproject else {})


def sdist(folder, name, version, **parts):
    path = folder / f"{name}-{version}.tar.gz"
    with gzip.GzipFile(path, "wb", mtime=0) as file, tarfile.open(fileobj=file, mode="w") as archive:
        for path, text in project(name, version, **parts).items():
            member = tarfile.TarInfo(f"{name}-{version}/{path}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))


def make(folder):
    """Fills `folder`/index (served) and `folder`/files (mounted into the containers)."""
    index, files = folder / "index", folder / "files"
    for made in (index, files / "links", files / "local", files / "here"):
        made.mkdir(parents=True, exist_ok=True)
    for version in ("1.0", "1.1"):
        wheel(index, "alpha", version)
    wheel(index, "beta", "1.0", ["alpha>=1.0"])
    wheel(index, "gamma", "1.0+cpu", ["alpha"])
    wheel(index, "confa", "1.0", ["alpha==1.0"])
    wheel(index, "confb", "1.0", ["alpha==1.1"])
    wheel(index, "parentx", "1.0")
    wheel(index, "parentx", "2.0", ["childx"])
    wheel(index, "childx", "1.0")
    wheel(index, "pyreq", "1.0", python=">=4.0")
    wheel(index, "big", "1.0", size=2_000_000)
    sdist(index, "srcpep", "1.0", pyproject=SETUPTOOLS)
    sdist(index, "srcold", "1.0")
    sdist(index, "broken", "1.0", setup=LOOKALIKE, pyproject=SETUPTOOLS)
    sdist(index, "fetches", "1.0", setup=FETCHES, pyproject=SETUPTOOLS)
    wheel(files / "here", "omega", "1.0", tags="cp27-cp27m-win32")
    wheel(files / "here", "delta", "1.0", ["alpha"])
    sdist(files / "here", "srcpep", "1.0", pyproject=SETUPTOOLS)
    for path, text in project("local", "0.1", pyproject=SETUPTOOLS).items():
        (files / "local" / path).write_text(text)
    make_links_page(index / "alpha-1.1-py3-none-any.whl", files / "links")
    (files / "elsewhere.html").write_text(
        '<a href="http://nonexistent.invalid/big-1.0-py3-none-any.whl">big-1.0-py3-none-any.whl</a>\n')
    write_requirements(index, files)


def make_links_page(original, folder):
    alias = original.name.replace("-py3", "-0-py3")
    (folder / alias).write_bytes(original.read_bytes())
    (folder / "links.html").write_text(f'<!DOCTYPE html><a href="{alias}#sha256={digest(original)}">{alias}</a>\n')


def digest(path: pathlib.Path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_requirements(index, files):
    hashed = {name: digest(index / f"{name}-py3-none-any.whl") for name in ("alpha-1.1", "beta-1.0")}
    (files / "hashed.txt").write_text("".join(
        f"{name.replace('-', '==')} --hash=sha256:{value}\n" for name, value in hashed.items()))
    (files / "badhash.txt").write_text(f"alpha==1.0 --hash=sha256:{'0' * 64}\n")
    (files / "nohash.txt").write_text(f"beta==1.0 --hash=sha256:{hashed['beta-1.0']}\n")
    (files / "plain.txt").write_text("# a comment\nbeta\ngamma\n")
    (files / "big.txt").write_text("big\n")
    (files / "first_link.py").write_text(FIRST_LINK)
    (files / "invalid.txt").write_text("alpha===\n==nonsense\n")
