"""Core metadata from what Debian keeps of it.

Debian's build takes unconditional requirements out and writes them as package dependencies, adds suffixes to versions,
and may lack what a requirement names or have another version. The wheels must be consistent among each other.
"""
import os
import re
from email.parser import HeaderParser

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from names import canonical

KEPT_FIELDS = ('Summary', 'Home-page', 'Author', 'License', 'Requires-Python')
# not requirements of the projects themselves
BUILD_PACKAGES = ('python3-pkg-resources', 'python3-distutils', 'python3-lib2to3', 'python3-setuptools')


class Metadata:
    def __init__(self, tree, distribution):
        self.headers = HeaderParser().parsestr(_text(tree, distribution.info))
        self.name = self.headers['Name'] or ''
        self.version = _released(self.headers['Version'] or '0', distribution.package.upstream_version)
        self.requires = list(self.headers.get_all('Requires-Dist') or [])
        self.extras = list(self.headers.get_all('Provides-Extra') or [])
        path = os.path.join(tree.modules, distribution.info, 'requires.txt')
        if distribution.info.endswith('.egg-info') and os.path.exists(path):
            with open(path, encoding='utf-8') as text:
                self.requires, extras = parse_requires_txt(text.read())
            self.extras += [e for e in extras if e not in self.extras]

    @property
    def usable(self):
        return self.name and self.name.upper() != 'UNKNOWN'

    def encode(self):
        lines = ['Metadata-Version: 2.1', f'Name: {self.name}', f'Version: {self.version}']
        for field in KEPT_FIELDS:
            value = self.headers.get(field)
            if value and '\n' not in value and value != 'UNKNOWN':
                lines.append(f'{field}: {value.rstrip(", ")}')
        lines += [f'Classifier: {c}' for c in self.headers.get_all('Classifier') or []]
        lines += [f'Requires-Dist: {r}' for r in self.requires]
        lines += [f'Provides-Extra: {e}' for e in self.extras]
        body = self.headers.get_payload() or self.headers.get('Description') or ''
        return ('\n'.join(lines) + '\n\n' + (body if isinstance(body, str) else '')).encode('utf-8', 'replace')


def _text(tree, info):
    path = os.path.join(tree.modules, info)
    if os.path.isdir(path):
        path = os.path.join(path, 'METADATA' if info.endswith('.dist-info') else 'PKG-INFO')
    with open(path, encoding='utf-8', errors='replace') as text:
        return text.read()


def _released(version, debian):
    """The version that the project released: no +dfsg, no .dev0 for want of a repository, no 0.0.0."""
    if re.match(r'0(\.0)*(\.|$)', version) and re.match(r'[1-9]', debian):
        version = debian
    try:
        return re.sub(r'\.dev\d*$', '', Version(version).public)
    except InvalidVersion:
        match = re.match(r'\d+(\.\d+)*', version)
        return match.group(0) if match else '0'


def parse_requires_txt(text):
    """The requirements of an egg-info: sections are extras, with a marker after a colon."""
    requires, extras, extra, marker = [], [], '', ''
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith('#') or '@' in line.partition(';')[0]:
            continue
        section = re.fullmatch(r'\[(.*)\]', line)
        if section:
            extra, _, marker = (part.strip() for part in section.group(1).partition(':'))
            if extra and extra not in extras:
                extras.append(extra)
            continue
        requirement, _, own = (part.strip() for part in line.partition(';'))
        conditions = [own, f'({marker})' if ' or ' in marker else marker, f'extra == "{extra}"' if extra else '']
        conditions = ' and '.join(filter(None, conditions))
        requires.append(f'{requirement}; {conditions}' if conditions else requirement)
    return requires, extras


def restore_requirements(metadata, distribution, first_of):
    """Bring back what Debian turned into dependencies. first_of: package name -> metadata of its first distribution."""
    if first_of.get(distribution.package.name) is not metadata:
        return
    named = {canonical(re.match(r'[A-Za-z0-9._-]+', r).group(0)) for r in metadata.requires if 'extra' not in r}
    named.add(canonical(metadata.name))
    for dependency in distribution.package.depends:
        match = re.match(r'(python3-[a-z0-9.+-]+)(?::any)?(?:\s*\((>=)\s*(?:\d+:)?([\d.]+))?', dependency)
        if not match or match.group(1) in BUILD_PACKAGES:
            continue
        if match.group(1).startswith('python3-cffi-backend'):
            name = 'cffi'
        elif match.group(1) in first_of:
            name = first_of[match.group(1)].name
        else:
            continue
        if canonical(name) not in named:
            named.add(canonical(name))
            metadata.requires.append(name + (f'>={match.group(3).rstrip(".")}' if match.group(2) else ''))


def settle_requirements(metadata, versions, python):
    """Drop what cannot be had, unpin what is there in another version. Returns how many were changed."""
    environment = {'python_version': python, 'python_full_version': python + '.2', 'extra': ''}
    kept, changed = [], 0
    for text in metadata.requires:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            changed += 1
            continue
        for_extra = 'extra' in str(requirement.marker or '')
        if requirement.marker and not for_extra and not requirement.marker.evaluate(environment):
            kept.append(text)
            continue
        version = versions.get(canonical(requirement.name))
        if version is None:
            changed += 1
        elif requirement.specifier.contains(version, prereleases=True):
            kept.append(text)
        else:
            requirement.specifier = SpecifierSet('')
            kept.append(str(requirement))
            changed += 1
    metadata.requires = kept
    return changed
