# The bed's own network: a bridge, one namespace per engine and one for the index and the registries. There is no route
# to anywhere else, so nothing that runs in there can leave the machine.
# shellcheck shell=bash disable=SC2034

NET=${PIPCACHE_BED_NET:-198.18.77}   # of the range kept for benchmarks of networks: no real host has these addresses
BRIDGE=${BED_NAME}0
LINK=${PIPCACHE_BED_NAME:-pcb}
INDEX_NAME=index.pipcache.test
INDEX_IP=$NET.10
INDEX_PORT=8080
CONTROL_PORT=8081
REGISTRY_OPEN=5000
REGISTRY_AUTH=5001

net_address() {
  case $1 in
    index) echo "$INDEX_IP" ;;
    28) echo "$NET.28" ;;
    28c) echo "$NET.29" ;;
    26) echo "$NET.26" ;;
    *) die "no engine $1: there are ${ENGINES[*]}" ;;
  esac
}

# net_member NAME: its namespace, joined to the bridge
net_member() {
  local name=$1 space=$BED_NAME-$1 link=$LINK-$1 address
  address=$(net_address "$name")
  # where /run outlives a restart of the machine, so does the name of a space that is gone
  if ! ip netns exec "$space" true 2>/dev/null; then
    rm -f "/run/netns/$space"
    ip netns add "$space"
  fi
  if ! ip -n "$space" link show eth0 >/dev/null 2>&1; then
    ip link add "$link" type veth peer name eth0 netns "$space"
    ip -n "$space" addr add "$address/24" dev eth0
    ip -n "$space" link set lo up
    ip -n "$space" link set eth0 up
  fi
  ip link set "$link" master "$BRIDGE" up
}

# Inside an engine's namespace the registries answer on 127.0.0.1 as well: that is where the daemon and the client take
# plain HTTP without being told. The kernel rewrites the addresses, so there is no process to look after.
net_loopback_registries() {
  local space=$BED_NAME-$1 port
  ip netns exec "$space" sysctl -qw net.ipv4.conf.all.route_localnet=1
  for port in "$REGISTRY_OPEN" "$REGISTRY_AUTH"; do
    net_rule "$space" OUTPUT -d 127.0.0.1/32 -p tcp --dport "$port" -j DNAT --to-destination "$INDEX_IP:$port"
  done
  net_rule "$space" POSTROUTING -s 127.0.0.0/8 -d "$INDEX_IP/32" -j SNAT --to-source "$(net_address "$1")"
}
net_rule() {
  local space=$1
  shift
  ip netns exec "$space" iptables -t nat -C "$@" 2>/dev/null || ip netns exec "$space" iptables -t nat -A "$@"
}

# The bridge takes these addresses from the whole machine: better not to start than to cut it off from a real host.
net_must_be_free() {
  local route
  route=$(ip -4 -o route show match "$NET.10" | grep -v '^default' || true)
  [ -z "$route" ] || die "$NET.0/24 is in use here ($route); choose others: PIPCACHE_BED_NET=198.19.5"
  ! getent ahostsv4 "$(archive_uri | cut -d/ -f3)" | grep -qF "$NET." ||
    die "the Debian archive is in $NET.0/24 here; choose other addresses: PIPCACHE_BED_NET=198.19.5"
}

net_up() {
  if ! ip link show "$BRIDGE" >/dev/null 2>&1; then
    net_must_be_free
    ip link add "$BRIDGE" type bridge
  fi
  ip addr replace "$NET.1/24" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # a Docker engine on this machine sets the policy for forwarded packets to DROP, and bridged ones are looked at too
  iptables -C FORWARD -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT 2>/dev/null ||
    iptables -I FORWARD -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT
  local name
  for name in index "${ENGINES[@]}"; do net_member "$name"; done
  for name in "${ENGINES[@]}"; do net_loopback_registries "$name"; done
  mkdir -p "$BED_RUN/etc"
  echo "nameserver $INDEX_IP" >"$BED_RUN/etc/resolv.conf"
  echo "127.0.0.1 localhost" >"$BED_RUN/etc/hosts"
  dns_start
}

# Answers for the index, and that there is nothing else in the world.
dns_start() {
  is_running dns && return 0
  setsid nsenter --net="/run/netns/$BED_NAME-index" dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file \
    --user=root --no-resolv --no-hosts --listen-address="$INDEX_IP" --bind-interfaces --local-ttl=5 \
    --address="/$INDEX_NAME/$INDEX_IP" --address='/#/' >"$BED/log/dns.log" 2>&1 </dev/null 9>&- &
  remember_process dns $!
}

net_down() {
  local name
  stop_process dns 5
  for name in index "${ENGINES[@]}"; do
    # the link first: a namespace goes away later, when its last process is gone
    ip link del "$LINK-$name" 2>/dev/null || true
    [ ! -e "/run/netns/$BED_NAME-$name" ] || ip netns del "$BED_NAME-$name"
  done
  iptables -D FORWARD -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT 2>/dev/null || true
  ip link del "$BRIDGE" 2>/dev/null || true
}

# in_space NAME CMD...: run CMD in that namespace, where names are those of the bed
in_space() {
  local name=$1
  shift
  net_address "$name" >/dev/null
  [ -e "/run/netns/$BED_NAME-$name" ] || die "the network is not up: bed up"
  # shellcheck disable=SC2016
  exec nsenter --net="/run/netns/$BED_NAME-$name" unshare --mount --propagation slave /bin/sh -c '
    mount --bind "$0/resolv.conf" /etc/resolv.conf && mount --bind "$0/hosts" /etc/hosts && exec "$@"' \
    "$BED_RUN/etc" "$@"
}

# Cut off as without any network: an error at once.
net_cut() {
  net_address "${1:-}" >/dev/null
  ip -n "$BED_NAME-$1" link set eth0 down
}

# Cut off as behind a dead access point: no answer ever comes, and everybody waits.
net_drop() {
  net_address "${1:-}" >/dev/null
  net_is_deaf "$1" || ip netns exec "$BED_NAME-$1" iptables -t mangle -A PREROUTING -i eth0 -j DROP
}

net_restore() {
  net_address "${1:-}" >/dev/null
  ip -n "$BED_NAME-$1" link set eth0 up
  ! net_is_deaf "$1" || ip netns exec "$BED_NAME-$1" iptables -t mangle -D PREROUTING -i eth0 -j DROP
}

net_is_deaf() { ip netns exec "$BED_NAME-$1" iptables -t mangle -C PREROUTING -i eth0 -j DROP 2>/dev/null; }
