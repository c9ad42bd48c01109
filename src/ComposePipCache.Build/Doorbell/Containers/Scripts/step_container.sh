# The one process of a step container. Commands come line by line on standard input, records leave on standard output.
# Runs in dash, bash and busybox ash, in images that have little more than a shell.
# $1 token that ends a reply, $2 wheel mount, $3 cache mount, $4 directory of the step, $5 its user,
# $6 facts program, $7 receiving program (both Python)
token=$1 wheels=$2 cache=$3 step_user=$5 facts_program=$6 receive_program=$7
# Only what is meant as a reply may reach standard output, and only commands may be taken from standard input.
exec 3>&1 1>&2 4<&0 0</dev/null
image_path=$PATH
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C # lengths are bytes
space=' 	
'
IFS=$space
umask 022
cd "$4" 2>/dev/null || cd /
python= reader= stage= nl='
'

# A record: its name, how many bytes follow the line, more fields; then the bytes.
say() {
  record=$1 text=$2
  shift 2
  printf '%s %s%s\n%s' "$record" "${#text}" "${*:+ $*}" "$text" >&3
}

# The end: nobody knows how much of the input has been read.
stop() {
  printf '%s\n' "$1" >&2
  say stopped "$1"
  exit 1
}

# The same with the first $1 bytes of file $2.
send_file() {
  printf 'file %s\n' "$1" >&3
  head -c "$1" <"$2" >&3
}

# Sets size.
measure() {
  size=$(wc -c <"$1") && size=$((size))
}

# --- input ---

# From standard input to standard output, $1 bytes and not one further.
copy() {
  case $reader in
    dd) dd bs=262144 count="$1" iflag=fullblock,count_bytes ;;
    blocks)
      if [ "$1" -ge 65536 ]; then dd bs=65536 count=$(($1 / 65536)) iflag=fullblock || return 1; fi
      if [ $(($1 % 65536)) -gt 0 ]; then dd bs=$(($1 % 65536)) count=1 iflag=fullblock; fi
      ;;
    head) head -c "$1" ;;
    *) dd bs=1 count="$1" ;;
  esac
}

# busybox's head reads ahead, older dd know no count_bytes: try them.
find_reader() {
  [ -z "$reader" ] || return 0
  for reader in dd blocks head bytes; do
    [ "$(printf abcdef | { copy 3; printf '-'; cat; } 2>/dev/null)" = abc-def ] && return 0
  done
  stop 'the image has no dd and no head'
}

# $1 bytes, $2 file
receive() {
  find_reader
  said=$({ copy "$1" <&4 >"$2"; } 2>&1) || stop "${said%%"$nl"*}"
  [ "$(($(wc -c <"$2")))" -eq "$1" ] || stop 'the input was cut off'
}

# A command of $1 bytes; a line is read byte by byte.
take() {
  find_reader
  script=$(copy "$1" <&4 2>/dev/null)
  [ "${#script}" -eq "$1" ] || stop 'a command was cut off'
  eval "$script"
}

# --- the parent ---

# Who a USER is: sets uid, gid and home; fails when the image does not know the name.
identify() {
  who=${1%%:*} uid=0 gid=0 home=/root is_known=
  [ -n "$who" ] || who=0
  if [ -r /etc/passwd ]; then
    while IFS=: read -r name unused id group unused folder unused || [ -n "$name" ]; do
      if [ "$name" = "$who" ] || [ "$id" = "$who" ]; then
        uid=$id gid=$group home=$folder is_known=1
        break
      fi
    done </etc/passwd
  fi
  if [ -z "$is_known" ]; then
    case $who in
      0) ;;
      *[!0-9]*) return 1 ;;
      *) uid=$who home=/ ;;
    esac
  fi
  case $1 in
    *:*[!0-9]*) ;;
    *:?*) gid=${1#*:} ;;
  esac
}

# Sets found. $1 as the step says it
find_program() {
  found=
  case $1 in
    */*) [ ! -f "$1" ] || found=$1 ;;
    *)
      wanted=$1
      set -f
      IFS=:
      # shellcheck disable=SC2086 # one word a folder
      set -- $image_path
      IFS=$space
      set +f
      for folder in "$@"; do
        if [ -f "$folder/$wanted" ] && [ -x "$folder/$wanted" ]; then
          found=$folder/$wanted
          break
        fi
      done
      ;;
  esac
  case $found in
    '') return 1 ;;
    /*) ;;
    *) found=$PWD/$found ;;
  esac
}

is_python() {
  case ${1##*/} in
    python | python[0-9]* | pypy | pypy[0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

# The interpreter a script names: $1 its first line, $2 its second. Sets named.
read_shebang() {
  set -f
  set -- "${1#??}" "$2"
  rest=$2
  # shellcheck disable=SC2086 # words are wanted
  set -- $1
  set +f
  named=$1
  case ${1##*/} in
    env)
      shift
      while [ $# -gt 0 ]; do
        case $1 in
          -* | *=*) shift ;;
          *) break ;;
        esac
      done
      named=$1
      ;;
    sh | bash | dash | ash)
      # pip's way out of a shebang that is too long or has spaces: '''exec' /path "$0" "$@"
      case $rest in
        "'''exec' \""*) named=${rest#"'''exec' \""} named=${named%%\"*} ;;
        "'''exec' "*) named=${rest#"'''exec' "} named=${named%% *} ;;
      esac
      ;;
  esac
}

# Sets python for the program of a step. $1 as the step says it
find_interpreter() {
  python=
  find_program "$1" || return 1
  program=$found
  if ! is_python "$program"; then
    first= second= named=
    { IFS= read -r first; IFS= read -r second; } <"$program" 2>/dev/null
    case $first in
      '#!'*) read_shebang "$first" "$second" ;;
    esac
    if is_python "$named" && find_program "$named"; then
      :
    else
      # a shim, or no script at all
      find_program "${program%/*}/python3" || find_program "${program%/*}/python" \
        || find_program python3 || find_program python || return 1
    fi
  fi
  python=$found
}

tell_musl() {
  for folder in /lib/ld-musl-*.so.1; do
    [ -x "$folder" ] || continue
    said=$("$folder" 2>&1)
    case $said in
      *Version*) said=${said#*Version } facts="$facts${nl}libc=musl ${said%%"$nl"*}" ;;
    esac
  done
}

# $1 program of the step
tell_interpreter() {
  find_interpreter "$1" || return 0
  facts=$(PATH=$image_path HOME=${HOME:-$home} "$python" -c "$facts_program" 3>&- 4<&-) || {
    python=
    return 0
  }
  case $facts in
    *libc=*) ;;
    *) tell_musl ;;
  esac
  say interpreter "$python"
  say facts "$facts"
  site_prefix=${facts##*"${nl}prefix="}
  site_prefix=${site_prefix%%"$nl"*}
}

# $1 kind, $2 file
tell_config() {
  [ -f "$2" ] || return 0
  say config-path "$2" "$1"
  say config "$(cat "$2")"
}

# Weakest first, as pip reads them.
tell_configs() {
  set -f
  IFS=:
  # shellcheck disable=SC2086 # one word a folder
  set -- ${XDG_CONFIG_DIRS:-/etc/xdg}
  IFS=$space
  set +f
  for folder in "$@"; do
    tell_config global "$folder/pip/pip.conf"
  done
  tell_config global /etc/pip.conf
  tell_config user "${HOME:-$home}/.pip/pip.conf"
  tell_config user "${XDG_CONFIG_HOME:-${HOME:-$home}/.config}/pip/pip.conf"
  [ -z "$python" ] || tell_config site "$site_prefix/pip.conf"
  [ -z "$PIP_CONFIG_FILE" ] || tell_config environment "$PIP_CONFIG_FILE"
}

# $1 largest size, $2… files
tell_files() {
  limit=$1
  shift
  for path in "$@"; do
    if [ ! -f "$path" ] || ! measure "$path"; then
      say missing ''
    elif [ "$size" -gt "$limit" ]; then
      say large ''
    else
      send_file "$size" "$path"
    fi
  done
}

# --- listing ---

walk() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case $entry in *"$nl"*) continue ;; esac
    if [ -L "$entry" ]; then
      :
    elif [ -d "$entry" ]; then
      walk "$entry"
    elif [ -f "$entry" ]; then
      printf '%s %s\n' "$(($(wc -c <"$entry")))" "$entry"
    fi
  done
}

can_find() {
  [ "$(find /dev/null -type c ! -path "*$nl*" -exec stat -c '%s %n' {} + 2>/dev/null)" = '0 /dev/null' ]
}

# Regular files below $1/$2…, one `size name` a line; names with a newline are passed over.
tell_listing() {
  listing=$(
    cd "$1" 2>/dev/null || exit 0
    shift
    if can_find; then
      for folder in "$@"; do
        if [ -d "$folder" ] && [ ! -L "$folder" ]; then
          find "./$folder" -type f ! -path "*$nl*" -exec stat -c '%s %n' {} + 2>/dev/null
        fi
      done
    else
      for folder in "$@"; do
        if [ -d "$folder" ] && [ ! -L "$folder" ]; then walk "./$folder"; fi
      done
    fi
  )
  say listing "$listing"
}

# --- the wheel mount ---

# Which of the named contents are there, one `size name` a line.
tell_present() {
  present=
  if cd "$wheels/files" 2>/dev/null; then
    present=$(
      if stat -c %s . >/dev/null 2>&1; then
        stat -c '%s %n' "$@" 2>/dev/null
        exit 0
      fi
      for name in "$@"; do
        [ ! -f "$name" ] || printf '%s %s\n' "$(($(wc -c <"$name")))" "$name"
      done
    )
    cd "$OLDPWD" || cd /
  fi
  say listing "$present"
}

# A folder of our own for what is not finished. Killed processes leave theirs behind; a step may hold an old view.
open_stage() {
  [ -z "$stage" ] || return 0
  now=$(date +%s 2>/dev/null)
  stage=$wheels/tmp/${now:-9999999999}-$token
  said=$(mkdir -p "$wheels/files" "$wheels/views" "$stage" 2>&1) || stop "cannot write to the wheel mount: ${said%%"$nl"*}"
  [ -n "$now" ] || return 0
  for folder in "$wheels"/tmp/*; do
    made=${folder##*/} made=${made%%-*}
    case $made in
      '' | *[!0-9]*) ;;
      *) [ $((now - made)) -lt 259200 ] || rm -rf "$folder" ;;
    esac
  done
}

# Each file is a line `sha256 size`, then its bytes; an empty line ends. pip compares the hashes.
add_files() {
  open_stage
  if [ -n "$python" ] || { find_program python3 && python=$found; }; then
    said=$(PATH=$image_path "$python" -c "$receive_program" "$stage" "$wheels/files" <&4 3>&- 4<&-)
    case $?$said in
      0ready*) return 0 ;;
      *ready*) stop "${said#ready"$nl"}" ;;
      *) ;; # it has read nothing
    esac
  fi
  while IFS=' ' read -r sum size <&4 && [ -n "$sum" ]; do
    receive "$size" "$stage/$sum"
    said=$(mv -f "$stage/$sum" "$wheels/files/$sum" 2>&1) || stop "cannot write to the wheel mount: ${said%%"$nl"*}"
  done
}

# Whether file $1 has the sha256 $2; true where nobody can tell.
is_intact() {
  actual=$(sha256sum 2>/dev/null <"$1") || return 0
  [ "${actual%% *}" = "$2" ]
}

# Takes away what is no longer what it was, and says whose it is: $1 scope, $2 step, then sha256 and name of each entry.
# A step of an engine that cannot share a mount read-only may have written into its wheels.
tell_spoiled() {
  view=$wheels/views/$1/$2 spoiled=
  shift 2
  while [ $# -gt 1 ]; do
    is_bad=
    for copy in "$wheels/files/$1" "$view/$2"; do
      if [ -f "$copy" ] && ! is_intact "$copy" "$1"; then rm -f "$copy" && is_bad=1; fi
    done
    [ -z "$is_bad" ] || spoiled=$spoiled$1$nl
    shift 2
  done
  say spoiled "$spoiled"
}

# $1 scope, $2 step, $3 how many entries a whole view has: a step may have been able to remove some
tell_fingerprint() {
  view=$wheels/views/$1/$2 wanted=$3
  [ -f "$view/manifest" ] || return 0
  set -- "$view"/*
  [ "${wanted:-$#}" -ne $# ] || say fingerprint "$(cat "$view/manifest")"
}

# $1 scope, $2 step, $3 bytes of the links page, $4 of the fingerprint; both follow the command.
begin_view() {
  open_stage
  scope=$1 step=$2 view=$stage/view absent=
  rm -rf "$view"
  said=$(mkdir -p "$view/$step" "$wheels/views/$scope" 2>&1) || stop "cannot write to the wheel mount: ${said%%"$nl"*}"
  receive "$3" "$view/$step/links.html"
  receive "$4" "$view/$step/manifest"
}

# $1 sha256, $2 name
link() {
  ln "$wheels/files/$1" "$view/$step/$2" 2>/dev/null || cp "$wheels/files/$1" "$view/$step/$2" || absent=$absent$1$nl
}

# A rename into the parent folder never descends into a view that is there: it fails, and that one is put aside.
end_view() {
  say absent "$absent"
  [ -z "$absent" ] || return 0
  turn=0
  until said=$(mv "$view/$step" "$wheels/views/$scope/" 2>&1); do
    turn=$((turn + 1))
    [ $turn -le 20 ] || stop "$said"
    mkdir -p "$stage/old"
    mv "$wheels/views/$scope/$step" "$stage/old/$count-$turn" 2>/dev/null
  done
}

# --- the cache mount ---

# A folder that is really there: a step can put a link in its place.
make_folder() {
  if [ -L "$1" ]; then rm -f "$1"; fi
  [ -d "$1" ] || mkdir -p "$1"
}

# Whether all of the named are owned by uid.
are_owned() {
  owners=$(stat -c %u "$@" 2>/dev/null) || return 1
  for owner in $owners; do
    [ "$owner" = "$uid" ] || return 1
  done
}

# $1 scope, $2 folder, $3 user, $4 log, $5… folders for tools
prepare_user() {
  base=$cache/$1/$2 user=$3 log=$4
  shift 4
  is_found=1
  identify "$user" || is_found=0
  said=$(make_folder "$base" 2>&1) || stop "cannot write to the cache mount: ${said%%"$nl"*}"
  # Open to every user, and not sticky: a file that another user made in a sticky folder cannot be opened for
  # appending (protected_regular).
  umask 000
  make_folder "$base/logs"
  make_folder "$base/logs/$log"
  if [ -e "$base/logs/$log/pip.log" ] || [ -L "$base/logs/$log/pip.log" ]; then rm -rf "$base/logs/$log/pip.log"; fi
  printf '' >"$base/logs/$log/pip.log"
  umask 022
  for folder in "$@"; do
    shift
    make_folder "$base/$folder"
    set -- "$@" "$base/$folder"
  done
  are_owned "$base" "$base/logs" "$@" || chown -Rh "$uid:$gid" "$base"
  [ "$uid" = 0 ] || chown -Rh "$uid:$gid" "$base/logs/$log"
  say owner '' "$uid" "$gid" "$is_found"
}

# Goes to the folder of $1/$2 unless a link leads out of $1. Sets name.
enter() {
  name=${2##*/}
  real=$(cd -P "$1" 2>/dev/null && pwd -P) || return 1
  case $2 in
    */*) cd -P "$1/${2%/*}" 2>/dev/null || return 1 ;;
    *) cd -P "$1" || return 1 ;;
  esac
  case $(pwd -P)/ in
    "$real"/*) ;;
    *) return 1 ;;
  esac
}

# $1 folder, $2… files below it
tell_contents() {
  back=$PWD base=$1
  shift
  for path in "$@"; do
    if enter "$base" "$path" && [ -f "./$name" ] && [ ! -L "./$name" ] && measure "./$name"; then
      size_before=$size
      send_file "$size" "./$name"
      measure "./$name" && [ "$size" -ge "$size_before" ] || stop "$path changed while it was read"
    else
      say missing ''
    fi
  done
  cd "$back" || cd /
}

# $1 folder, $2… files or folders below it
remove() {
  back=$PWD base=$1
  shift
  for path in "$@"; do
    if enter "$base" "$path"; then rm -rf "./$name"; fi
  done
  cd "$back" || cd /
}

identify "$step_user"
count=0
while IFS= read -r line <&4; do
  [ -n "$line" ] || continue # sent to see whether we live
  count=$((count + 1))
  eval "$line"
  printf '%s %s\n' "$token" "$count" >&3
done
