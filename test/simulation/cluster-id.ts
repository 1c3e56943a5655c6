import { present } from '../../src/shared/assert.ts';
import { parseClusterId } from '../../src/shared/ids.ts';

export const CLUSTER_ID = present(parseClusterId('orders'), 'a cluster id');
