/** Where the objects of the one cluster are. */
export const CLUSTER = 'orders';
export const PATHS = {
  clusters: '/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters',
  orders: `/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters/${CLUSTER}`,
  pods: '/api/v1/namespaces/shop/pods',
  claims: '/api/v1/namespaces/shop/persistentvolumeclaims',
  volumes: '/api/v1/persistentvolumes',
  nodes: '/api/v1/nodes',
  set: `/apis/apps/v1/namespaces/shop/statefulsets/${CLUSTER}-shard-0`,
} as const;

export const LEASE = '/apis/coordination.k8s.io/v1/namespaces/quorate/leases/operator';
