#!/bin/bash
# down.sh NAME: removes the cluster that up.sh made, and its kubeconfig.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
export PATH=$bin:$PATH
kind delete cluster --name "$1"
rm -f "$cache/$1.kubeconfig"
