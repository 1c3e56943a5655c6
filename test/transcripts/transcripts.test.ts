/** What the transcripts say is what the core does; `make transcripts` writes them anew. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { readTranscripts } from './files.ts';
import type { Happening } from './happenings.ts';
import { drawPage, PAGE } from './page.ts';
import { play } from './transcript.ts';

const files = readTranscripts();
const TRANSCRIPTS_MIN = 30;

test.each(files)('$name', ({ name, text }) => {
  expect(play(name, text).text).toBe(text);
});

test(`${PAGE} is what the transcripts give`, () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(drawPage(files));
});

test('a transcript says the same each time', () => {
  for (const { name, text } of files) expect(play(name, text)).toEqual(play(name, text));
});

describe('together they show', () => {
  const played = files.map(({ name, text }) => play(name, text));
  const happenings: Happening[] = played.flatMap(({ recorded }) => recorded.map(({ happening }) => happening));

  test(`at least ${TRANSCRIPTS_MIN} stories, each under a title of its own`, () => {
    expect(files.length).toBeGreaterThanOrEqual(TRANSCRIPTS_MIN);
    expect(new Set(played.map(({ title }) => title)).size).toBe(files.length);
  });

  test('every message that members exchange', () => {
    const types: Record<RaftMessage['type'], true> = {
      'pre-vote-request': true,
      'pre-vote-response': true,
      'vote-request': true,
      'vote-response': true,
      'append-request': true,
      'append-response': true,
      'heartbeat-request': true,
      'heartbeat-response': true,
      'timeout-now': true,
    };
    const arrived = happenings.flatMap((each) => (each.type === 'arrival' ? [each.parcel] : []));
    const seen = new Set(arrived.flatMap((parcel) => (parcel.type === 'message' ? [parcel.message.type] : [])));
    expect([...seen].sort()).toEqual(Object.keys(types).sort());
    expect(arrived.some(({ type }) => type === 'snapshot')).toBe(true);
  });

  test('everything that can happen to a member', () => {
    const types: Record<Happening['type'], true> = {
      ask: true,
      arrival: true,
      loss: true,
      role: true,
      write: true,
      durable: true,
      send: true,
      commit: true,
      install: true,
      answer: true,
      crash: true,
      restart: true,
    };
    expect([...new Set(happenings.map(({ type }) => type))].sort()).toEqual(Object.keys(types).sort());
  });
});

describe('a script that makes no sense is refused, with its line', () => {
  test.each([
    ['a verb that there is not', 'members 1\nshout 1', 'line 3, "shout 1": Error: there is no verb shout'],
    ['a member that there is not', 'members 1\ntick 2', 'there is a member 2'],
    ['a step before the group', 'tick 1', 'a transcript begins with `members`'],
    ['an option that there is not', 'members 1 patience=3', 'there is no option patience'],
    ['a word that is no number', 'members 1\ntick one', 'a number is expected, not "one"'],
    ['a delivery of nothing', 'members 1 2\ndeliver 1 2', 'nothing of that kind is on its way'],
  ])('%s', (_, script, message) => {
    expect(() => play('story', `# A title\n${script}`)).toThrow(message);
  });

  test('a story without a title', () => {
    expect(() => play('story', 'members 1')).toThrow('a transcript begins with its title');
  });
});
