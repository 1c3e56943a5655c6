#!/usr/bin/env bash
# Python's redis package in a virtual environment under node_modules/.cache, at the version that its requirements name; does nothing when it is
# there. Prints the path of the environment's python.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=node_modules/.cache/python-redis
requirements=test/integration/redis/requirements.txt
if ! cmp -s "$requirements" "$folder/installed"; then
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo 'installing python3 and python3-venv, for the Redis client of Python' >&2
    [ "$(id -u)" = 0 ] || { echo 'python3 with venv is needed, and only root can install it' >&2; exit 1; }
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv; } >&2
  fi
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" >&2
  cp "$requirements" "$folder/installed"
fi
echo "$PWD/$folder/bin/python"
