"""layout.py PREFIX VERSION: give Debian's CPython under PREFIX the layout of the upstream one.

Debian changes where packages go (dist-packages, /usr/local/lib). The official images have site-packages under their
prefix, and pip, Dockerfiles and caches know that place. Since 3.11 the site module is frozen into the executable as
well, so names are changed there too: by names of the same length.
"""
import os
import re
import shutil
import sys


def change(path, edit):
    """Edit the file, and fail when there was nothing to edit: then Debian's patch looks different by now."""
    with open(path, 'rb') as f:
        before = f.read()
    after = edit(before)
    if after == before:
        sys.exit(f'{path}: the text to replace was not found')
    with open(path, 'wb') as f:
        f.write(after)


def thaw_names(program):
    changed = program.replace(b'dist-packages', b'site-packages')
    changed = re.sub(rb'(?<=[\x00\t])local/lib(?=[\x00z])', b'./././lib', changed)
    assert len(changed) == len(program)
    return changed


def upstream_site(text):
    return re.sub(
        rb'            if is_virtual_environment:\n.*?                sitepackages\.append\(path\)\n',
        b'            for libdir in libdirs:\n'
        b'                sitepackages.append(os.path.join(prefix, libdir,\n'
        b'                                                 "python%d.%d" % sys.version_info[:2], "site-packages"))\n',
        text, count=1, flags=re.S)


def main(prefix, version):
    library = os.path.join(prefix, 'lib', 'python' + version)
    change(os.path.join(prefix, 'bin', 'python' + version), thaw_names)
    change(os.path.join(library, 'site.py'), upstream_site)
    sysconfig = os.path.join(library, 'sysconfig.py')
    if not os.path.exists(sysconfig):
        sysconfig = os.path.join(library, 'sysconfig', '__init__.py')
    change(sysconfig, lambda text: text.replace(b"prefix_scheme = 'posix_local'", b"prefix_scheme = 'posix_prefix'"))
    install = os.path.join(library, 'distutils', 'command', 'install.py')
    if os.path.exists(install):
        change(install, lambda text: text.replace(b"'unix_local'", b"'unix_prefix'"))

    for name in ('EXTERNALLY-MANAGED', 'sitecustomize.py'):
        if os.path.lexists(os.path.join(library, name)):
            os.unlink(os.path.join(library, name))
    shutil.rmtree(os.path.join(library, 'test'), ignore_errors=True)
    for folder, folders, _ in os.walk(library):
        if '__pycache__' in folders:
            shutil.rmtree(os.path.join(folder, '__pycache__'))
    os.makedirs(os.path.join(library, 'site-packages'), exist_ok=True)
    os.symlink('python' + version, os.path.join(prefix, 'bin', 'python3'))
    os.symlink('python3', os.path.join(prefix, 'bin', 'python'))


main(*sys.argv[1:])
