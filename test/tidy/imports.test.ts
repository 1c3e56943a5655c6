/** Arrows point downward only (docs/ARCHITECTURE.md, "Rooms"): who may import whom is a table, and this holds the code to it. */
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { filesUnder } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

/** A protocol's room is a room of its own: it sees the contract beside it, never another protocol. */
const PROTOCOLS = ['raft', 'multi-paxos', 'primary-replica', 'three-phase'];

/** What each room may import besides itself. `consensus/*` is a protocol's room. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  api: ['shared'],
  consensus: ['shared'],
  ...Object.fromEntries(PROTOCOLS.map((protocol) => [`consensus/${protocol}`, ['consensus', 'shared']])),
  keyspace: ['shared'],
  wal: ['consensus', 'shared'],
  wire: ['api', 'shared'],
  node: ['api', 'consensus', 'consensus/raft', 'keyspace', 'shared', 'wal', 'wire'],
  operator: ['api', 'shared'],
  recovery: ['consensus', 'keyspace', 'shared', 'wal'],
  cli: ['api', 'devcluster', 'devcluster/model', 'node', 'operator', 'recovery', 'shared', 'wal', 'wire'],
  'devcluster/model': ['api', 'shared'],
  devcluster: ['api', 'devcluster/model', 'operator', 'shared', 'wal'],
};

/** Types alone: peers shake hands with the words of the contract, and run none of its code. */
const MAY_NAME_TYPES_OF: Readonly<Record<string, readonly string[]>> = { wire: ['consensus'] };

/** Rooms without I/O, clock or dice of their own. */
const PURE_ROOMS = [
  'cli/view',
  'shared',
  'consensus',
  'consensus/raft',
  'keyspace',
  'operator/plan',
  'operator/render',
  'operator/status',
  'devcluster/model',
];
const NODE_CLOCKS_AND_DOORS =
  /^(node:)?(fs|net|http|https|dgram|tls|child_process|worker_threads|timers|os|cluster|process)(\/|$)/;

interface Import {
  readonly from: SourceFile;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** What is taken, by name; empty for `export *`, `import()` and default imports. */
  readonly names: readonly string[];
}

function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, names: readonly string[] = []) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      found.push({ from: file, specifier: specifier.text, typeOnly, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const names =
        bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map((element) => element.name.text) : [];
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, names);
    }
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023));
  return found;
}

/** Rooms inside a room, with a row of their own. */
const INNER_ROOMS: Readonly<Record<string, readonly string[]>> = { consensus: PROTOCOLS, devcluster: ['model'] };

/** `src/consensus/raft/raft.ts` is of `consensus/raft`, `src/wire/resp/parser.ts` of `wire`, `src/main.ts` of `main.ts`. */
function roomOf(path: string): string {
  const [, room = '', inner = ''] = path.split('/');
  return INNER_ROOMS[room]?.includes(inner) === true ? `${room}/${inner}` : room;
}

function targetOf({ from, specifier }: Import): string | null {
  return specifier.startsWith('.') ? normalize(join(dirname(from.path), specifier)) : null;
}

function breachOf(imported: Import): string | null {
  const target = targetOf(imported);
  if (target === null) return null;
  const from = roomOf(imported.from.path);
  const to = roomOf(target);
  if (from === 'main.ts' || from === to) return null;
  if (imported.typeOnly && MAY_NAME_TYPES_OF[from]?.includes(to) === true) return null;
  return MAY_IMPORT[from]?.includes(to) === true ? null : `${imported.from.path} imports ${target}: ${from} may not import ${to}`;
}

const sources = filesUnder('src', ['.ts']);
const imports = sources.flatMap(importsOf);

describe('the table of imports', () => {
  test('is kept by every file', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.map(breachOf).filter((breach) => breach !== null)).toEqual([]);
  });

  test('knows every room', () => {
    const rooms = new Set(sources.map(({ path }) => roomOf(path)).filter((room) => !room.endsWith('.ts')));
    expect([...rooms].filter((room) => MAY_IMPORT[room] === undefined)).toEqual([]);
  });

  test.each([
    ['src/operator/reconcile.ts', '../node/run-node.ts'],
    ['src/node/run-node.ts', '../operator/main.ts'],
    ['src/shared/assert.ts', '../api/constants.ts'],
    ['src/consensus/raft/raft.ts', '../multi-paxos/paxos.ts'],
    ['src/consensus/core.ts', './raft/raft.ts'],
    ['src/wal/disk.ts', '../consensus/raft/raft.ts'],
    ['src/keyspace/keyspace.ts', '../wire/resp/parser.ts'],
    ['src/devcluster/model/api.ts', '../../operator/main.ts'],
    ['src/operator/main.ts', '../devcluster/model/api.ts'],
  ])('refuses that %s imports %s', (path, specifier) => {
    expect(breachOf({ from: { path, text: '' }, specifier, typeOnly: false, names: [] })).not.toBeNull();
  });
});

test('relative imports name the file with its ending', () => {
  const bare = imports.filter(({ specifier }) => specifier.startsWith('.') && !/\.(ts|json)$/.test(specifier));
  expect(bare.map(({ from, specifier }) => `${from.path}: ${specifier}`)).toEqual([]);
});

test('pure rooms open no door to the outside: the simulator replays them from a seed', () => {
  const isPure = ({ path }: SourceFile) => PURE_ROOMS.some((room) => path.startsWith(`src/${room}/`));
  const doors = imports.filter(({ from, specifier }) => isPure(from) && NODE_CLOCKS_AND_DOORS.test(specifier));
  expect(doors.map(({ from, specifier }) => `${from.path}: ${specifier}`)).toEqual([]);
  // A hash is a function; the rest of that module throws dice.
  const dice = imports.filter(
    ({ from, specifier, names }) => isPure(from) && /^(node:)?crypto$/.test(specifier) && names.join() !== 'createHash',
  );
  expect(dice.map(({ from, names }) => `${from.path}: ${names.join()}`)).toEqual([]);
});

test('nothing but the code that ships is imported by the code that ships', () => {
  const stray = imports.filter((imported) => targetOf(imported)?.startsWith('src/') === false);
  expect(stray.map(({ from, specifier }) => `${from.path}: ${specifier}`)).toEqual([]);
});
