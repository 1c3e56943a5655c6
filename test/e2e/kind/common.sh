# Names and words that the scripts beside this one share; sourced, never run.
# shellcheck shell=bash disable=SC2034
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
kubernetes_version=v1.34.4
kind_version=v0.33.0
helm_version=v3.19.0
provisioner_version=v0.0.30
stock_node_image=kindest/node:v1.34.0
stock_base_image=node:22-slim
# Stands in for $stock_base_image where it cannot be pulled: this machine's Node.js and npm.
local_base_image=kind-node/node:local
cache=${KIND_NODE_CACHE:-$HOME/.cache/kind-node}
bin=$cache/bin
work=$cache/work

say() { echo "[kind $(date +%T)] $*"; }

# Docker's own builder is the one that every engine has; the newer one is a plug-in that Debian does not ship.
if ! docker buildx version >/dev/null 2>&1; then export DOCKER_BUILDKIT=0; fi

# Pulls an image unless it is here; fails soon where no registry answers.
have_image() { docker image inspect "$1" >/dev/null 2>&1; }
pull_image() { have_image "$1" || timeout 120 docker pull -q "$1" >/dev/null 2>&1; }

# True when the machine has all that the usual kind needs, so that nothing has to be compiled.
stock_kind_works() {
  local program
  for program in docker kind kubectl helm; do command -v $program >/dev/null || return 1; done
  docker info >/dev/null 2>&1 && pull_image "$stock_node_image"
}
