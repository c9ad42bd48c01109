# Docker engines from Debian packages, unpacked and run beside each other, never installed. Each has its own socket,
# data root, exec root and network namespace, and all are driven by the client of the newest one.
# shellcheck shell=bash

engine_release() { echo "${1%c}"; }
engine_home() { echo "$BED_RUN/$1"; }
engine_socket() { echo "$BED_RUN/$1/docker.sock"; }
engine_docker() {
  local engine=$1
  shift
  DOCKER_HOST=unix://$(engine_socket "$engine") DOCKER_CONFIG=$BED/client/config-$engine "$BED/client/bin/docker" "$@"
}

# 28 from sid, 26 from trixie. runc comes from bookworm: it runs on the C library of every release since.
engines_fetch() {
  local made release
  made=$(recipe lib/engines.sh)
  is_made engines "$made" && return 0
  say "engines: download"
  debs_fetch sid "$BED/engines/debs-28" docker.io docker-cli docker-compose docker-buildx containerd tini-static
  debs_fetch trixie "$BED/engines/debs-26" docker.io docker-compose containerd tini
  debs_fetch bookworm "$BED/engines/debs-common" runc docker-registry
  for release in 28 26 common; do debs_unpack "$BED/engines/debs-$release" "$BED/engines/$release"; done
  for release in 28 26; do
    cp -fL "$BED"/engines/common/usr/sbin/runc "$BED/engines/$release/usr/bin/runc"
    engines_check_version "$release" "$BED/engines/$release/usr/sbin/dockerd" "$release."
  done
  engines_check_version compose "$(plugin_file 28 docker-compose)" 2.
  client_make
  mark_made engines "$made"
}

engines_check_version() {
  local said
  said=$("$2" --version 2>&1) || said=$("$2" docker-cli-plugin-metadata 2>&1) || die "$2 does not run here: $said"
  case $said in *[\ \"v]"$3"*) ;; *) die "Debian no longer has $1 $3x: $said" ;; esac
}

plugin_file() { echo "$BED/engines/$1/usr/libexec/docker/cli-plugins/$2"; }

# One folder on PATH with the docker command, and per engine a configuration with the plugins of 28.
client_make() {
  local engine plugins plugin
  rm -rf "$BED/client"
  mkdir -p "$BED/client/bin"
  ln -s "$BED/engines/28/usr/bin/docker" "$BED/client/bin/docker"
  for engine in "${ENGINES[@]}"; do
    plugins=$BED/client/config-$engine/cli-plugins
    mkdir -p "$plugins"
    echo '{}' >"$BED/client/config-$engine/config.json"
    for plugin in docker-compose docker-buildx; do ln -s "$(plugin_file 28 $plugin)" "$plugins/$plugin"; done
  done
}

# overlay2 by name: without it a daemon would quietly copy every layer
engine_config() {
  local store='"storage-driver": "overlay2", "features": {"containerd-snapshotter": false}'
  [ "$1" != 28c ] || store='"features": {"containerd-snapshotter": true}'
  cat <<JSON
{
  "hosts": ["unix://$(engine_socket "$1")"],
  "data-root": "$BED/data/$1",
  "exec-root": "$(engine_home "$1")/exec",
  "pidfile": "$(engine_home "$1")/docker.pid",
  "dns": ["$INDEX_IP"],
  "shutdown-timeout": 3,
  "exec-opts": ["native.cgroupdriver=cgroupfs"],
  "cgroup-parent": "/$BED_NAME-$1",
  $store
}
JSON
}

engine_start() {
  local engine=${1:-} home path
  net_address "$engine" >/dev/null
  net_up
  if ! is_running "engine-$engine"; then
    engine_reap "$engine"
    home=$(engine_home "$engine")
    mkdir -p "$home" "$BED/data/$engine"
    rm -f "$home/docker.pid"
    engine_config "$engine" >"$home/daemon.json"
    path=$BED/engines/$(engine_release "$engine")/usr
    (in_space "$engine" setsid env -i HOME=/root PATH="$path/bin:$path/sbin:/usr/sbin:/usr/bin:/sbin:/bin" \
      dockerd --config-file "$home/daemon.json") >"$BED/log/engine-$engine.log" 2>&1 </dev/null 9>&- &
    remember_process "engine-$engine" $!
  fi
  wait_until 60 engine_docker "$engine" version || die "engine $engine did not come up, see $BED/log/engine-$engine.log"
  images_load "$engine"
  say "engine $engine: $(engine_status "$engine")"
}

engine_stop() {
  stop_process "engine-$1" 30
  engine_reap "$1"
}

# as a crash or the kernel's out-of-memory killer ends it
engine_kill() {
  local pid
  net_address "${1:-}" >/dev/null
  pid=$(process_id "engine-$1") || die "engine $1 is not running"
  kill -KILL "$pid"
  while is_running "engine-$1"; do sleep .1; done
  rm -f "$BED_RUN/engine-$1.pid"
}

engine_wipe() {
  net_address "${1:-}" >/dev/null
  engine_stop "$1"
  rm -rf "$BED/data/$1"
}

# A daemon that was killed leaves its containerd's shims, containers and build steps. The shims are known by the address
# of that containerd on their command line, all else by the parent of its cgroup.
engine_reap() {
  local process address
  address=$(engine_home "$1")/exec/containerd/containerd.sock
  for process in /proc/[0-9]*; do
    if grep -qs "/$BED_NAME-$1/" "$process/cgroup" ||
      tr '\0' '\n' 2>/dev/null <"$process/cmdline" | grep -qxF -e "$address"; then
      kill -KILL "${process#/proc/}" 2>/dev/null || true
    fi
  done
  rm -rf "${BED_RUN:?}/$1"
}

engine_status() {
  if is_running "engine-$1"; then
    engine_docker "$1" info -f "up, {{.ServerVersion}} {{.Driver}}, {{.Images}} images, unix://$(engine_socket "$1")" ||
      echo "$1 does not answer"
  else
    echo "down"
  fi
}

engine_env() {
  net_address "$1" >/dev/null
  cat <<TEXT
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
export PATH='$BED/client/bin':"\$PATH"
export DOCKER_HOST='unix://$(engine_socket "$1")'
export DOCKER_CONFIG='$BED/client/config-$1'
export PIPCACHE_BED='$BED'
export PIPCACHE_BED_ENGINE='$1'
TEXT
}

# The caller may set DOCKER_CONFIG for a configuration of its own: bed exec 28 env DOCKER_CONFIG=... docker ...
engine_exec() {
  local name=${1:?which engine?}
  shift
  if [ "$name" != index ]; then eval "$(engine_env "$name")"; fi
  in_space "$name" "$@"
}

engines_verify() {
  local engine out
  for engine in "${ENGINES[@]}"; do
    out=$(engine_docker "$engine" run --rm busybox:latest \
      wget -qO /dev/null "http://$INDEX_NAME:$INDEX_PORT/simple/six/" 2>&1) ||
      die "$engine: a container gets no page of the index: $out"
    say "$engine: a container reaches the index"
    out=$(printf 'FROM python:3.11\nRUN pip --version && pip download --no-deps -d /tmp six\n' |
      DOCKER_BUILDKIT=1 engine_docker "$engine" build --no-cache --progress plain - 2>&1) ||
      die "$engine: a build cannot use the index: $out"
    say "$engine: a build reaches the index"
  done
}
