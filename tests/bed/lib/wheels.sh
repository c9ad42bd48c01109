# Real third-party wheels, packed from Debian's python3-* packages for the interpreters of the base images, a few source
# distributions, and synthetic wheels of any size. All that the index serves is in $BED/wheels/all.
# shellcheck shell=bash

WHEEL_PACKAGES=(
  # task queues
  celery kombu billiard vine amqp redis click click-didyoumean click-plugins click-repl tenacity
  # web
  flask werkzeug jinja2 markupsafe itsdangerous blinker flask-login flask-sqlalchemy gunicorn
  django asgiref sqlparse djangorestframework
  fastapi starlette pydantic uvicorn uvloop httptools websockets dotenv h11 anyio sniffio tornado
  # clients
  requests urllib3 idna certifi chardet charset-normalizer httpx httpcore aiohttp multidict yarl
  boto3 botocore s3transfer jmespath
  # data
  sqlalchemy sqlalchemy-ext alembic mako greenlet psycopg2 pymysql
  numpy pandas pandas-lib dateutil tz tzdata joblib
  # with libraries in C
  lxml cryptography cffi pycparser pil yaml psutil simplejson
  # small ones
  six packaging docopt tqdm rich pygments attr typing-extensions wcwidth prompt-toolkit importlib-metadata zipp
  more-itertools markdown bs4 soupsieve
  # tools that builds need
  setuptools wheel pip pytest pluggy iniconfig hatchling flit-core poetry-core pathspec trove-classifiers
)

wheels_make() {
  local made python
  made=$(recipe lib/wheels.sh 'wheels/*.py')
  mkdir -p "$BED/wheels/big"
  if ! is_made wheels "$made"; then
    for python in "${PYTHONS[@]}"; do wheels_repack "${python%:*}" "${python#*:}"; done
    rm -rf "$BED/wheels/sdist"
    wheels_tool sdists --source "$BED/wheels/cp313" --out "$BED/wheels/sdist"
    wheels_merge
    say "wheels: $(find "$BED/wheels/all" -name '*.whl' | wc -l) files, $(du -sh "$BED/wheels/all" | cut -f1)"
    mark_made wheels "$made"
  fi
}

wheels_tool() { "${SYSTEM_PYTHON[@]}" "$BED_SOURCE/wheels" "$@"; }

wheels_merge() {
  wheels_tool merge --out "$BED/wheels/all" "$BED"/wheels/cp3{11,13,14} "$BED/wheels/sdist" "$BED/wheels/big"
}

# wheels_repack SUITE VERSION
wheels_repack() {
  local suite=$1 want
  mapfile -t want < <(wheels_wanted "$suite")
  say "wheels: ${#want[@]} packages of $suite"
  apt_try "$suite" -y --no-install-recommends --download-only install "${want[@]}"
  wheels_tool repack --debs "$BED/apt/$suite/cache/archives" --work "$BED/wheels/work" \
    --out "$BED/wheels/cp${2/./}" --python "$2" >>"$BED/log/wheels-$suite.log" 2>&1 ||
    die "the wheels of $suite could not be packed, see $BED/log/wheels-$suite.log"
  rm -rf "$BED/wheels/work"
}

# Those of WHEEL_PACKAGES that the suite has and that go together: on some days sid has packages that do not.
wheels_wanted() {
  local known package candidates=() want=()
  apt_world "$1"
  known=" $(apt_in "$1" apt-cache pkgnames python3- | tr '\n' ' ') "
  for package in "${WHEEL_PACKAGES[@]}"; do
    case $known in
      *" python3-$package "*) candidates+=("python3-$package") ;;
      *) echo "$1 has no python3-$package" >>"$BED/log/wheels-$1.log" ;;
    esac
  done
  if wheels_go_together "$1" "${candidates[@]}"; then
    want=("${candidates[@]}")
  else
    for package in "${candidates[@]}"; do
      if wheels_go_together "$1" "${want[@]}" "$package"; then
        want+=("$package")
      else
        echo "$1 cannot install $package with the others" >>"$BED/log/wheels-$1.log"
      fi
    done
  fi
  printf '%s\n' "${want[@]}"
}

wheels_go_together() {
  local suite=$1
  shift
  apt_in "$suite" apt-get install -s --no-install-recommends "$@" >/dev/null 2>&1
}

# wheel_make big NAME VERSION SIZE [OPTIONS]; one that is there already is kept
wheel_make() {
  [ "${1:-}:$(($# >= 4))" = big:1 ] || die "bed wheel big NAME VERSION SIZE [--files N] [--requires A,B] [--seed N]"
  lock
  if ! compgen -G "$BED/wheels/big/${2//-/_}-$3-*.whl" >/dev/null; then
    wheels_tool big --out "$BED/wheels/big" --name "$2" --version "$3" --size "$4" "${@:5}" >/dev/null
    wheels_merge
    index_rescan
  fi
  compgen -G "$BED/wheels/big/${2//-/_}-$3-*.whl"
}

# Real pip in the real images: what was packed installs, agrees with itself and can be imported. The first set of each
# interpreter is everything at once.
wheels_verify() {
  local image failed=0
  for image in python:3.11 python:3.13 python:3.14; do
    wheels_verify_set $image "/wheels/cp3${image#*:3.}/*.whl" 'kombu'
    wheels_verify_set $image 'celery[redis] requests python-dateutil' 'celery, redis, kombu, billiard, requests'
    wheels_verify_set $image 'flask gunicorn flask-sqlalchemy psycopg2' 'flask, gunicorn, flask_sqlalchemy, psycopg2'
    wheels_verify_set $image 'django djangorestframework pillow' 'django, rest_framework, PIL._imaging'
    wheels_verify_set $image 'numpy pandas joblib' \
      'numpy, pandas, joblib; pandas.DataFrame({1: numpy.arange(3.0)}).sum()'
    wheels_verify_set $image 'fastapi uvicorn httpx pydantic uvloop httptools' \
      'fastapi, uvicorn, httpx, pydantic, uvloop, httptools'
    wheels_verify_set $image 'boto3 pyyaml lxml cryptography' \
      'boto3, yaml, lxml.etree, cryptography.hazmat.primitives.ciphers.aead'
    wheels_verify_set $image 'docopt flask-login pymysql' 'docopt, flask_login, pymysql'
  done
  wheels_verify_set python:3.11-alpine 'celery[redis] numpy' 'celery, numpy'
  [ "$failed" = 0 ] || die "$failed of the sets do not work"
}

# wheels_verify_set IMAGE REQUIREMENTS IMPORTS
wheels_verify_set() {
  local out
  # shellcheck disable=SC2016
  if out=$(engine_docker 28 run --rm --network none -v "$BED/wheels:/wheels:ro" "$1" sh -euc '
      pip install -q --root-user-action=ignore --no-cache-dir --no-index --find-links /wheels/all $0
      python -c "import $1"
      pip check' "$2" "$3" 2>&1); then
    say "ok $1 $2"
  else
    say "FAILED $1 $2: $(tail -5 <<<"$out")"
    failed=$((failed + 1))
  fi
}
