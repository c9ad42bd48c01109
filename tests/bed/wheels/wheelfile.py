"""Writing wheel files: the same bytes for the same content."""
import base64
import hashlib
import os
import zipfile

TIME = (2024, 1, 1, 0, 0, 0)


class Entry:
    """A file of a wheel: its bytes, or for large ones its size and an iterator over chunks."""

    def __init__(self, path, data=None, executable=False, size=None, chunks=None):
        self.path = path
        self.data = data
        self.mode = 0o755 if executable else 0o644
        self.size = size
        self.chunks = chunks


class Wheel:
    def __init__(self, folder, name, version, tags):
        self.path = os.path.join(folder, f'{name}-{version}-{"-".join(tags)}.whl')
        self.tags = tags
        self.info = f'{name}-{version}.dist-info'

    def write(self, entries, metadata, pure, more_info=None):
        """entries: what is installed; more_info: further files of the dist-info folder."""
        records = []
        with zipfile.ZipFile(self.path + '.part', 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for entry in sorted(entries, key=lambda e: e.path):
                records.append(self._add(archive, entry))
            info = dict(more_info or {})
            info['METADATA'] = metadata
            info['WHEEL'] = self._wheel_text(pure)
            for name, data in info.items():
                records.append(self._add(archive, Entry(f'{self.info}/{name}', data)))
            records.append(f'{self.info}/RECORD,,')
            self._add(archive, Entry(f'{self.info}/RECORD', ('\n'.join(records) + '\n').encode()))
        os.replace(self.path + '.part', self.path)
        return self.path

    def _wheel_text(self, pure):
        pythons, abi, platform = self.tags
        lines = ['Wheel-Version: 1.0', 'Generator: docker-pipcache test bed', f'Root-Is-Purelib: {str(pure).lower()}']
        lines += [f'Tag: {python}-{abi}-{platform}' for python in pythons.split('.')]
        return ('\n'.join(lines) + '\n').encode()

    @staticmethod
    def _add(archive, entry):
        item = zipfile.ZipInfo(entry.path, TIME)
        item.external_attr = (0o100000 | entry.mode) << 16
        item.compress_type = zipfile.ZIP_DEFLATED
        digest, length = hashlib.sha256(), 0
        if entry.chunks is None:
            digest.update(entry.data)
            length = len(entry.data)
            archive.writestr(item, entry.data)
        else:
            item.compress_type = zipfile.ZIP_STORED
            item.file_size = entry.size
            with archive.open(item, 'w', force_zip64=True) as target:
                for chunk in entry.chunks:
                    digest.update(chunk)
                    length += len(chunk)
                    target.write(chunk)
        path = '"%s"' % entry.path.replace('"', '""') if set(entry.path) & set(',"') else entry.path
        return f'{path},sha256={base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()},{length}'
