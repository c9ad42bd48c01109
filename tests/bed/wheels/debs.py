"""Debian packages: unpacked into one tree, with what they own and need."""
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

DIST_PACKAGES = 'usr/lib/python3/dist-packages/'
# what python packages use: other python packages, shared libraries, and data that links point to
WANTED = re.compile(r'(python3?-|lib|tzdata_|ca-certificates_|javascript-)')


class Package:
    def __init__(self, deb, listing):
        fields = subprocess.run(['dpkg-deb', '-f', deb, 'Package', 'Version', 'Depends'],
                                check=True, stdout=subprocess.PIPE, text=True).stdout
        field = dict(re.findall(r'^(\w+): (.*)$', fields, re.M))
        self.name = field['Package']
        self.version = field['Version']
        # of alternatives the first one is what Debian itself installs
        self.depends = [d.split('|')[0].strip() for d in field.get('Depends', '').split(',')]
        paths = [line.removeprefix('./') for line in listing.splitlines() if not line.endswith('/')]
        self.files = [p.removeprefix(DIST_PACKAGES) for p in paths if p.startswith(DIST_PACKAGES)]

    @property
    def upstream_version(self):
        """Without Debian's epoch and revision."""
        return re.sub(r'^\d+:', '', self.version).rsplit('-', 1)[0]


def unpack(folder, root):
    """Unpack every wanted package of the folder; returns those that own python modules, by name."""
    os.makedirs(root, exist_ok=True)

    def one(deb):
        listing = subprocess.run(['dpkg-deb', '--vextract', deb, root],
                                 check=True, stdout=subprocess.PIPE, text=True).stdout
        return Package(deb, listing) if os.path.basename(deb).startswith('python3-') else None

    debs = [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith('.deb') and WANTED.match(f)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {p.name: p for p in pool.map(one, debs) if p and p.files}


class Tree:
    """An unpacked tree whose absolute links point into itself."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.modules = os.path.join(self.root, DIST_PACKAGES)

    def resolve(self, path, depth=0):
        """The real file for a path inside the tree, or None; links may stand anywhere in it."""
        if depth > 20:
            return None
        parts = os.path.relpath(os.path.normpath(path), self.root).split('/')
        if parts[0] == '..':
            return None
        here = self.root
        for number, part in enumerate(parts):
            here = os.path.join(here, part)
            if os.path.islink(here):
                target = os.readlink(here)
                base = self.root + target if target.startswith('/') else os.path.join(os.path.dirname(here), target)
                return self.resolve(os.path.join(base, *parts[number + 1:]), depth + 1)
        return here if os.path.exists(here) else None
