#!/bin/bash
# Makes sure that native code can be linked: a C compiler and the headers of zlib.
# Asks before it installs anything; with CI=1, or as root without a terminal, it goes ahead.
set -euo pipefail

missing=()
command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(clang)
[ -e /usr/include/zlib.h ] || [ "$(uname -s)" != Linux ] || missing+=(zlib1g-dev)
[ ${#missing[@]} -gt 0 ] || exit 0

line="apt-get install -y --no-install-recommends ${missing[*]}"
[ "$(id -u)" = 0 ] || line="sudo -E $line"
echo "needed to link native code: $line" >&2
if [ "${CI:-}" != 1 ] && [ "${CI:-}" != true ] && { [ "$(id -u)" != 0 ] || [ -t 0 ]; }; then
  [ -t 0 ] || exit 1
  read -r -p "run it now? [y/N] " answer
  [[ $answer == [yY]* ]] || exit 1
fi
update=${line%% install *}
export DEBIAN_FRONTEND=noninteractive
$update update -q >&2
$line >&2
