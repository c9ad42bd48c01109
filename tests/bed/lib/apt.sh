# Debian packages: the few that the machine itself needs, and downloads from other releases that are only unpacked.
# shellcheck shell=bash disable=SC2016

SYSTEM_PACKAGES=(ca-certificates debian-archive-keyring dnsmasq-base iproute2 iptables libseccomp2 libsystemd0
  mmdebstrap patchelf procps python3 python3-packaging util-linux xz-utils)

# apt_ensure [PACKAGE...]: everything of SYSTEM_PACKAGES and the arguments is there, or the command fails
apt_ensure() {
  local package missing=()
  for package in "${SYSTEM_PACKAGES[@]}" "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  if [ -z "${CI:-}" ] && [ -t 0 ]; then
    say "these system packages are missing, please install them:"
    echo "  $line"
    exit 1
  fi
  say "$line"
  mkdir -p "$BED/log"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q --error-on=any && $line -q; } >"$BED/log/apt-system.log" 2>&1 </dev/null ||
    die "$line failed, see $BED/log/apt-system.log"
}

# A mirror may lag behind the date until which sid's lists are said to be valid. Signatures are checked all the same.
APT_DATES=(-o Acquire::Check-Valid-Until=false -o Acquire::Check-Date=false)

# the archive that this machine's apt is set up with; apt names it once it has package lists
archive_uri() {
  local uri
  uri=$(archive_uri_listed)
  if [ -z "$uri" ]; then
    apt-get update -q >>"$BED/log/apt-system.log" 2>&1 </dev/null || true
    uri=$(archive_uri_listed)
  fi
  echo "$uri"
}
archive_uri_listed() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk '$1 !~ /security/ && $2 !~ /-/ { print $1; exit }'
}

# apt_in SUITE TOOL ARGS: apt-get or apt-cache in a private world that knows SUITE alone; the machine's own apt
# settings, proxies for example, still apply
apt_in() {
  local world=$BED/apt/$1 tool=$2
  shift 2
  "$tool" -q -o Dir::State="$world/state" -o Dir::State::status="$world/state/status" -o Dir::Cache="$world/cache" \
    -o Dir::Etc::sourcelist="$world/suite.sources" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    "${APT_DATES[@]}" -o APT::Get::List-Cleanup=0 -o APT::Sandbox::User=root -o Debug::NoLocking=1 \
    -o Binary::apt::APT::Keep-Downloaded-Packages=1 -o APT::Keep-Downloaded-Packages=1 "$@" </dev/null
}

# apt_world SUITE [fresh]: make it, and bring its package lists up to date when they are new or `fresh` is asked for
apt_world() {
  local suite=$1 world=$BED/apt/$1 uri
  [ -s "$world/updated" ] && [ "${2:-}" != fresh ] && return 0
  uri=$(archive_uri)
  [ -n "$uri" ] || die "no Debian archive in the sources of this machine's apt"
  mkdir -p "$world/state/lists/partial" "$world/cache/archives/partial"
  : >"$world/state/status"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$uri" "$suite" \
    /usr/share/keyrings/debian-archive-keyring.gpg >"$world/suite.sources"
  apt_in "$suite" apt-get update --error-on=any >>"$BED/log/apt-$suite.log" 2>&1 ||
    die "the package lists of $suite could not be fetched, see $BED/log/apt-$suite.log"
  date +%s >"$world/updated"
}

# apt_try SUITE ARGS: an apt-get command, which may need newer package lists than the ones at hand
apt_try() (
  suite=$1
  shift
  mkdir -p "$BED/apt/$suite"
  exec 8>"$BED/apt/$suite/lock"
  flock 8
  apt_world "$suite"
  apt_in "$suite" apt-get "$@" >>"$BED/log/apt-$suite.log" 2>&1 && exit 0
  apt_world "$suite" fresh
  rm -f "$BED/apt/$suite"/cache/archives/*.deb
  apt_in "$suite" apt-get "$@" >>"$BED/log/apt-$suite.log" 2>&1 ||
    die "apt-get $1 in $suite failed, see $BED/log/apt-$suite.log"
)

# debs_fetch SUITE FOLDER PACKAGE...: download what is not there yet; nothing is installed
debs_fetch() {
  local suite=$1 folder=$2 package want=()
  shift 2
  mkdir -p "$folder"
  for package in "$@"; do compgen -G "$folder/${package}_*.deb" >/dev/null || want+=("$package"); done
  [ ${#want[@]} -gt 0 ] || return 0
  rm -rf "$folder/part"
  mkdir "$folder/part"
  (cd "$folder/part" && apt_try "$suite" download "${want[@]}")
  mv "$folder/part"/*.deb "$folder/"
  rmdir "$folder/part"
}

# debs_unpack FOLDER ROOT: all packages of a folder, one over the other
debs_unpack() {
  local deb
  rm -rf "$2"
  mkdir -p "$2"
  for deb in "$1"/*.deb; do dpkg -x "$deb" "$2"; done
}
