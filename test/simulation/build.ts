/**
 * All of the production code that a simulated machine runs. It is bundled once for each build, with its version and feature level, so that
 * machines of two builds meet in one world (rule S16). What passes between builds is bytes.
 */
export { StorageNode } from '../../src/node/storage-node.ts';
export { NodeService } from '../../src/node/node-service.ts';
export { describeNode } from '../../src/node/describe.ts';
export { ClientSession } from '../../src/node/clients/session.ts';
export { ClientRegistry } from '../../src/node/clients/client-state.ts';
export { openDataFolder } from '../../src/wal/data-folder.ts';
export { DiskError } from '../../src/wal/disk.ts';
export { readBatch } from '../../src/wal/batch.ts';
export { readSegmentHeader, SEGMENT_HEADER_BYTES } from '../../src/wal/segment.ts';
export {
  ChecksummedReader,
  readChunks as readSnapshotChunks,
  readHeader as readSnapshotHeader,
} from '../../src/wal/snapshot-codec.ts';
export { decodeIdentity } from '../../src/wal/identity-file.ts';
export { MemberNetwork } from '../../src/wire/peer/network.ts';
export { decodeRaftMessage } from '../../src/consensus/raft/codec.ts';
export { decodeBatch } from '../../src/keyspace/batch-codec.ts';
export { BUILD_VERSION, FEATURE_LEVEL_MAX } from '../../src/shared/build.ts';
