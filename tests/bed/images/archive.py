"""archive.py --layers DIR --created EPOCH --out FILE: all images of the bed in one archive for `docker load`.

The archive is an OCI layout with docker's manifest.json beside it: the containerd store reads the one, the graphdriver
store the other. Equal layers are stored once. No clock is read: the same layers give the same image IDs.
"""
import argparse
import datetime
import hashlib
import io
import json
import os
import tarfile

PYTHON_PATH = 'PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin'
OCI = 'application/vnd.oci.image.'
PLAIN_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'


def python_image(tags, layers, version):
    config = {'Env': [PYTHON_PATH, 'LANG=C.UTF-8', 'PYTHON_VERSION=' + version], 'Cmd': ['python3']}
    return {'tags': ['python:' + t for t in tags], 'layers': layers, 'config': config}


def images(folder):
    def version(name):
        with open(os.path.join(folder, f'python-{name}.version'), encoding='ascii') as f:
            return f.read().strip()

    return [
        python_image(['3.11', '3.11-slim', '3.11-bookworm', '3.11-slim-bookworm'],
                     ['base-bookworm', 'python-3.11'], version('3.11')),
        python_image(['3.13', '3.13-slim', '3-slim', '3', 'latest'], ['base-trixie', 'python-3.13'], version('3.13')),
        python_image(['3.14', '3.14-slim'], ['base-sid', 'python-3.14'], version('3.14')),
        python_image(['3.11-alpine'], ['python-3.11-alpine'], version('3.11')),
        {'tags': ['redis:7', 'redis:7-alpine', 'redis:alpine', 'redis:latest'], 'layers': ['base-bookworm', 'redis'],
         'config': {'Env': [PLAIN_PATH], 'ExposedPorts': {'6379/tcp': {}}, 'Cmd': ['--save', ''],
                    'Entrypoint': ['/usr/bin/redis-server', '--protected-mode', 'no']}},
        {'tags': ['busybox:1', 'busybox:latest'], 'layers': ['busybox'],
         'config': {'Env': [PLAIN_PATH], 'Cmd': ['sh']}},
    ]


class Archive:
    def __init__(self, folder, out, created):
        self.folder = folder
        self.created = datetime.datetime.fromtimestamp(created, datetime.timezone.utc).strftime('%FT%TZ')
        self.tar = tarfile.open(out, 'w')
        self.blobs = {}
        self.layer_digests = {}

    def add(self, name, data):
        info = tarfile.TarInfo(name)
        info.size = len(data)
        self.tar.addfile(info, io.BytesIO(data))

    def blob(self, data, media_type):
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.blobs:
            self.blobs[digest] = len(data)
            self.add('blobs/sha256/' + digest, data)
        return {'mediaType': media_type, 'digest': 'sha256:' + digest, 'size': len(data)}

    def layer(self, name):
        if name not in self.layer_digests:
            path = os.path.join(self.folder, name + '.tar')
            with open(path, 'rb') as f:
                digest = hashlib.file_digest(f, 'sha256').hexdigest()
            info = tarfile.TarInfo('blobs/sha256/' + digest)
            info.size = os.path.getsize(path)
            with open(path, 'rb') as f:
                self.tar.addfile(info, f)
            self.layer_digests[name] = digest
        digest = self.layer_digests[name]
        size = os.path.getsize(os.path.join(self.folder, name + '.tar'))
        return {'mediaType': OCI + 'layer.v1.tar', 'digest': 'sha256:' + digest, 'size': size}

    def image(self, spec):
        layers = [self.layer(name) for name in spec['layers']]
        config = self.blob(json.dumps({
            'architecture': 'amd64', 'os': 'linux', 'created': self.created, 'config': spec['config'],
            'rootfs': {'type': 'layers', 'diff_ids': [layer['digest'] for layer in layers]},
            'history': [{'created': self.created, 'created_by': 'test bed: ' + name} for name in spec['layers']],
        }, sort_keys=True).encode(), OCI + 'config.v1+json')
        manifest = self.blob(json.dumps({
            'schemaVersion': 2, 'mediaType': OCI + 'manifest.v1+json', 'config': config, 'layers': layers,
        }, sort_keys=True).encode(), OCI + 'manifest.v1+json')
        return config, manifest, layers

    def close(self, index, manifest):
        def path(descriptor):
            return 'blobs/sha256/' + descriptor['digest'].split(':')[1]

        self.add('oci-layout', b'{"imageLayoutVersion":"1.0.0"}')
        self.add('index.json', json.dumps({
            'schemaVersion': 2, 'mediaType': OCI + 'index.v1+json', 'manifests': index}).encode())
        self.add('manifest.json', json.dumps([
            {'Config': path(config), 'RepoTags': tags, 'Layers': [path(layer) for layer in layers]}
            for config, tags, layers in manifest]).encode())
        self.tar.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--layers', required=True)
    parser.add_argument('--created', type=int, required=True)
    parser.add_argument('--out', required=True)
    options = parser.parse_args()

    archive = Archive(options.layers, options.out + '.part', options.created)
    index, manifests = [], []
    for spec in images(options.layers):
        config, manifest, layers = archive.image(spec)
        manifests.append((config, spec['tags'], layers))
        for tag in spec['tags']:
            names = {'io.containerd.image.name': 'docker.io/library/' + tag,
                     'org.opencontainers.image.ref.name': tag.split(':')[1]}
            platform = {'architecture': 'amd64', 'os': 'linux'}
            index.append({**manifest, 'platform': platform, 'annotations': names})
    archive.close(index, manifests)
    os.replace(options.out + '.part', options.out)


main()
