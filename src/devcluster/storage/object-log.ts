/**
 * The objects of a cluster on disk: a snapshot, and a log of every change since, a line of JSON each. A change is in the file before anybody is told
 * of it, so that nothing that was acknowledged is lost when the process is killed; the machine's own crash may take the last changes along.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, numberAt, stringAt } from '../model/json.ts';
import type { StoredObject } from '../model/objects.ts';
import { Store } from '../model/store.ts';
import type { StoreChange, StoredPlace } from '../model/store.ts';

export const OBJECT_LOG_LIMITS = {
  /** A longer log becomes a snapshot. */
  logBytesMax: 8 * 1024 * 1024,
} as const;

/** What is on disk is no log of ours, or was damaged. */
export class ObjectLogError extends Error {
  override readonly name = 'ObjectLogError';
  readonly code = 'OBJECT_LOG_DAMAGED';
}

interface Line {
  readonly revision: number;
  readonly collection: string;
  /** Null: it is gone. */
  readonly object: StoredObject | null;
  readonly key: string;
}

export class ObjectLog {
  readonly store: Store;
  readonly #snapshotFile: string;
  readonly #logFile: string;
  readonly #unsubscribe: () => void;
  #file: number;
  #bytes = 0;

  /** @param asFound what becomes of an object that was there before this start. @throws ObjectLogError */
  constructor(folder: string, asFound: (place: StoredPlace) => StoredObject) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#snapshotFile = join(folder, 'snapshot');
    this.#logFile = join(folder, 'log');
    const found = this.#read();
    this.store =
      found === null
        ? new Store()
        : Store.restored(
            found.places.map((place) => ({ ...place, object: asFound(place) })),
            found.revision,
          );
    this.#file = this.#begin();
    this.#unsubscribe = this.store.onRecord((change) => this.#append(change));
  }

  close(): void {
    this.#unsubscribe();
    closeSync(this.#file);
  }

  #append({ revision, type, collection, object }: StoreChange): void {
    const line: Line = { revision, collection, key: keyOf(object), object: type === 'DELETED' ? null : object };
    this.#bytes += writeSync(this.#file, `${JSON.stringify(line)}\n`);
    if (this.#bytes < OBJECT_LOG_LIMITS.logBytesMax) return;
    closeSync(this.#file);
    this.#file = this.#begin();
  }

  /** Writes all there is as a snapshot, and an empty log after it. */
  #begin(): number {
    const draft = `${this.#snapshotFile}.draft`;
    const file = openSync(draft, 'w', 0o600);
    const { revision } = this.store;
    writeSync(file, `${JSON.stringify({ revision })}\n`);
    for (const { collection, object } of this.store.everything()) {
      writeSync(file, `${JSON.stringify({ revision, collection, key: keyOf(object), object } satisfies Line)}\n`);
    }
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, this.#snapshotFile);
    this.#bytes = 0;
    return openSync(this.#logFile, 'w', 0o600);
  }

  /** Null: nothing was kept yet. */
  #read(): { readonly places: readonly StoredPlace[]; readonly revision: number } | null {
    if (!existsSync(this.#snapshotFile)) return null;
    const [head, ...rows] = linesOf(this.#snapshotFile);
    let revision = numberAt(head, 'revision');
    if (revision === undefined) throw new ObjectLogError(`${this.#snapshotFile}: line 1 does not say the revision`);
    const places = new Map<string, StoredPlace>();
    const begun = revision;
    // What the snapshot holds already is passed over: the log may be older than the snapshot that followed it.
    const logged = existsSync(this.#logFile) ? linesOf(this.#logFile) : [];
    for (const row of [...rows, ...logged.filter((line) => (numberAt(line, 'revision') ?? 0) > begun)]) {
      const { collection, object, key, revision: at } = lineOf(row);
      const place = `${collection}/${key}`;
      if (object === null) places.delete(place);
      else places.set(place, { collection, object });
      revision = Math.max(revision, at);
    }
    return { places: [...places.values()], revision };
  }
}

function keyOf({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A last line that has no end was never acknowledged. @throws ObjectLogError for any other that is no JSON */
function linesOf(file: string): readonly unknown[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (cause) {
      throw new ObjectLogError(`${file}: line ${index + 1} is damaged`, { cause });
    }
  });
}

function lineOf(value: unknown): Line {
  const [revision, collection, key] = [numberAt(value, 'revision'), stringAt(value, 'collection'), stringAt(value, 'key')];
  if (revision === undefined || collection === undefined || key === undefined || !isJsonObject(value)) {
    throw new ObjectLogError(`not a line of a log of objects: ${JSON.stringify(value)}`);
  }
  return { revision, collection, key, object: value['object'] as StoredObject | null };
}
