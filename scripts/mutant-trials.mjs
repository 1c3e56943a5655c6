// What the two lists of planted bugs share: what is known of a bug is kept by what was run, and the tests that it faces.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

export const seconds = (sinceMs) => Math.round((Date.now() - sinceMs) / 1000);

/** Of texts and bytes, in their order. */
export const digest = (...parts) =>
  parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 24);

/** By id, what README.md tells of the bugs whose ids begin with this letter: `{ what, breaks }`. */
export async function descriptions(letter) {
  const text = await readFile(`${root}test/mutants/README.md`, 'utf8');
  const lines = text.matchAll(new RegExp(`^\\| (${letter}\\d+) \\| (.*?) \\| (.*?) \\|`, 'gm'));
  return new Map([...lines].map(([, id, what, breaks]) => [id, { what, breaks }]));
}

/** The commit that is worked on, as a report names it. */
export function commit() {
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short=10', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'test', 'scripts') === '' ? '' : ' with changes'}`;
}

/** What was found out about these bytes before, in files of a folder, a JSON object a line. */
export class Known {
  #folder;

  constructor(folder) {
    this.#folder = folder;
  }

  async recall(key) {
    const text = await readFile(join(this.#folder, `${key}.jsonl`), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  async remember(key, found) {
    await mkdir(this.#folder, { recursive: true });
    await appendFile(join(this.#folder, `${key}.jsonl`), `${JSON.stringify(found)}\n`);
  }
}

/** Of everything that the tests of a mutant may look at. */
export async function digestOfSources() {
  const parts = [];
  for (const folder of ['src', 'test'])
    for (const entry of (await readdir(`${root}${folder}`, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    )) {
      const path = join(entry.parentPath, entry.name);
      parts.push([path.slice(root.length), await readFile(path)]);
    }
  return digest(...parts.sort(([one], [other]) => (one < other ? -1 : 1)).flat());
}

/** Tests with edits planted. */
export class TestTrial {
  #work;
  #known;
  #sources;

  /** @param work a folder for the edits. @param sources of `digestOfSources` */
  constructor(work, known, sources) {
    this.#work = work;
    this.#known = known;
    this.#sources = sources;
  }

  /** `{ file, test }` of one that fails, and fails again when it is asked alone: a machine that is busy catches nothing. Null: none does. */
  async face(edits, paths, name) {
    const key = digest('tests', this.#sources, JSON.stringify(edits), paths.join());
    const [before] = await this.#known.recall(key);
    if (before) return before.killer;
    let killer = await this.#run(edits, paths, name);
    if (killer?.file) killer = await this.#run(edits, [killer.file], name);
    await this.#known.remember(key, { killer });
    return killer;
  }

  async #run(edits, paths, name) {
    const editsFile = `${this.#work}/${name}.json`;
    await writeFile(editsFile, JSON.stringify(edits));
    const words = ['node_modules/jest/bin/jest.js', ...paths, '--selectProjects', 'unit', '-w', '1', '--bail'];
    const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', QUORATE_MUTANT_EDITS: editsFile };
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const [code] = await once(child, 'close');
    if (code === 0) return null;
    const file = /^FAIL unit (\S+)/m.exec(said)?.[1] ?? null;
    const test = /^\s+● (.+)$/m.exec(said)?.[1] ?? 'does not load';
    return { file, test };
  }
}
