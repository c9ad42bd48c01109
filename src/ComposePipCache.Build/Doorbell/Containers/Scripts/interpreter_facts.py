import sys
sys.path[:] = [p for p in sys.path if p not in ('', '.')]
import os

facts = []


def tell(name, value):
    if value:
        facts.append('%s=%s' % (name, value))


implementation = getattr(sys, 'implementation', None)
tell('implementation', implementation.name if implementation
     else 'pypy' if hasattr(sys, 'pypy_version_info') else 'cpython')
info = sys.version_info
release = '' if info[3] == 'final' else {'alpha': 'a', 'beta': 'b'}.get(info[3], 'rc') + str(info[4])
tell('version', '%d.%d.%d%s' % (info[0], info[1], info[2], release))
tell('prefix', sys.prefix)
machine = os.uname()[4]
tell('machine', machine)
tell('bits', '64' if sys.maxsize > 2 ** 32 else '32')
tell('platform', '%s-%s' % ('linux' if sys.platform.startswith('linux') else sys.platform, machine))
tell('free-threaded', '1' if 't' in getattr(sys, 'abiflags', '') else '')
try:
    # sysconfig knows more and costs as much as all the rest
    import _imp
    suffix = _imp.extension_suffixes()[0]
    tell('abi', suffix[1:-3] if suffix.count('.') > 1 else '')
except Exception:
    pass
try:
    tell('libc', os.confstr('CS_GNU_LIBC_VERSION'))
except Exception:
    pass
try:
    try:
        from importlib.machinery import PathFinder
        origin = PathFinder.find_spec('pip').origin
    except ImportError:
        import imp
        origin = os.path.join(imp.find_module('pip')[1], '__init__.py')
    with open(origin, 'rb') as source:
        for line in source.read().decode('utf-8').splitlines():
            if line.startswith('__version__'):
                tell('pip', line.split('=', 1)[1].strip(' \t"\''))
except Exception:
    pass
text = '\n'.join(facts)
getattr(sys.stdout, 'buffer', sys.stdout).write(text if isinstance(text, bytes) else text.encode('utf-8', 'surrogateescape'))
