# The package index and two image registries, in a namespace of their own, where every engine reaches them.
# shellcheck shell=bash

INDEX_PROJECT=tests/ComposePipCache.TestIndex
INDEX_PROGRAM=.artifacts/bin/ComposePipCache.TestIndex/release/ComposePipCache.TestIndex

index_start() {
  local root program
  root=$(cd "$BED_SOURCE/../.." && pwd)
  program=$root/$INDEX_PROGRAM
  if [ ! -x "$program" ] || [ -n "$(find "$root/$INDEX_PROJECT" -name '*.cs' -newer "$program.dll" -print -quit)" ]; then
    say "index: build"
    (cd "$root" && dotnet build "$INDEX_PROJECT" -c Release) >"$BED/log/index-build.log" 2>&1 </dev/null 9>&- ||
      die "the index could not be built, see $BED/log/index-build.log"
  fi
  # a program that was built anew replaces the one that runs
  local identity
  identity="$program $(stat -c %Y-%s "${program}.dll" "$program" 2>/dev/null | paste -sd' ')"
  if is_running index && [ "$(cat "$BED_RUN/index.identity" 2>/dev/null)" = "$identity" ]; then
    index_rescan
    return 0
  fi
  index_stop
  net_up
  mkdir -p "$BED/wheels/all"
  (in_space index setsid "$program" --wheels "$BED/wheels/all" --listen "$INDEX_IP:$INDEX_PORT" \
    --control "$INDEX_IP:$CONTROL_PORT") >"$BED/log/index.log" 2>&1 </dev/null 9>&- &
  remember_process index $!
  echo "$identity" >"$BED_RUN/index.identity"
  wait_until 30 grep -qx ready "$BED/log/index.log" || die "the index did not come up, see $BED/log/index.log"
  say "index: http://$INDEX_NAME:$INDEX_PORT/simple/, control http://$INDEX_IP:$CONTROL_PORT/"
}

# tell the index, if it runs, that there are other wheels
index_rescan() {
  is_running index || return 0
  "${SYSTEM_PYTHON[@]}" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], b"", 30).read()' \
    "http://$INDEX_IP:$CONTROL_PORT/rescan" || die "the index does not answer, see $BED/log/index.log"
}

index_stop() { stop_process index 5; }

# user and password of the second registry are both `pipcache`
REGISTRY_USER=pipcache
# shellcheck disable=SC2016
REGISTRY_HTPASSWD='$2b$12$TJzZgk8.q6iMESxpuKHhk.yCHr8uC.tW189NqPSnl0ZO/yN9QET3y'

registry_start() {
  net_up
  registry_run open "$REGISTRY_OPEN" '{}'
  printf '%s:%s\n' "$REGISTRY_USER" "$REGISTRY_HTPASSWD" >"$BED/registry/htpasswd"
  registry_run auth "$REGISTRY_AUTH" "{htpasswd: {realm: bed, path: $BED/registry/htpasswd}}"
}

# registry_run NAME PORT AUTH
registry_run() {
  is_running "registry-$1" && return 0
  mkdir -p "$BED/registry/$1"
  cat >"$BED/registry/$1.yml" <<YAML
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: $BED/registry/$1}
  delete: {enabled: true}
http: {addr: "$INDEX_IP:$2"}
auth: $3
YAML
  (in_space index setsid "$BED/engines/common/usr/bin/docker-registry" serve "$BED/registry/$1.yml") \
    >"$BED/log/registry-$1.log" 2>&1 </dev/null 9>&- &
  remember_process "registry-$1" $!
  wait_until 15 registry_answers "$2" || die "the registry did not come up, see $BED/log/registry-$1.log"
  say "registry $1: 127.0.0.1:$2 for the engines"
}

registry_answers() { (exec 3<>"/dev/tcp/$INDEX_IP/$1"); }

registry_stop() {
  stop_process registry-open 5
  stop_process registry-auth 5
}
