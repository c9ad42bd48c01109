"""Which files of the Debian packages belong to which Python distribution."""
import os
import re

from names import escaped

INFO = re.compile(r'[^/]+\.(dist-info|egg-info)(/|$)')
# packages that carry only modules of a distribution whose metadata is elsewhere
EXTRA_MODULES = {'python3-cffi-backend': 'cffi-', 'python3-pkg-resources': 'setuptools-'}


class Distribution:
    def __init__(self, info, package, files):
        self.info = info            # the name of its dist-info or egg-info
        self.package = package
        self.files = files


def find(tree, packages):
    """All distributions, by the name of their info."""
    found, without_info = {}, []
    for package in packages.values():
        infos = sorted({f.split('/')[0] for f in package.files if INFO.match(f)})
        if not infos:
            without_info.append(package)
        for info, files in _divide(tree, package, infos).items():
            found[info] = Distribution(info, package, files)
    owner = {f.split('/')[0]: d for d in found.values() for f in d.files}
    for package in without_info:     # python3-pandas-lib, python3-sqlalchemy-ext, python3-cffi-backend, ...
        prefix = EXTRA_MODULES.get(package.name)
        named = next((d for info, d in sorted(found.items()) if prefix and info.startswith(prefix)
                      and d.package.upstream_version == package.upstream_version), None)
        for file in package.files:
            distribution = named or owner.get(file.split('/')[0])
            if distribution:
                distribution.files.append(file)
    return found


def _divide(tree, package, infos):
    """The files of a package that carries one or several distributions."""
    own = {info: [] for info in infos}
    tops = {info: _top_level(tree, info) for info in infos}
    for file in package.files if infos else []:
        top = file.split('/')[0]
        if top in own:
            continue
        module = re.sub(r'\..*$', '', top)
        fitting = [i for i in infos if module in tops[i]] or [i for i in infos if module.lower() in tops[i]] or infos
        own[fitting[0]].append(file)
    return own


def _top_level(tree, info):
    names = {escaped(info.split('-')[0]).lower()}
    listed = os.path.join(tree.modules, info, 'top_level.txt')
    if os.path.exists(listed):
        with open(listed, encoding='utf-8') as lines:
            names |= {line.strip() for line in lines if line.strip()}
    record = os.path.join(tree.modules, info, 'RECORD')
    if os.path.exists(record):
        with open(record, encoding='utf-8', errors='replace') as lines:
            tops = {line.split(',')[0].split('/')[0] for line in lines}
        names |= {re.sub(r'\..*$', '', top) for top in tops if top and top != '..' and not top.endswith('-info')}
    return names
