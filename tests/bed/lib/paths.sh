# Where things are, for tests.
# shellcheck shell=bash

paths_all() {
  cat <<TEXT
state $BED
docker $BED/client/bin/docker
compose $(plugin_file 28 docker-compose)
compose-old $(plugin_file 26 docker-compose)
buildx $(plugin_file 28 docker-buildx)
wheels $BED/wheels/all
images $BED/images/images.tar
log $BED/log
index http://$INDEX_NAME:$INDEX_PORT/simple/
index-address http://$INDEX_IP:$INDEX_PORT/simple/
control http://$INDEX_IP:$CONTROL_PORT/
registry 127.0.0.1:$REGISTRY_OPEN
registry-auth 127.0.0.1:$REGISTRY_AUTH
registry-user $REGISTRY_USER
registry-password $REGISTRY_USER
TEXT
  local engine
  for engine in "${ENGINES[@]}"; do
    echo "socket-$engine $(engine_socket "$engine")"
    echo "config-$engine $BED/client/config-$engine"
    echo "data-$engine $BED/data/$engine"
  done
}

paths_print() {
  [ $# -gt 0 ] || { paths_all; return; }
  local path
  path=$(paths_all | awk -v name="$1" '$1 == name { sub(/^[^ ]* /, ""); print }')
  [ -n "$path" ] || die "no path $1: bed path lists them"
  echo "$path"
}
