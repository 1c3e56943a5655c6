#!/bin/bash
# images.sh first|second|both: builds our image (or the second build of it, which has its own version and speaks the next feature level:
# rolls are tested with it). With CLUSTER=NAME they are loaded into that kind cluster's workers; with E2E_IMAGE_LOAD='command' the
# command is run with the images' names instead; with neither they stay in the engine.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
export PATH=$bin:$PATH
repository=${IMAGE_REPOSITORY:-quorate}
first_version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
second_version=${SECOND_VERSION:-0.2.0}
feature_level=$(sed -n "s/.*typeof __QUORATE_FEATURE_LEVEL__ === 'number' ? __QUORATE_FEATURE_LEVEL__ : \([0-9]*\);.*/\1/p" "$root/src/shared/build.ts")
base=${NODE_IMAGE:-}
if [ -z "$base" ]; then
  if have_image $local_base_image; then base=$local_base_image; else base=$stock_base_image; fi
fi
build() { # VERSION FEATURE_LEVEL
  say "building $repository:$1 (feature level $2) on $base"
  docker build --build-arg NODE_IMAGE="$base" --build-arg VERSION="$1" --build-arg FEATURE_LEVEL="$2" -t "$repository:$1" "$root" \
    >"$cache/image.log" 2>&1 || { tail -40 "$cache/image.log" >&2; exit 1; }
}
mkdir -p "$cache"
images=()
case ${1:-both} in first | both) build "$first_version" "$feature_level" && images+=("$repository:$first_version") ;; esac
case ${1:-both} in second | both) build "$second_version" "$((feature_level + 1))" && images+=("$repository:$second_version") ;; esac
[ ${#images[@]} -gt 0 ] || { echo "images.sh first|second|both" >&2; exit 2; }
if [ -n "${E2E_IMAGE_LOAD:-}" ]; then
  say "loading ${images[*]} with \$E2E_IMAGE_LOAD"
  for name in "${images[@]}"; do $E2E_IMAGE_LOAD "$name"; done
elif [ -n "${CLUSTER:-}" ]; then
  say "loading ${images[*]} into the workers of $CLUSTER"
  workers=$(kind get nodes --name "$CLUSTER" | grep -v control-plane | paste -sd, -)
  kind load docker-image --name "$CLUSTER" --nodes "$workers" "${images[@]}"
fi
