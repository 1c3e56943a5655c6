/** Objects from files, folders and stdin, as `-f` names them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { loadAll } from 'js-yaml';
import { KubectlError } from './refusal.ts';
import type { StoredObject } from './session.ts';

export interface ReadObject {
  /** As kubectl names it in errors: the file, or `STDIN`. */
  readonly source: string;
  readonly object: StoredObject;
}

const ENDINGS: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml']);

/** Lists are taken apart. @throws KubectlError */
export async function objectsIn(names: readonly string[], stdin: AsyncIterable<Buffer | string>): Promise<readonly ReadObject[]> {
  const found: ReadObject[] = [];
  for (const name of names) {
    if (/^https?:/.test(name)) throw new KubectlError(`error: ${name}: only kubectl itself reads addresses; save the file first`);
    for (const { source, text } of name === '-' ? [{ source: 'STDIN', text: await textOf(stdin) }] : filesOf(name)) {
      found.push(...readText(source, text));
    }
  }
  if (found.length === 0) throw new KubectlError('error: no objects passed to apply');
  return found;
}

async function textOf(stdin: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function filesOf(name: string): readonly { readonly source: string; readonly text: string }[] {
  if (!existsSync(name)) throw new KubectlError(`error: the path "${name}" does not exist`);
  const files = statSync(name).isDirectory()
    ? readdirSync(name)
        .filter((file) => ENDINGS.has(extname(file)))
        .sort()
        .map((file) => join(name, file))
    : [name];
  return files.map((source) => ({ source, text: readFileSync(source, 'utf8') }));
}

function readText(source: string, text: string): readonly ReadObject[] {
  let documents: readonly unknown[];
  try {
    documents = loadAll(text);
  } catch (error) {
    throw new KubectlError(`error: error parsing ${source}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return objectsOf(source, documents);
}

/** Of documents that are read already. @throws KubectlError when one of them is no object of Kubernetes */
export function objectsOf(source: string, documents: readonly unknown[]): readonly ReadObject[] {
  return documents.flatMap((document) => {
    if (document === null || document === undefined) return [];
    return itemsOf(document).map((object) => ({ source, object: checked(source, object) }));
  });
}

function itemsOf(document: unknown): readonly unknown[] {
  const isList = typeof document === 'object' && document !== null && 'kind' in document && document.kind === 'List';
  return isList && 'items' in document && Array.isArray(document.items) ? document.items : [document];
}

function checked(source: string, object: unknown): StoredObject {
  const lacks = (what: string): KubectlError => {
    return new KubectlError(`error: error validating "${source}": error validating data: ${what} not set`);
  };
  if (typeof object !== 'object' || object === null) throw lacks('apiVersion');
  for (const field of ['apiVersion', 'kind'] as const) {
    if (!(field in object) || typeof (object as Record<string, unknown>)[field] !== 'string') throw lacks(field);
  }
  const { metadata } = object as { readonly metadata?: { readonly name?: unknown } };
  if (typeof metadata?.name !== 'string') {
    throw new KubectlError(`error: error when retrieving current configuration of ${source}: resource name may not be empty`);
  }
  return object as StoredObject;
}
