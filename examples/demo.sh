#!/usr/bin/env bash
# Builds and starts a copy of examples/celery with docker pipcache: online, then without the index. Installs nothing.
# Uses your own engine where one answers and has a compose of 2.31 or newer, else one from the test bed. There the
# index is really stopped; on your own engine the same is asked for with --offline.
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

is_own=
if own_engine; then
  is_own=1
  say "Building on your own engine: $(docker context show 2>/dev/null || echo default)"
else
  say "No engine answers: setting one up from Debian packages (minutes the first time)"
  tests/bed/bed up
  eval "$(tests/bed/bed env 28)"
fi

work=$(mktemp -d)
export COMPOSE_PROJECT_NAME=pipcache-demo
export PIPCACHE_DIR=$work/cache # an empty wheelhouse, so that the first build has something to do
cp -r examples/celery "$work/celery"
bed=$PWD/tests/bed/bed
control=
[ -n "$is_own" ] || control=$("$bed" path control)
cd "$work/celery"

finish() {
  "$plugin" down --timeout 0
  [ -n "$is_own" ] || { "$bed" net restore 28 && "$bed" index start; } >/dev/null
  rm -rf "$work"
}
trap finish EXIT

# What the index has sent since it was asked last; nobody counts on your own engine.
sent() {
  [ -n "$control" ] || return 0
  curl -fs "${control}stats" | sed 's/.*"total":{"requests":\([0-9]*\),"bodyBytes":\([0-9]*\).*/ The index answered \1 requests with \2 bytes./'
  curl -fs -X POST "${control}stats/reset" >/dev/null
}

# run WORDS...: shows a command, runs it, tells how long it took.
run() {
  local begin=$EPOCHREALTIME
  say "\$ docker pipcache $*"
  "$plugin" "$@"
  printf '\n%s s.%s\n' "$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $begin }")" "$(sent)"
}

sent >/dev/null
say '1. Online, for the first time'
run up --build -d

say '2. The index is stopped, the engine cut off, its build cache emptied, and requirements.txt gets a comment'
offline=
if [ -n "$is_own" ]; then
  offline=--offline # your network and your build cache stay as they are
else
  "$bed" index stop
  "$bed" net cut 28
  docker builder prune -af >/dev/null
  control=
fi
echo '# written on the plane' >>requirements.txt
# shellcheck disable=SC2086 # nothing, or one word
run up --build -d $offline
run ps

say '3. Nothing has changed, so nothing is built and no container is made anew'
run up --build -d
say 'Stopping it again:'
