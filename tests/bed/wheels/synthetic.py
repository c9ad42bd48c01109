"""Wheels of any size that cannot be compressed and are the same for the same seed."""
import os
import random

from names import escaped, parse_size
from wheelfile import Entry, Wheel

CHUNK = 1 << 20


def make(out, name, version, size, files, requires, seed):
    os.makedirs(out, exist_ok=True)
    total = parse_size(size)
    module = escaped(name).lower()
    entries = [Entry(f'{module}/__init__.py', f'__version__ = {version!r}\n'.encode())]
    for number in range(files):
        length = total // files
        entries.append(Entry(f'{module}/lib/lib{module}_{number}.so', executable=True, size=length,
                             chunks=_chunks(random.Random(f'{name}-{seed}-{number}'), length)))
    metadata = [f'Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: synthetic\nRequires-Python: >=3.8']
    metadata += [f'Requires-Dist: {r}' for r in requires.split(',') if r]
    wheel = Wheel(out, escaped(name), version, ('py3', 'none', 'manylinux_2_17_x86_64'))
    print(wheel.write(entries, ('\n'.join(metadata) + '\n\n').encode(), pure=False))


def _chunks(source, left):
    while left > 0:
        length = min(left, CHUNK)
        yield source.randbytes(length)
        left -= length
