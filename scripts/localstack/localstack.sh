#!/usr/bin/env bash
# LocalStack without Docker:   scripts/localstack/localstack.sh install <directory>      makes a Python environment of 500 MB there
#                              scripts/localstack/localstack.sh run <directory> <port>   runs it, and starts it again when it ends
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Python 3.13, else 3.12: with an older one it installs, and fails at the first call.
newest_python() {
  local candidate
  for candidate in python3.13 "$HOME"/.pyenv/versions/3.13*/bin/python python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python python3; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 14))' >/dev/null 2>&1 || continue
    printf '%s\n' "$candidate"
    return
  done
  echo "LocalStack needs Python 3.12 or 3.13, and none is on PATH or in ~/.pyenv" >&2
  return 1
}

install() { # directory
  local python
  python=$(newest_python)
  "$python" -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
  # LocalStack marks what is deprecated by a function that Python's library has from 3.13 on.
  "$1/bin/python" -c 'from warnings import deprecated' 2>/dev/null ||
    echo 'import warnings, typing_extensions; warnings.deprecated = typing_extensions.deprecated' >"$("$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/deprecated.pth"
}

run() { # directory, port
  local data
  data=$(mktemp -d)
  trap '[ -z "${child:-}" ] || kill "$child" 2>/dev/null; rm -rf "$data"' EXIT
  trap 'exit 0' INT TERM
  # Two that share a directory for temporary files take each other's away when they end.
  while true; do
    env -i PATH="$PATH" HOME="$data" TMPDIR="$data" PARITY_AWS_ACCESS_KEY_ID=1 GATEWAY_LISTEN="127.0.0.1:$2" DNS_ADDRESS=0 SKIP_SSL_CERT_DOWNLOAD=1 \
      DISABLE_EVENTS=1 FILESYSTEM_ROOT="$data" "$1/bin/python" -m localstack.runtime.main &
    child=$!
    wait "$child" || true
    echo "LocalStack has ended; it is started again" >&2
    sleep 1
  done
}

case "${1:-}" in
  install) install "${2:?give a directory}" ;;
  run) run "${2:?give the directory of the installation}" "${3:?give a port}" ;;
  *) sed -n '2,3s/^# *//p' "$0"; exit 2 ;;
esac
