"""Shared libraries: extension modules get what they link to into the wheel, as auditwheel does it."""
import os
import re
import subprocess
import tempfile

# what every base image has
SYSTEM = re.compile(r'(libc|libm|libpthread|libdl|librt|libutil|libgcc_s|libstdc\+\+|ld-linux-x86-64|libz|libcrypt|'
                    r'libresolv|libanl|libnsl|libpython3[\d.]+)\.so')
LIBRARY_FOLDERS = ('usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib')


def is_elf(path):
    if '.so' not in os.path.basename(path):
        return False
    with open(path, 'rb') as f:
        return f.read(4) == b'\x7fELF'


class Libraries:
    """The shared libraries of an unpacked tree, by soname."""

    def __init__(self, tree):
        self.tree = tree
        self.paths = {}
        for base in LIBRARY_FOLDERS:
            for folder, _, files in os.walk(os.path.join(tree.root, base)):
                if 'python3' in folder:
                    continue
                for file in files:
                    if '.so' in file:
                        self.paths.setdefault(file, os.path.join(folder, file))

    def find(self, soname):
        path = self.paths.get(soname)
        return self.tree.resolve(path) if path else None

    def relink(self, path, arcname, folder, bundled):
        """The bytes of the module at path, made to find its libraries in `folder`; adds those to bundled."""
        wanted = [so for so in _needed(path) if self.find(so)]
        if not wanted:
            with open(path, 'rb') as f:
                return f.read()
        up = '/'.join(['..'] * arcname.count('/')) or '.'
        while wanted:
            soname = wanted.pop()
            source = self.find(soname)
            if soname not in bundled and source:
                bundled[soname] = _with_rpath(source, '$ORIGIN')
                wanted += _needed(source)
        return _with_rpath(path, f'$ORIGIN/{up}/{folder}')


def _patchelf(*arguments):
    return subprocess.run(['patchelf', *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def _needed(path):
    return [so for so in _patchelf('--print-needed', path).split() if not SYSTEM.match(so)]


def _with_rpath(path, rpath):
    # some find the libraries of their own package that way already
    old = _patchelf('--print-rpath', path).strip()
    if '$ORIGIN' in old and old != rpath:
        rpath = old + ':' + rpath
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'library.so')
        with open(path, 'rb') as source, open(copy, 'wb') as target:
            target.write(source.read())
        subprocess.run(['patchelf', '--force-rpath', '--set-rpath', rpath, copy], check=True, stderr=subprocess.DEVNULL)
        with open(copy, 'rb') as f:
            return f.read()
