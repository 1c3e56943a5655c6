/** The production code that runs in a modelled pod: that of the store's simulator, and the node's HTTP face without its sockets. */
export * from '../simulation/build.ts';
export { NodeHttpBackend } from '../../src/node/http-backend.ts';
export { NodeMetrics } from '../../src/node/metrics.ts';
