"""Wheels from Debian's python3-* packages."""
import os
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor

from packaging.version import Version

import debs
import distributions
import elf
from metadata import Metadata, restore_requirements, settle_requirements
from names import canonical, escaped
from wheelfile import Entry, Wheel

GLIBC = {'3.11': '2_36'}        # of the release that the packages come from; newer ones below
NEWER_GLIBC = '2_41'


class Repack:
    def __init__(self, folder, work, out, python):
        self.out = out
        self.python = python
        self.tag = 'cp' + python.replace('.', '')
        packages = debs.unpack(folder, work)
        self.tree = debs.Tree(work)
        self.distributions = distributions.find(self.tree, packages)
        self.libraries = elf.Libraries(self.tree)

    def metadata(self):
        """Consistent metadata of all distributions, by the name of their info."""
        found = {info: Metadata(self.tree, d) for info, d in sorted(self.distributions.items())}
        found = {info: m for info, m in found.items() if m.usable}
        first_of = {}
        for info, metadata in found.items():
            first_of.setdefault(self.distributions[info].package.name, metadata)
        versions = {canonical(m.name): Version(m.version) for m in found.values()}
        changed = 0
        for info, metadata in found.items():
            restore_requirements(metadata, self.distributions[info], first_of)
            changed += settle_requirements(metadata, versions, self.python)
        print(f'{self.tag}: {len(found)} distributions, {changed} requirements adjusted', file=sys.stderr)
        return found

    def wheel(self, info, metadata):
        """Write one wheel; returns its path, or None for a distribution without modules."""
        entries, native, stable_abi, bundled = [], False, False, {}
        folder = escaped(metadata.name) + '.libs'
        for path, real in self._sources(self.distributions[info].files):
            if elf.is_elf(real):
                stable_abi |= '.abi3.' in path
                native |= '.abi3.' not in path
                data = self.libraries.relink(real, path, folder, bundled)
                entries.append(Entry(path, data, executable=True))
            else:
                with open(real, 'rb') as f:
                    entries.append(Entry(path, f.read(), executable=os.access(real, os.X_OK)))
        if not entries:
            return None
        entries += [Entry(f'{folder}/{soname}', data, executable=True) for soname, data in bundled.items()]
        wheel = Wheel(self.out, escaped(metadata.name), metadata.version, self._tags(native, stable_abi))
        return wheel.write(entries, metadata.encode(), not (native or stable_abi), self._more_info(info))

    def _tags(self, native, stable_abi):
        if not native and not stable_abi:
            return 'py3', 'none', 'any'
        return self.tag, self.tag if native else 'abi3', f'manylinux_{GLIBC.get(self.python, NEWER_GLIBC)}_x86_64'

    def _sources(self, files):
        """(path in the wheel, real file) for everything of this interpreter."""
        seen = set()
        for file in files:
            real = self.tree.resolve(os.path.join(self.tree.modules, file))
            for path, source in self._below(file, real) if real else []:
                if path not in seen and self._belongs(path):
                    seen.add(path)
                    yield path, source

    def _below(self, file, real):
        if not os.path.isdir(real):
            yield file, real
            return
        for folder, _, names in os.walk(real):
            for name in names:
                path = os.path.join(folder, name)
                source = self.tree.resolve(path)
                if source and os.path.isfile(source):
                    yield os.path.join(file, os.path.relpath(path, real)), source

    def _belongs(self, path):
        if '__pycache__' in path or '-info/' in path or path.endswith('.pyc'):
            return False
        if path.startswith(('debpython', 'ez_setup')):
            return False
        other = re.search(r'\.cpython-(\d+)d?-', path)
        return not other or other.group(1) == self.tag[2:]

    def _more_info(self, info):
        found = {}
        for name in ('entry_points.txt', 'top_level.txt'):
            path = os.path.join(self.tree.modules, info, name)
            if os.path.exists(path):
                with open(path, 'rb') as f:
                    found[name] = f.read()
        return found


_current = None


def _one(arguments):
    return _current.wheel(*arguments)


def run(folder, work, out, python, only):
    global _current  # the worker processes are forks: they find it there, and nothing large is sent to them
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(out)
    _current = Repack(folder, work, out, python)
    wanted = {canonical(name) for name in only.split(',')} if only else None
    jobs = [(info, m) for info, m in _current.metadata().items() if wanted is None or canonical(m.name) in wanted]
    # the large ones first, so that no core waits for one at the end
    jobs.sort(key=lambda job: -len(_current.distributions[job[0]].files))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        made = [path for path in pool.map(_one, jobs) if path]
    print(f'{_current.tag}: {len(made)} wheels', file=sys.stderr)
