/** The live view: what it shows at several sizes stands in screens.golden.txt; here is what holds at every size, and what is told without a terminal. */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { paintedLine, widthOf } from '../../../../../src/cli/view/layout.ts';
import { coloured, plain } from '../../../../../src/cli/view/paint.ts';
import { happeningLine, happenings } from '../../../../../src/cli/view/live/happenings.ts';
import { ENTER_SCREEN, LEAVE_SCREEN, redraw } from '../../../../../src/cli/view/live/redraw.ts';
import { screen } from '../../../../../src/cli/view/live/screen.ts';
import { atRest, hurt, row, silent, starting, writes } from './scenes.ts';

const golden = readFileSync(new URL('screens.golden.txt', import.meta.url), 'utf8');
const scenes = { starting, atRest, hurt };

function drawn(name: keyof typeof scenes, columns: number, rows: number): string {
  return screen(scenes[name], { columns, rows })
    .map((line) => `${paintedLine(line, plain)}\n`)
    .join('');
}

describe('the screen', () => {
  test.each([...golden.matchAll(/^=== (\w+) (\d+)x(\d+)\n(.*?)(?=^===)/gms)].map(([, ...parts]) => parts))(
    '%s at %s columns and %s rows looks as in the golden file',
    (name, columns, rows, expected) => {
      expect(drawn(name as keyof typeof scenes, Number(columns), Number(rows))).toBe(expected);
    },
  );

  test('fills the terminal exactly: as many rows as it has, none wider than it is, at every size', () => {
    for (const scene of Object.values(scenes)) {
      for (let columns = 20; columns <= 160; columns += 7) {
        for (let rows = 4; rows <= 60; rows += 5) {
          const lines = screen(scene, { columns, rows });
          expect([columns, rows, lines.length]).toEqual([columns, rows, rows]);
          expect([columns, rows, Math.max(...lines.map(widthOf)) <= columns]).toEqual([columns, rows, true]);
        }
      }
    }
  });

  test('colours change nothing but colours', () => {
    const size = { columns: 100, rows: 30 };
    for (const line of screen(hurt, size)) {
      const text = paintedLine(line, coloured);
      expect(stripVTControlCharacters(text)).toBe(paintedLine(line, plain));
    }
  });

  test('a write that is lost is said in the colour of what is bad', () => {
    const cells = screen(hurt, { columns: 100, rows: 30 }).flat();
    expect(cells).toContainEqual({ text: '2 lost', meaning: 'bad' });
    expect(screen(atRest, { columns: 100, rows: 30 }).flat()).toContainEqual({ text: '0 lost', meaning: 'good' });
  });
});

describe('redrawing', () => {
  test('sends the rows that differ and no others', () => {
    expect(redraw(['a', 'b', 'c'], ['a', 'x', 'c'])).toBe('\u001b[?2026h\u001b[2;1Hx\u001b[K\u001b[?2026l');
  });

  test('sends nothing when nothing changed', () => {
    expect(redraw(['a', 'b'], ['a', 'b'])).toBe('');
  });

  test('draws everything at first, and when the terminal has another height', () => {
    for (const before of [null, ['a', 'b', 'c']]) {
      expect(redraw(before, ['a', 'b'])).toBe(
        '\u001b[?2026h\u001b[H\u001b[2J\u001b[1;1Ha\u001b[K\u001b[2;1Hb\u001b[K\u001b[?2026l',
      );
    }
  });

  test('what entering the screen changes, leaving it changes back', () => {
    expect(ENTER_SCREEN).toMatch(/\?1049h.*\?25l/s);
    expect(LEAVE_SCREEN).toMatch(/\?25h.*\?1049l/s);
  });
});

describe('without a terminal', () => {
  const told = (before: Parameters<typeof happenings>[0], after: Parameters<typeof happenings>[1]): readonly string[] =>
    happenings(before, after).map((one) => happeningLine(one, plain));

  test('each change is a line, with the time since the start', () => {
    expect(told(null, starting)).toEqual([
      '   1.4 s  devcluster        API server at http://127.0.0.1:40123, 3 nodes',
      '   1.4 s  operator          waits for quorate-7c9f-abcde',
    ]);
    expect(told(starting, atRest)).toEqual([
      ' 134.0 s  operator          quorate-7c9f-abcde is ready',
      ' 134.0 s  orders            3 members are ready',
      ' 134.0 s  orders            Ready: 3/3 members ready, quorum 3/3',
      ' 134.0 s  orders-shard-0-0  Leader, ready (term 2)',
      ' 134.0 s  orders-shard-0-1  Follower, ready',
      ' 134.0 s  orders-shard-0-2  Follower, ready',
      ' 134.0 s  plan              Nothing to do: all is as it is wanted.',
      ' 134.0 s  event             Founding: Founding a cluster of 3 members.',
      ' 134.0 s  writes            the first one is acknowledged',
      ' 134.0 s  writes            go on after a gap of 1.2 s; 12,034 acknowledged, 0 lost',
    ]);
    expect(told(atRest, hurt)).toEqual([
      ' 134.0 s  orders            Degraded: 2/3 members ready, quorum 2/3',
      ' 134.0 s  orders-shard-0-0  not heard: connect ECONNREFUSED 127.0.0.4:8080',
      ' 134.0 s  orders-shard-0-2  Follower, not ready: knows no leader',
      ' 134.0 s  plan              Updating: 1 of 3 members is updated.',
      ' 134.0 s  plan              evict the pod orders-shard-0-1, because it runs an older template',
      ' 134.0 s  held back         Quorum on orders-shard-0-2: one more loss would break the quorum',
      ' 134.0 s  writes            2 acknowledged writes are lost',
      ' 134.0 s  note              looking failed: connect ECONNREFUSED 127.0.0.1:40123',
    ]);
  });

  test('what did not change is not told again: log positions, counts and ages are no news', () => {
    const later = { ...atRest, elapsedMs: 140_000, wallMs: atRest.wallMs + 6_000, writes: { ...writes, acknowledged: 13_000 } };
    const members = atRest.members.map((member) => ({ ...member, commitIndex: 20_000, lag: 3 }));
    expect(told(atRest, { ...later, members })).toEqual([]);
  });

  test('a member, a node and a cluster that go are told', () => {
    const node = { name: 'node-2', ready: false };
    expect(told(atRest, { ...atRest, members: [row(0), row(1)], nodes: [node] })).toEqual([
      ' 134.0 s  orders-shard-0-2  is gone',
      ' 134.0 s  node-2            the node is not ready',
    ]);
    expect(told({ ...atRest, nodes: [node] }, { ...atRest, cluster: null })).toEqual([
      ' 134.0 s  orders            is deleted',
      ' 134.0 s  node-2            the node is ready again',
    ]);
  });

  test('a gate that holds something back is told once', () => {
    const gate = { gate: 'Quorum', member: null, since: null, message: 'one more loss is too many', unblock: 'wait' };
    const plan = { ...atRest.plan!, heldBack: [gate] };
    const blocked = { ...atRest, plan };
    expect(told(atRest, blocked)).toEqual([
      ' 134.0 s  plan              Blocked: nothing goes on until what holds it back is gone.',
      ' 134.0 s  held back         Quorum: one more loss is too many',
    ]);
    expect(told(blocked, blocked)).toEqual([]);
  });

  test('of many steps at once the first ones are told, and how many there are more', () => {
    const steps = Array.from({ length: 6 }, (_, at) => ({ type: 't', does: `do ${at}`, because: 'so', disruptive: false }));
    const told6 = told(atRest, { ...atRest, plan: { ...atRest.plan!, steps } });
    expect(told6.map((line) => line.slice(28))).toEqual([
      'There is something to put right.',
      'do 0, because so',
      'do 1, because so',
      'do 2, because so',
      'and 3 steps more',
    ]);
  });

  test('a member that is heard again is told', () => {
    expect(told({ ...atRest, members: [row(0, silent)] }, { ...atRest, members: [row(0)] })).toEqual([
      ' 134.0 s  orders-shard-0-0  Leader, ready (term 2)',
    ]);
  });
});
