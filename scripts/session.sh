#!/usr/bin/env bash
# The session of the README on the cluster that KUBECONFIG names: install the operator, apply a StorageCluster, write and read.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
try() { say "$*"; "$@"; }

try helm upgrade --install quorate charts/quorate --namespace quorate-system --create-namespace --wait --timeout 3m
try kubectl apply -f examples/orders.yaml
try kubectl wait stc/orders --for=condition=Ready --timeout=180s
try kubectl get stc orders
password=$(kubectl get secret orders-client -o jsonpath='{.data.password}' | base64 -d)

# A Redis client, from wherever this runs: a port of this machine leads to the member for as long as this script lasts.
port=16379
kubectl port-forward service/orders "$port:6379" >/dev/null &
forward=$!
trap 'kill $forward 2>/dev/null' EXIT
for _ in $(seq 50); do (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.2; done
redis() { # the little of RESP that this takes, so that no client has to be installed
  exec 3<> "/dev/tcp/127.0.0.1/$port"
  printf 'AUTH %s\r\n%s\r\n' "$password" "$*" >&3
  local line; read -r line <&3; read -r line <&3
  if [[ $line == \$* && $line != \$-1* ]]; then read -r line <&3; fi
  exec 3>&-
  printf '%s\n' "${line%$'\r'}"
}
say "redis-cli SET greeting hello"; redis SET greeting hello
say "redis-cli GET greeting"; redis GET greeting

cat <<TEXT

The cluster stays up. What to try next:
  export KUBECONFIG=$KUBECONFIG PATH=$(dirname "$(command -v helm)"):\$PATH
  kubectl get stc orders --watch
  kubectl scale stc/orders --replicas=5
  kubectl delete pod "\$(kubectl get pods -l quorate.io/role=leader -o jsonpath='{.items[0].metadata.name}')"
  kubectl delete stc orders
  make e2e-down                       # removes the kind cluster
TEXT
