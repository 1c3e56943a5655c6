/** Between snapshot files and states: taking one without stopping the world, and reading one back. */
import type { StateMachine } from '../keyspace/state-machine.ts';
import { StateMachineRestorer } from '../keyspace/state-machine.ts';
import type { SnapshotFiles, StoredSnapshot } from '../wal/snapshot-files.ts';

/** @throws DiskError or MalformedBytesError when the file can't be read or is not what it should be */
export async function restoreState(files: SnapshotFiles, snapshot: StoredSnapshot): Promise<StateMachine> {
  const restorer = new StateMachineRestorer();
  for await (const chunk of files.chunks(snapshot)) restorer.push(chunk);
  return restorer.finish();
}
