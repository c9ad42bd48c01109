# Base images with a real CPython, laid out as in the official images, and redis. They are written as one archive
# without the help of any engine, with fixed times, so that every engine and every run gets the same image IDs.
# shellcheck shell=bash

IMAGE_TAGS=(python:3.11 python:3.11-slim python:3.11-bookworm python:3.11-slim-bookworm
  python:3.13 python:3.13-slim python:3-slim python:3 python:latest python:3.14 python:3.14-slim python:3.11-alpine
  redis:7 redis:7-alpine redis:alpine redis:latest busybox:1 busybox:latest)
PYTHONS=(bookworm:3.11 trixie:3.13 sid:3.14)
EPOCH=1704067200

images_make() {
  local made python
  made=$(recipe lib/images.sh 'images/*.py' 'wheels/*.py')-$INDEX_NAME:$INDEX_PORT
  is_made images "$made" && return 0
  rm -rf "$BED/images/root" "$BED/images/layers"
  mkdir -p "$BED/images/root" "$BED/images/layers"
  for python in "${PYTHONS[@]}"; do
    python_debs "${python%:*}" "${python#*:}"
    base_system "${python%:*}" "${python#*:}"
    python_layer "${python%:*}" "${python#*:}"
  done
  alpine_like_layer
  redis_layer
  busybox_layer
  images_archive
  rm -rf "$BED/images/root" "$BED/images/layers"
  mark_made images "$made"
}

# python_debs SUITE VERSION: the interpreter, and pip, setuptools and wheel packed as wheels
python_debs() {
  local folder=$BED/images/debs-$1 extra=()
  [ "$1" != bookworm ] || extra=(python3-distutils python3-lib2to3)
  debs_fetch "$1" "$folder" "python$2" "python$2-minimal" "libpython$2-minimal" "libpython$2-stdlib" \
    python3-pip python3-setuptools python3-pkg-resources python3-wheel \
    "python$2-venv" python3-pip-whl python3-setuptools-whl "${extra[@]}"
  debs_unpack "$folder" "$BED/images/root/python-$2"
  "${SYSTEM_PYTHON[@]}" "$BED_SOURCE/wheels" repack --debs "$folder" --out "$BED/images/root/wheels-$2" \
    --work "$BED/images/root/repack-$2" --python "$2" --only pip,setuptools,wheel
}

# base_system SUITE VERSION: a minimal Debian with the libraries that the interpreter links to
base_system() {
  local tar=$BED/images/base-$1.tar libraries
  libraries=$(for deb in "$BED/images/debs-$1"/{python,libpython}"$2"*.deb; do
      dpkg-deb -f "$deb" Depends Pre-Depends
    done | sed 's/^[A-Za-z-]*: //' | tr ',' '\n' | sed 's/|.*//; s/(.*)//; s/ //g' |
      grep -vE 'python|mime|^$' | sort -u | paste -sd,)
  is_made "base-$1" "$libraries" && [ -s "$tar" ] && return 0
  say "images: base system of $1"
  local work=/dev/shm/docker-pipcache-bed-$BED_NAME
  [ -d /dev/shm ] || work=$BED/images/mmdebstrap
  rm -rf "$work"
  mkdir -p "$work"
  TMPDIR=$work SOURCE_DATE_EPOCH=$EPOCH mmdebstrap --variant=minbase --mode=root \
    --include="ca-certificates,netbase,tzdata,$libraries" --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt=force-unsafe-io \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Check-Date "false"' \
    "$1" "$work/base.tar" "$(archive_uri)" >"$BED/log/base-$1.log" 2>&1 9>&- ||
    die "mmdebstrap failed, see $BED/log/base-$1.log"
  mv "$work/base.tar" "$tar"
  rm -rf "$work"
  mark_made "base-$1" "$libraries"
}

# layer NAME ROOT PATH...: these parts of a tree as a layer that is the same every time
layer() {
  local name=$1 root=$2
  shift 2
  tar -C "$root" --sort=name --mtime=@$EPOCH --numeric-owner --format=pax \
    --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -cf "$BED/images/layers/$name.tar" "$@"
}

# fresh_root SUITE NAME: the unpacked base system; its layer is written when it is not there yet
fresh_root() {
  local root=$BED/images/root/$2
  mkdir -p "$root"
  tar -C "$root" -xf "$BED/images/base-$1.tar"
  (cd "$root" && rm -rf var/lib/apt/lists/* var/cache/{apt/*.bin,ldconfig/*} var/log/{*.log,apt/*} dev/* \
    etc/apt/apt.conf.d/99mmdebstrap)
  [ -e "$BED/images/layers/base-$1.tar" ] || layer "base-$1" "$root" .
}

# python_layer SUITE VERSION: /usr/local as in the official images
python_layer() {
  local root=$BED/images/root/$1 from=$BED/images/root/python-$2 tools=pip
  say "images: Python $2 of $1"
  fresh_root "$1" "$1"
  mkdir -p "$root/usr/local/bin" "$root/usr/local/lib"
  cp "$from/usr/bin/python$2" "$root/usr/local/bin/"
  cp -a "$from/usr/lib/python$2" "$root/usr/local/lib/"
  cp -a "$from/usr/share/python-wheels" "$root/usr/share/"
  "${SYSTEM_PYTHON[@]}" "$BED_SOURCE/images/layout.py" "$root/usr/local" "$2"
  printf '[global]\nindex-url = http://%s:%s/simple/\ntrusted-host = %s\n' \
    "$INDEX_NAME" "$INDEX_PORT" "$INDEX_NAME" >"$root/etc/pip.conf"
  # as in the official images: before 3.12 setuptools and wheel are there, too
  [ "$2" != 3.11 ] || tools='pip setuptools wheel'
  cp "$BED/images/root/wheels-$2"/*.whl "$root/tmp/"
  # shellcheck disable=SC2016
  chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PYTHONDONTWRITEBYTECODE=1 \
    /bin/sh -euc '
    ldconfig
    cd /tmp
    python3 "$(echo pip-*.whl)/pip" install -q --no-cache-dir --no-compile --no-index --find-links /tmp \
      --root-user-action=ignore $0
    rm -rf /tmp/*.whl /root/.cache /var/cache/ldconfig/*
    python -c "import ssl, sqlite3, ctypes, zlib, bz2, lzma, readline"
    python -c "import platform; print(platform.python_version())" >/tmp/version
    pip --version' "$tools" >"$BED/log/python-$2.log" 2>&1 || die "Python $2 does not work, see $BED/log/python-$2.log"
  mv "$root/tmp/version" "$BED/images/layers/python-$2.version"
  layer "python-$2" "$root" usr/local usr/share/python-wheels etc/pip.conf etc/ld.so.cache
}

# As python:3.11-alpine to those who use it: no bash, busybox for all that it has. The C library is Debian's even so.
alpine_like_layer() {
  local root=$BED/images/root/bookworm tool
  busybox_fetch
  cp "$BED/images/root/busybox" "$root/usr/bin/busybox"
  rm -f "$root"/usr/bin/{bash,rbash,dash}
  for tool in $("$root/usr/bin/busybox" --list); do
    case $tool in dpkg|dpkg-deb|busybox) continue ;; esac
    rm -f "$root/usr/bin/$tool" "$root/usr/sbin/$tool"
    ln -s busybox "$root/usr/bin/$tool"
  done
  layer python-3.11-alpine "$root" .
  rm -rf "$root"
}

busybox_fetch() {
  [ -e "$BED/images/root/busybox" ] && return 0
  debs_fetch bookworm "$BED/images/debs-busybox" busybox-static
  debs_unpack "$BED/images/debs-busybox" "$BED/images/root/busybox-debs"
  cp "$BED"/images/root/busybox-debs/bin/busybox "$BED/images/root/busybox"
  chmod 755 "$BED/images/root/busybox"
}

busybox_layer() {
  local root=$BED/images/root/busybox-root tool
  busybox_fetch
  mkdir -p "$root"/{bin,etc,root,tmp,usr/bin,var}
  chmod 1777 "$root/tmp"
  cp "$BED/images/root/busybox" "$root/bin/"
  for tool in $("$root/bin/busybox" --list); do [ "$tool" = busybox ] || ln -s busybox "$root/bin/$tool"; done
  ln -s ../../bin/env "$root/usr/bin/env"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  layer busybox "$root" .
}

redis_layer() {
  local root=$BED/images/root/redis from=$BED/images/root/redis-debs
  say "images: redis"
  debs_fetch bookworm "$BED/images/debs-redis" redis-server redis-tools libjemalloc2 liblua5.1-0 lua-cjson lua-bitop \
    liblzf1 libatomic1 libhiredis0.14 libsystemd0
  debs_unpack "$BED/images/debs-redis" "$from"
  mkdir -p "$root"
  # what the packages keep in /lib belongs in /usr/lib, where /lib points to
  cp -a "$from/usr" "$root/"
  [ ! -d "$from/lib" ] || cp -a "$from/lib" "$root/usr/"
  rm -rf "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/lib/systemd"
  layer redis "$root" usr
}

images_archive() {
  "${SYSTEM_PYTHON[@]}" "$BED_SOURCE/images/archive.py" --layers "$BED/images/layers" --created "$EPOCH" \
    --out "$BED/images/images.tar"
  say "images: $(du -h "$BED/images/images.tar" | cut -f1) for ${#IMAGE_TAGS[@]} tags"
}

# images_load ENGINE: bring the images back that it lacks, or that were made anew
images_load() {
  local mark=$BED/data/$1/.bed-images made
  [ -s "$BED/images/images.tar" ] || die "there are no images yet: bed up"
  made=$(cat "$BED/stamps/images")
  if [ "$(cat "$mark" 2>/dev/null)" = "$made" ]; then
    engine_docker "$1" image inspect "${IMAGE_TAGS[@]}" >/dev/null 2>&1 && return 0
  fi
  say "engine $1: load images"
  engine_docker "$1" load -q -i "$BED/images/images.tar" >"$BED/log/load-$1.log" 2>&1 ||
    die "the images could not be loaded, see $BED/log/load-$1.log"
  engine_docker "$1" image inspect "${IMAGE_TAGS[@]}" >/dev/null || die "engine $1 lacks images after loading them"
  echo "$made" >"$mark"
}
