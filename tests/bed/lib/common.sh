# Settings and small helpers of the bed. Sourcing this changes nothing on the machine.
# shellcheck shell=bash disable=SC2034

BED=${PIPCACHE_BED:-${XDG_CACHE_HOME:-$HOME/.cache}/docker-pipcache-bed}
# names the bridge, the namespaces and the cgroups: at most nine letters. Another name, another PIPCACHE_BED and another
# PIPCACHE_BED_NET make a second bed on the same machine.
BED_NAME=${PIPCACHE_BED_NAME:-pcbed}
BED_FOLDERS=(apt client engines data images wheels registry log stamps)
# what lives only as long as the machine runs; short, because socket paths are limited to 107 bytes
BED_RUN=/run/docker-pipcache-bed${PIPCACHE_BED_NAME:+-$PIPCACHE_BED_NAME}
BED_SOURCE=$here
SYSTEM_PYTHON=(/usr/bin/python3 -I -B)
ENGINES=(28 28c 26)

# what the caller's shell says about pip, Python and Docker must not reach what the bed makes
unset "${!PIP_@}" "${!PYTHON@}" DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_TLS_VERIFY DOCKER_CERT_PATH
case $PATH in *:/usr/sbin*) ;; *) PATH=$PATH:/usr/sbin:/sbin ;; esac

say() { printf '[bed %(%H:%M:%S)T] %s\n' -1 "$*" >&2; }
die() { say "error: $*"; exit 1; }

need_root() {
  [ "$(id -u)" = 0 ] && return 0
  die "must run as root: it starts Docker engines in network namespaces of their own (try: sudo -E make test)"
}

# One bed command that changes something at a time. Child daemons must not inherit the lock: they get 9>&-.
lock() {
  [ "$(dpkg --print-architecture)" = amd64 ] || die "the bed is made for amd64"
  mkdir -p "$BED" "$BED_RUN"
  local folder
  for folder in "${BED_FOLDERS[@]}"; do mkdir -p "$BED/$folder"; done
  exec 9>"$BED_RUN/lock"
  if ! flock -n 9; then
    say "waiting for another bed command"
    flock 9
  fi
  local owner=''
  [ ! -s "$BED_RUN/owner" ] || owner=$(cat "$BED_RUN/owner")
  [ -z "$owner" ] || [ "$owner" = "$BED" ] || [ ! -d "$owner" ] ||
    die "the bed in $owner is in use on this machine: PIPCACHE_BED=$owner bed down"
  echo "$BED" >"$BED_RUN/owner"
}

# recipe PATTERN...: a digest of the scripts that make something, kept beside it: changed scripts make it again
# shellcheck disable=SC2048,SC2086
recipe() { (cd "$BED_SOURCE" && cat $* | sha256sum | cut -c1-16); }
is_made() { [ "$(cat "$BED/stamps/$1" 2>/dev/null)" = "$2" ]; }
mark_made() { echo "$2" >"$BED/stamps/$1"; }

# A process is known by its id and its start time, so that a reused id is never taken for it.
process_start() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
remember_process() { echo "$2 $(process_start "$2")" >"$BED_RUN/$1.pid"; }
process_id() {
  local pid start
  read -r pid start 2>/dev/null <"$BED_RUN/$1.pid" || return 1
  [ -n "$start" ] && [ "$(process_start "$pid")" = "$start" ] && echo "$pid"
}
is_running() { process_id "$1" >/dev/null; }

# stop_process NAME SECONDS: ask, wait, insist
stop_process() {
  local pid tries
  if pid=$(process_id "$1"); then
    kill -TERM "$pid" 2>/dev/null || true
    for ((tries = $2 * 10; tries > 0; tries--)); do is_running "$1" || break; sleep .1; done
    if is_running "$1"; then
      kill -KILL "$pid" 2>/dev/null || true
      while is_running "$1"; do sleep .1; done
    fi
  fi
  rm -f "$BED_RUN/$1.pid"
}

# wait_until SECONDS CMD...
wait_until() {
  local tries
  for ((tries = $1 * 10; tries > 0; tries--)); do "${@:2}" >/dev/null 2>&1 && return 0; sleep .1; done
  return 1
}

service_status() { if is_running "$1"; then echo "$1 up (pid $(process_id "$1"))"; else echo "$1 down"; fi; }
