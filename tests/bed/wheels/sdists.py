"""Source distributions, made from pure wheels."""
import io
import json
import os
import sys
import tarfile
import zipfile
from email.parser import HeaderParser

from names import canonical

# name -> (has a pyproject.toml, has no wheel): legacy and PEP 517 builds, with and without a wheel beside them
SDISTS = {
    'docopt': (False, True), 'flask-login': (True, True), 'pymysql': (False, True),
    'six': (True, False), 'itsdangerous': (True, False), 'vine': (True, False),
}
WITHOUT_WHEEL = 'without-wheel.json'
TIME = 1704067200
PYPROJECT = '[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "setuptools.build_meta"\n'


def make(source, out):
    """One sdist for each of SDISTS that the folder `source` has a wheel of."""
    os.makedirs(out, exist_ok=True)
    made = []
    for file in sorted(os.listdir(source)):
        name = canonical(file.split('-')[0])
        if name in SDISTS and file.endswith('-none-any.whl'):
            _make_one(os.path.join(source, file), out, pyproject=SDISTS[name][0])
            made.append(name)
    if set(made) != set(SDISTS):
        sys.exit(f'no wheel to make an sdist from: {set(SDISTS) - set(made)}')
    with open(os.path.join(out, WITHOUT_WHEEL), 'w', encoding='ascii') as f:
        json.dump(sorted(name for name in made if SDISTS[name][1]), f)


def _make_one(path, out, pyproject):
    name, version = os.path.basename(path).split('-')[:2]
    base = f'{name.lower()}-{version}'
    with zipfile.ZipFile(path) as wheel:
        metadata = wheel.read(f'{name}-{version}.dist-info/METADATA')
        files = {n: wheel.read(n) for n in wheel.namelist() if '.dist-info/' not in n}
    members = {'PKG-INFO': metadata, 'setup.py': _setup(metadata.decode(), files),
               'MANIFEST.in': b'recursive-include src *\n'}
    if pyproject:
        members['pyproject.toml'] = PYPROJECT.encode()
    members.update({'src/' + n: data for n, data in files.items()})
    target = os.path.join(out, base + '.tar.gz')
    with tarfile.open(target + '.part', 'w:gz', compresslevel=6) as archive:
        for member, data in members.items():
            item = tarfile.TarInfo(f'{base}/{member}')
            item.size, item.mtime = len(data), TIME
            archive.addfile(item, io.BytesIO(data))
    os.replace(target + '.part', target)


def _setup(metadata, files):
    headers = HeaderParser().parsestr(metadata)
    arguments = {
        'name': headers['Name'], 'version': headers['Version'],
        'packages': sorted({os.path.dirname(f).replace('/', '.') for f in files if f.endswith('.py') and '/' in f}),
        'py_modules': sorted(f[:-3] for f in files if f.endswith('.py') and '/' not in f),
        'install_requires': [r for r in headers.get_all('Requires-Dist') or [] if 'extra' not in r],
        'include_package_data': True, 'package_dir': {'': 'src'},
    }
    text = ', '.join(f'{k}={v!r}' for k, v in arguments.items())
    return f'from setuptools import setup\nsetup({text})\n'.encode()


def merge(out, sources):
    """All files of the sources in one folder as hard links, but for wheels that are to exist as sdists only."""
    os.makedirs(out, exist_ok=True)
    for name in os.listdir(out):
        os.unlink(os.path.join(out, name))
    without = set()
    for source in sources:
        listed = os.path.join(source, WITHOUT_WHEEL)
        if os.path.exists(listed):
            with open(listed, encoding='ascii') as f:
                without |= set(json.load(f))
    for source in sources:
        for name in sorted(os.listdir(source)):
            if name.endswith('.tar.gz') or name.endswith('.whl') and canonical(name.split('-')[0]) not in without:
                link = os.path.join(out, name)
                if not os.path.exists(link):
                    os.link(os.path.join(source, name), link)
