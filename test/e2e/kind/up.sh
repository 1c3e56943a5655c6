#!/bin/bash
# up.sh NAME WORKERS: a kind cluster of one control plane and WORKERS workers; its kubeconfig is $cache/NAME.kubeconfig.
# KIND_NODE_IMAGE names the node image. Without it, where `docker`, `kind`, `kubectl` and `helm` are installed and kind's own image can
# be pulled, that one is taken; anywhere else everything is built from Go modules and Debian packages (build.sh).
# A cluster of that name that answers is kept as it is, unless FRESH=yes. The creation of a cluster, which is none of ours to test, is tried twice.
# The API server keeps an audit log, /var/log/kubernetes/audit.log on the control plane, by audit-policy.yaml beside this file.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
name=$1 workers=$2
mkdir -p "$cache"
"$here/engine.sh"
if [ -n "${KIND_NODE_IMAGE:-}" ]; then
  node_image=$KIND_NODE_IMAGE
elif stock_kind_works; then
  node_image=$stock_node_image
else
  node_image=$("$here/build.sh" | tail -1)
fi
export PATH=$bin:$PATH
kubeconfig=$cache/$name.kubeconfig
kube() { kubectl --kubeconfig "$kubeconfig" "$@"; }

answers() { kind get clusters 2>/dev/null | grep -qx "$name" && [ -s "$kubeconfig" ] && kube get --raw /readyz >/dev/null 2>&1; }
create() {
  ! kind get clusters 2>/dev/null | grep -qx "$name" || kind delete cluster --name "$name" >/dev/null 2>&1
  {
    cat <<CONFIG
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
kubeadmConfigPatches:
- |
  kind: ClusterConfiguration
  apiServer:
    extraArgs:
      audit-policy-file: /etc/kubernetes/audit/policy.yaml
      audit-log-path: /var/log/kubernetes/audit.log
      audit-log-maxsize: "1000"
    extraVolumes:
    - {name: audit-policy, hostPath: /etc/kubernetes/audit, mountPath: /etc/kubernetes/audit, readOnly: true, pathType: Directory}
    - {name: audit-log, hostPath: /var/log/kubernetes, mountPath: /var/log/kubernetes, pathType: DirectoryOrCreate}
nodes:
- role: control-plane
  extraMounts:
  - {hostPath: "$here/audit-policy.yaml", containerPath: /etc/kubernetes/audit/policy.yaml, readOnly: true}
CONFIG
    for _ in $(seq "$workers"); do echo '- role: worker'; done
  } | kind create cluster --name "$name" --image "$node_image" --kubeconfig "$kubeconfig" --config - --wait 2m &&
    kube wait --for=condition=Ready nodes --all --timeout=120s &&
    kube -n kube-system rollout status deployment/coredns --timeout=120s &&
    kube -n local-path-storage rollout status deployment/local-path-provisioner --timeout=120s
}
if [ "${FRESH:-}" != yes ] && answers; then
  say "cluster $name is already up"
else
  say "creating cluster $name with $workers workers from $node_image"
  create || { say "the cluster did not come up; trying once more"; create; }
fi
echo "export KUBECONFIG=$kubeconfig PATH=$bin:\$PATH"
