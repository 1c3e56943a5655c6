{{/* Name of the chart's objects: that of the release, which most people call quorate. */}}
{{- define "quorate.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels by which the operator's pods are selected; a Deployment's selector can't be changed, so neither can these. */}}
{{- define "quorate.selectorLabels" -}}
app.kubernetes.io/name: quorate
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "quorate.labels" -}}
{{ include "quorate.selectorLabels" . }}
app.kubernetes.io/part-of: quorate
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "quorate.serviceAccountName" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "quorate.fullname" . -}}
{{- else -}}
default
{{- end -}}
{{- end -}}

{{- define "quorate.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* With the pod's own securityContext: what the restricted Pod Security Standard asks of a container. */}}
{{- define "quorate.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Rights inside the namespaces of the clusters, verb by verb. */}}
{{- define "quorate.namespacedRules" -}}
# The clusters: watched; in the order to replace members an id takes the place of a name (S9).
- apiGroups: [quorate.io]
  resources: [storageclusters]
  verbs: [get, list, watch, patch]
- apiGroups: [quorate.io]
  resources: [storageclusters/status]
  verbs: [get, update, patch]
# Where the API server enforces it, owner references that block deletion need this.
- apiGroups: [quorate.io]
  resources: [storageclusters/finalizers]
  verbs: [update]
# One StatefulSet a shard. Deleted, its pods kept, only to be made anew with larger claims.
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch, delete]
# What a template was before: the way back of a member that did not prove itself after an update.
- apiGroups: [apps]
  resources: [controllerrevisions]
  verbs: [get]
# Pods: watched, labelled with their role; broken ones deleted by UID, healthy ones evicted (S8).
- apiGroups: ['']
  resources: [pods]
  verbs: [get, list, watch, patch, delete]
- apiGroups: ['']
  resources: [pods/eviction]
  verbs: [create]
# Claims: grown, given an owner, deleted by UID after the committed removal of their member (S4).
- apiGroups: ['']
  resources: [persistentvolumeclaims]
  verbs: [get, list, watch, patch, delete]
- apiGroups: ['']
  resources: [services]
  verbs: [get, create, patch, delete]
# Secrets: each by its name; the operator can list and watch none.
- apiGroups: ['']
  resources: [secrets]
  verbs: [get, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, create, patch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{/* Rights on objects that have no namespace: evidence that a member is dead, and volumes kept until it is replaced (S9). */}}
{{- define "quorate.clusterRules" -}}
# Volumes name their node by a label that need not be its name, so nodes are listed by that label.
- apiGroups: ['']
  resources: [nodes]
  verbs: [get, list]
- apiGroups: ['']
  resources: [persistentvolumes]
  verbs: [get, patch]
# Whether a class lets volumes grow.
- apiGroups: [storage.k8s.io]
  resources: [storageclasses]
  verbs: [get]
{{- end -}}
