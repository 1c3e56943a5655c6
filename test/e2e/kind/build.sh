#!/bin/bash
# Builds what a kind cluster needs where no image can be pulled: a node image, a base image with Node.js, and the programs kind,
# kubectl, helm and etcd in $bin. Everything comes from Go modules and Debian packages; root is needed. The first run takes 10 to 17
# minutes on two cores, most of it compiling Kubernetes. Each step is kept with what it was made from and made again only when that
# changes: a later run takes a second. What the steps print is in $cache/build.log. The last line printed is the node image's name.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
mkdir -p "$bin" "$work"
exec 9>"$cache/lock" && flock 9 # one build at a time
log=$cache/build.log && : >"$log"
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false

made_from() { [ -x "$bin/$1" ] && [ "$(cat "$bin/.$1" 2>/dev/null)" = "$2" ]; } # PROGRAM SOURCE
# Runs a command into the log, with a sign of life each minute: a silent quarter of an hour looks like a hang.
logged() {
  local started=$SECONDS minutes=0 pid
  "$@" >>"$log" 2>&1 9>&- &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if [ $(((SECONDS - started) / 60)) -gt $minutes ]; then
      minutes=$(((SECONDS - started) / 60))
      say "$minutes min: $1 $2" >&2
    fi
  done
  wait "$pid" && return
  echo "failed: $*" >&2
  tail -20 "$log" >&2
  exit 1
}
compile() { # DIRECTORY [LDFLAGS]
  local source
  source=$({ cat "$here/cmd/$1"/*; echo "${2:-}"; go version; } | sha256sum)
  made_from "$1" "$source" && return
  say "compiling $1" >&2
  cd "$here/cmd/$1" && logged go build -trimpath -ldflags "-s -w ${2:-}" -o "$bin/$1.part" . && cd - >/dev/null
  mv "$bin/$1.part" "$bin/$1" && echo "$source" >"$bin/.$1"
}
fetch_tool() { # MODULE@VERSION NAME
  made_from "$2" "$1" && return
  say "compiling $2" >&2
  GOBIN=$bin logged go install -trimpath -ldflags "-s -w" "$1" && echo "$1" >"$bin/.$2"
}
bootstrap() { # TAG PACKAGES
  [ "$(docker image inspect -f '{{index .Config.Labels "packages"}}' "$1" 2>/dev/null)" = "$2" ] && return
  say "bootstrapping $1" >&2
  mkdir -p "$work"
  logged mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --include="$2" bookworm "$work/rootfs.tar"
  logged docker import --change "LABEL packages=$2" "$work/rootfs.tar" "$1"
  rm "$work/rootfs.tar"
}
component() { rm -rf "${work:?}/$1" && mkdir -p "$work/$1"; } # DIRECTORY: an empty build context
image() { logged docker build -t "$1" "$2"; }                 # TAG DIRECTORY

slim_packages=ca-certificates,iptables,nftables,conntrack,kmod,iproute2
node_packages=systemd,systemd-sysv,dbus,containerd,runc,containernetworking-plugins,iptables,nftables,conntrack,ipset,ethtool,socat,iproute2,kmod,jq,procps,ca-certificates,e2fsprogs,curl

programs() {
  local version=k8s.io/component-base/version
  compile kubebox "-X $version.gitVersion=$kubernetes_version -X $version.gitMajor=1 -X $version.gitMinor=34"
  ln -sf kubebox "$bin/kubectl" && ln -sf kubebox "$bin/etcd" && ln -sf kubebox "$bin/kubeadm"
  compile coredns
  compile pause
  fetch_tool "sigs.k8s.io/kind@$kind_version" kind
  fetch_tool "helm.sh/helm/v3/cmd/helm@$helm_version" helm
  fetch_tool "github.com/rancher/local-path-provisioner@$provisioner_version" local-path-provisioner
}

# The images that kubeadm and kind expect inside a node, under the names that they expect; prints those names.
control_plane_images() {
  say "building the images of the control plane" >&2
  component kubernetes && ln "$bin/kubebox" "$work/kubernetes/"
  cat >"$work/kubernetes/Dockerfile" <<'DOCKERFILE'
FROM kind-node/slim:local
COPY kubebox /usr/local/bin/
RUN for name in kube-apiserver kube-controller-manager kube-scheduler kube-proxy etcd; do ln -s kubebox /usr/local/bin/$name; done
DOCKERFILE
  image kind-node/kubernetes:local "$work/kubernetes"
  component coredns && ln "$bin/coredns" "$work/coredns/"
  printf 'FROM scratch\nCOPY coredns /\nENTRYPOINT ["/coredns"]\n' >"$work/coredns/Dockerfile"
  image kind-node/coredns:local "$work/coredns"
  component pause && ln "$bin/pause" "$work/pause/"
  printf 'FROM scratch\nCOPY pause /\nUSER 65535:65535\nENTRYPOINT ["/pause"]\n' >"$work/pause/Dockerfile"
  image registry.k8s.io/pause:3.10 "$work/pause"
  component provisioner && ln "$bin/local-path-provisioner" "$work/provisioner/"
  printf 'FROM kind-node/slim:local\nCOPY local-path-provisioner /usr/local/bin/\n' >"$work/provisioner/Dockerfile"
  image kind.local/provisioner:1 "$work/provisioner"
  echo registry.k8s.io/pause:3.10 kind.local/provisioner:1
  local name
  for name in $("$bin/kubeadm" config images list --kubernetes-version $kubernetes_version 2>/dev/null); do
    case $name in
      */coredns:*) docker tag kind-node/coredns:local "$name" ;;
      */pause:*) docker tag registry.k8s.io/pause:3.10 "$name" ;;
      *) docker tag kind-node/kubernetes:local "$name" ;;
    esac
    echo "$name"
  done
}

node_image() { # TAG
  bootstrap kind-node/slim:local $slim_packages
  bootstrap kind-node/rootfs:local $node_packages
  local images
  images=$(control_plane_images)
  say "building the node image" >&2
  component node && cp "$here"/node/* "$work/node/" && ln "$bin/kubebox" "$work/node/" && echo $kubernetes_version >"$work/node/version"
  image kind-node/empty:local "$work/node"
  # shellcheck disable=SC2086
  docker save -o "$work/images.tar" $images
  # A node must hold the images before it first starts, so they are imported inside a container that is then kept as the image.
  docker rm -f kind-node-load >/dev/null 2>&1 || true
  docker run -d --name kind-node-load --privileged --entrypoint sleep kind-node/empty:local 600 >/dev/null
  docker cp "$work/images.tar" kind-node-load:/images.tar >/dev/null 2>&1
  docker exec -d --privileged kind-node-load containerd
  docker exec --privileged kind-node-load sh -c 'until ctr version >/dev/null 2>&1; do sleep 0.2; done; ctr -n k8s.io images import --no-unpack /images.tar >/dev/null; rm /images.tar; pkill containerd; sleep 1'
  docker commit --change 'ENTRYPOINT ["/usr/local/sbin/entrypoint", "/sbin/init"]' --change 'CMD []' kind-node-load "$1" >/dev/null
  docker rm -f kind-node-load >/dev/null
}

base_image() {
  bootstrap kind-node/slim:local $slim_packages
  say "building $local_base_image" >&2
  component nodejs
  cp -L "$(command -v node)" "$work/nodejs/node"
  cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$work/nodejs/npm"
  cp /etc/ssl/certs/ca-certificates.crt "$work/nodejs/"
  cat >"$work/nodejs/Dockerfile" <<'DOCKERFILE'
FROM kind-node/slim:local
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
 && groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
DOCKERFILE
  image $local_base_image "$work/nodejs"
}

command -v go >/dev/null || { echo "Go is needed to compile Kubernetes, or a machine where kind can pull its images" >&2; exit 1; }
"$here/engine.sh" 9>&-
command -v mmdebstrap >/dev/null || { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null; }
programs
# The image's name carries what it was made from, so that two checkouts never take each other's for their own.
recipe=$(cat "$here"/node/* "$here/build.sh" "$bin/.kubebox" "$bin/.coredns" | sha256sum | cut -c1-12)
tag=kind-node:$kubernetes_version-$recipe
have_image "$tag" || node_image "$tag"
have_image $local_base_image || base_image
rm -rf "$work"
say "ready: images $tag and $local_base_image, programs in $bin" >&2
echo "$tag"
