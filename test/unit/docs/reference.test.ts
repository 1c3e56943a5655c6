/** The pages that explain every condition, event and error: what the code can say stands there, and nothing else does. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ADMIN_PATHS } from '../../../src/api/node-status.ts';
import { CONDITION_REASONS, CONDITION_TYPES, EVENT_REASONS, PHASES } from '../../../src/api/storage-cluster.ts';
import { EXIT_DONE, EXIT_FAILED, EXIT_NO_RIGHT, EXIT_NOT_FOUND, EXIT_UNREACHABLE, EXIT_USAGE } from '../../../src/cli/command.ts';
import { REFUSAL_EXPLANATIONS } from '../../../src/node/http-backend.ts';
import { announcementOf } from '../../../src/operator/announcement.ts';
import { HALT_REASONS } from '../../../src/operator/node-status-reader.ts';
import type { Action, ActionType } from '../../../src/operator/plan/step.ts';
import { NodeHttpServer } from '../../../src/wire/http/server.ts';
import type { HttpBackend } from '../../../src/wire/http/server.ts';
import { filesUnder } from '../../tidy/source-files.ts';

function pageOf(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

/** The rows of the tables under one heading, cell by cell. */
function rowsUnder(page: string, heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  return text
    .split('\n')
    .filter((line) => /^\| [`\d]/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function wordsUnder(page: string, heading: string): readonly string[] {
  return rowsUnder(page, heading).map(([first = '']) => first.replaceAll('`', ''));
}

const sorted = (words: Iterable<string>): readonly string[] => [...words].sort();

describe('docs/conditions.md', () => {
  const page = pageOf('conditions.md');

  test.each(CONDITION_TYPES.map((type) => [type]))('explains every reason of %s, and no other', (type) => {
    expect(sorted(wordsUnder(page, type))).toEqual(sorted(CONDITION_REASONS[type]));
  });

  test('says of every reason with which status it comes, what it means and what to do', () => {
    const rows = CONDITION_TYPES.flatMap((type) => rowsUnder(page, type));
    for (const [reason, status, meaning, advice] of rows) {
      expect([reason, ['True', 'False', 'Unknown'].includes(status ?? '')]).toEqual([reason, true]);
      expect([reason, (meaning ?? '').length > 10 && (advice ?? '').length > 4]).toEqual([reason, true]);
    }
  });

  test('explains every phase, and no other', () => {
    expect(sorted(wordsUnder(page, 'Phases'))).toEqual(sorted(PHASES));
  });
});

describe('docs/events.md', () => {
  const rows = pageOf('events.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );

  test('explains every event, and no other', () => {
    expect(sorted(rows.map(([reason = '']) => reason))).toEqual(sorted(EVENT_REASONS));
  });

  test('every step that is announced has its own, and every reason is one that somebody gives', () => {
    const types: Readonly<Record<ActionType, true>> = {
      ...{
        'create-secret': true,
        'apply-child': true,
        'delete-child': true,
        'apply-stateful-set': true,
        'record-founding': true,
      },
      ...{ 'record-founding-anew': true, 'record-identity': true, 'found-node': true, 'join-node': true, 'add-learner': true },
      ...{ promote: true, 'remove-member': true, 'transfer-leadership': true, 'evict-pod': true, 'delete-broken-pod': true },
      ...{ 'raise-feature-level': true, 'label-pod': true, 'apply-claim': true, 'grow-claim': true, 'delete-claim': true },
      ...{ 'recreate-stateful-set': true, 'roll-back': true, 'order-replacement': true, 'record-kept-volume': true },
      ...{ 'release-volume': true },
    };
    // Lowered, as a scale-in has it: raising takes nothing away.
    const announced = Object.keys(types).map((type) => announcementOf({ type, replicas: 3, replicasBefore: 5 } as Action));
    const planned = filesUnder('src/operator/plan', ['.ts']).flatMap(({ text }) =>
      [...text.matchAll(/reason: '([A-Z]\w+)',\s*action: '/g)].map(([, reason = '']) => reason),
    );
    expect(sorted(new Set([...announced.filter((reason) => reason !== null), ...planned]))).toEqual(sorted(EVENT_REASONS));
  });

  test('warnings are told as warnings', () => {
    const planned = filesUnder('src/operator/plan', ['.ts']).flatMap(({ text }) =>
      [...text.matchAll(/type: '(Normal|Warning)',\s*reason: '([A-Z]\w+)',\s*action: '/g)].map(([, type, reason]) => [
        reason,
        type,
      ]),
    );
    expect(planned.length).toBeGreaterThan(3);
    const documented = new Map(rows.map(([reason, type]) => [reason, type]));
    for (const [reason, type] of planned) expect([reason, documented.get(reason)]).toEqual([reason, type]);
  });
});

describe('docs/errors.md', () => {
  const page = pageOf('errors.md');

  test('explains every code that a client may get, and no other', () => {
    const sources = filesUnder('src', ['.ts']).filter(({ path }) => /^src\/(node|keyspace)\//.test(path));
    const said = sources.flatMap(({ text }) => [
      ...[...text.matchAll(/errorReply\(\s*['`"]([A-Z]+) /g)].map(([, code = '']) => code),
      ...[...text.matchAll(/type: 'refused',?;? (?:readonly )?code: '([A-Z]+)'/g)].map(([, code = '']) => code),
      ...[...text.matchAll(/readonly code: ((?:'[A-Z]+'(?: \| )?)+)/g)].flatMap(([, codes = '']) => codes.match(/[A-Z]+/g) ?? []),
    ]);
    expect(sorted(wordsUnder(page, 'Replies to clients'))).toEqual(sorted(new Set(said)));
  });

  test('explains every refusal of an admin call, and no other', () => {
    const text = (path: string): string => filesUnder('src', ['.ts']).find((file) => file.path === path)?.text ?? '';
    const said = [
      ...Object.keys(REFUSAL_EXPLANATIONS),
      ...[...text('src/wire/http/server.ts').matchAll(/refuseCall\(\s*response,\s*[\w.]+,\s*'([a-z-]+)'/g)].map(
        ([, code = '']) => code,
      ),
      ...[...text('src/node/http-backend.ts').matchAll(/(?:code|reason): '([a-z-]+)'/g)].map(([, code = '']) => code),
      ...[...text('src/wal/data-folder.ts').matchAll(/reason: '([a-z-]+)', message/g)].map(([, code = '']) => code),
      ...(/readonly reason: ((?:'[a-z-]+'(?: \| )?)+)/.exec(text('src/wal/data-folder.ts'))?.[1]?.match(/[a-z-]+/g) ?? []),
    ];
    expect(sorted(wordsUnder(page, 'Refusals of admin calls'))).toEqual(sorted(new Set(said)));
  });

  test('explains every halt of a member, and no other', () => {
    expect(sorted(wordsUnder(page, 'Halts of a member'))).toEqual(sorted(HALT_REASONS));
  });

  test('lists the exit codes of the command line', () => {
    const codes = [EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND, EXIT_NO_RIGHT, EXIT_UNREACHABLE];
    expect(wordsUnder(page, 'Exit codes of the command line')).toEqual(codes.map(String));
  });
});

describe('docs/configuration.md, admin calls', () => {
  const calls = rowsUnder(pageOf('configuration.md'), 'Admin calls').map(([call = '', body = '', , refusals = '']) => ({
    call: call.replaceAll('`', ''),
    path: /\/admin\/[a-z-]+/.exec(call)?.[0] ?? '',
    body: body.replaceAll('`', ''),
    refusals: [...refusals.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
  }));

  test('lists every call that a member takes, and no other', () => {
    const taken = Object.values(ADMIN_PATHS).map((path) => `${path === ADMIN_PATHS.snapshot ? 'GET' : 'POST'} ${path}`);
    expect(sorted(calls.map(({ call }) => call))).toEqual(sorted(taken));
  });

  test('every refusal that docs/errors.md explains is that of a call, and no call has another', () => {
    const ofEveryCall = ['unauthorized', 'malformed', 'not-found'];
    const named = new Set([...ofEveryCall, ...calls.flatMap(({ refusals }) => refusals)]);
    expect(sorted(named)).toEqual(sorted(wordsUnder(pageOf('errors.md'), 'Refusals of admin calls')));
  });

  test('each body is taken as it stands there, and none of its fields may be left out but `leader`', async () => {
    const token = 'admin-token';
    const took = () => Promise.resolve({ ok: true, body: {} } as const);
    const backend: HttpBackend = {
      ...{ found: took, join: took, changeConfiguration: took, transferLeadership: took, raiseFeatureLevel: took, podGone: took },
      status: () => Promise.reject(new Error('nobody asks for it')),
      readiness: () => ({ ready: true, reason: 'leads' }),
      metrics: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
      adminToken: () => token,
      saveSnapshot: () => Promise.resolve({ ok: false, status: 409, code: 'busy', message: 'no state here', leader: null }),
      stop: () => undefined,
    };
    const server = new NodeHttpServer(backend);
    const port = await server.listen('127.0.0.1', 0);
    const statusOf = async (path: string, body: object): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      await answer.body?.cancel();
      return answer.status;
    };
    try {
      for (const { path, body } of calls.filter((each) => each.body !== '')) {
        const fields = Object.entries(JSON.parse(body) as Readonly<Record<string, unknown>>);
        expect([path, await statusOf(path, Object.fromEntries(fields))]).toEqual([path, 200]);
        for (const [field] of fields) {
          const rest = Object.fromEntries(fields.filter(([name]) => name !== field));
          expect([path, field, await statusOf(path, rest)]).toEqual([path, field, field === 'leader' ? 200 : 400]);
        }
      }
    } finally {
      await server.close();
    }
  });
});
