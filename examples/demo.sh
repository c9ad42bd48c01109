#!/usr/bin/env bash
# Builds and starts examples/celery with docker pipcache, twice, and stops it. Installs nothing.
# Uses your own engine where one answers and has a compose of 2.31 or newer, else one from the test bed.
set -euo pipefail
cd "$(dirname "$0")/.."
plugin=$PWD/.artifacts/publish/docker-pipcache

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
own_engine() { docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1; }

# `demo.sh tools` runs before anything takes time: one question for all the system packages that are missing.
if [ "${1:-}" = tools ]; then
  own_engine || tests/bed/bed apt gcc zlib1g-dev
  exit 0
fi

if own_engine; then
  say "Building on your own engine: $(docker context show 2>/dev/null || echo default)"
else
  say "No engine answers: setting one up from Debian packages (minutes the first time)"
  tests/bed/bed up
  eval "$(tests/bed/bed env 28)"
fi

cd examples/celery
trap '"$plugin" down --timeout 0' EXIT

say '$ docker pipcache up --build -d'
"$plugin" up --build -d
say '$ docker pipcache ps'
"$plugin" ps
say 'Nothing has changed, so nothing is built and no container is made anew:'
say '$ docker pipcache up --build -d'
"$plugin" up --build -d
say 'Stopping it again:'
