/**
 * The verbs of a transcript.
 *
 *     members 1 2 3 [learner 4] [option=5]   a group that starts together; options are those of RaftOptions
 *     member 4                               one that starts alone, without a configuration: it waits to be added
 *     tick 1 [n] | tick all [n]              time passes for it
 *     campaign 1                             time passes for it until it asks for votes
 *     elect 1                                it campaigns, disks finish and votes travel, and nothing else, until it leads
 *     persist 1 [n]                          its disk is done with everything that was written, or with the first n writes
 *     deliver [from [to [type]]] [first | newest-first]
 *                                            what is on its way now arrives, in order; `*` is anybody; `first` is one message
 *     drop, repeat                           the same choice is lost, or travels twice
 *     cut 1 2 | isolate 1 | mend             nothing arrives at 2 from 1 | nothing from or to 1 | everything arrives again
 *     crash 1 [keeping n] | restart 1        what was not durable is lost, but for the first n writes
 *     damage 1 from 3                        the disk of 1, which is down, loses its entries from index 3 on; recovery notes that
 *     forget 1 3                             1 is told that the process of 3 is gone
 *     propose 1 text | read 1 label          what a client asks for
 *     change 1 add-learner 4 | change 1 promote 4 | change 1 remove 2 [expecting index]
 *     transfer 1 2 | transfer 1 anyone       of leadership
 *     compact 1 [through]                    a snapshot of what is applied; entries up to `through` leave the log
 *     unreachable 1 2                        the host of 1 says that it cannot reach 2
 *     stabilize [members]                    disks finish and messages arrive, until nothing is left to do
 *     log [members] | status [members] | in-flight
 *     quietly …                              any of these, without writing down what came of it
 */
import type { ConfigurationChange, CoreStatus } from '../../src/consensus/core.ts';
import { present } from '../../src/shared/assert.ts';
import { configurationOf, idOf, OPTIONS } from '../support/raft-member.ts';
import { Group } from './group.ts';
import type { GroupOptions, InFlight } from './group.ts';
import type { Parcel } from './happenings.ts';
import type { Step } from './language.ts';
import { describeConfiguration, describeEntries, describeParcel, ordinalOf } from './words.ts';

/** Rounds after which a group that still has something to say is taken to talk in circles. */
const STABILIZE_ROUNDS_MAX = 100;

type Verb = (group: Group, words: readonly string[]) => void;

const VERBS: Readonly<Record<string, Verb>> = {
  member: (group, [who]) => group.add(number(who)),
  tick: (group, [who = 'all', count = '1']) => {
    for (let tick = 0; tick < number(count); tick += 1)
      for (const ordinal of chosen(group, [who])) group.step(ordinal, { type: 'tick' });
  },
  campaign: (group, [who]) => campaign(group, number(who)),
  elect: (group, [who]) => elect(group, number(who)),
  persist: (group, [who, count]) => group.persist(number(who), count === undefined ? undefined : number(count)),
  deliver: (group, words) => group.deliver(choose(group, words)),
  drop: (group, words) => group.drop(choose(group, words)),
  repeat: (group, words) => group.repeat(choose(group, words)),
  cut: (group, [from, to]) => group.cut(number(from), number(to)),
  isolate: (group, [who]) => isolate(group, number(who)),
  mend: (group) => group.mend(),
  crash: (group, [who, keeping, count]) => group.crash(number(who), keeping === 'keeping' ? number(count) : 0),
  restart: (group, [who]) => group.restart(number(who)),
  damage: (group, [who, , index]) => group.damage(number(who), number(index)),
  forget: (group, [who, whom]) => group.step(number(who), { type: 'forget-leader', id: idOf(number(whom)) }),
  compact: (group, [who, through]) => group.compact(number(who), through === undefined ? null : number(through)),
  unreachable: (group, [who, peer]) => group.step(number(who), { type: 'peer-unreachable', id: idOf(number(peer)) }),
  stabilize: (group, words) => stabilize(group, chosen(group, words)),
  propose: (group, [who, ...text]) => {
    const payload = Buffer.from(text.join(' '));
    group.ask(number(who), `write ${text.join(' ')}`, (request) => ({ type: 'propose', request, payload }));
  },
  read: (group, [who, label = '']) => group.ask(number(who), `read ${label}`, (request) => ({ type: 'read', request })),
  transfer: (group, [who, whom = '']) => {
    const to = whom === 'anyone' ? null : idOf(number(whom));
    group.ask(number(who), `hand over to ${whom}`, (request) => ({ type: 'transfer-leadership', request, to }));
  },
  change: (group, [who, type = '', whom, expecting, index]) => {
    const known = group.core(number(who)).status().configuration.index;
    const expectedIndex = expecting === 'expecting' ? number(index) : known;
    const change = parseChange(type, number(whom));
    const label = `${type} ${whom ?? ''}`;
    group.ask(number(who), label, (request) => ({ type: 'change-configuration', request, change, expectedIndex }));
  },
};

/** Verbs that only look. */
const QUESTIONS: Readonly<Record<string, (group: Group, words: readonly string[]) => string[]>> = {
  log: (group, words) => chosen(group, words).map((ordinal) => `${ordinal}: ${describeLog(group, ordinal)}`),
  status: (group, words) => chosen(group, words).map((ordinal) => describeStatus(group, ordinal)),
  'in-flight': (group) => group.inFlight.map(({ from, to, parcel }) => `${from} → ${to}: ${describeParcel(parcel)}`),
};

export class Stage {
  #group: Group | null = null;

  get group(): Group {
    return present(this.#group, 'a transcript begins with `members`');
  }

  /** What the verb shows, besides what happens. @throws when a word makes no sense, or a property of the protocol is broken. */
  act({ verb, words }: Step): readonly string[] {
    if (verb === 'members') {
      this.#group = foundGroup(words);
      return [];
    }
    const question = QUESTIONS[verb];
    if (question) return question(this.group, words);
    const act = VERBS[verb];
    if (!act) throw new Error(`there is no verb ${verb}`);
    act(this.group, words);
    return [];
  }
}

/** Those that are named, or all that run. */
function chosen(group: Group, words: readonly string[]): readonly number[] {
  const isEverybody = words.length === 0 || words[0] === 'all';
  return isEverybody ? group.ordinals.filter((ordinal) => group.isUp(ordinal)) : words.map(number);
}

function number(word: string | undefined): number {
  if (word === undefined || !/^\d+$/.test(word)) throw new Error(`a number is expected, not "${word ?? 'nothing'}"`);
  return Number(word);
}

function foundGroup(words: readonly string[]): Group {
  const options = Object.fromEntries(words.filter((word) => word.includes('=')).map(parseOption)) as GroupOptions;
  const members = words.filter((word) => !word.includes('='));
  const at = members.indexOf('learner');
  const voters = (at < 0 ? members : members.slice(0, at)).map(number);
  const learners = at < 0 ? [] : members.slice(at + 1).map(number);
  const group = new Group(options);
  for (const ordinal of [...voters, ...learners]) group.add(ordinal, configurationOf(voters, learners));
  return group;
}

function parseOption(word: string): readonly [string, number] {
  const [name = '', value] = word.split('=');
  if (!(name in OPTIONS)) throw new Error(`there is no option ${name}`);
  return [name, number(value)];
}

function campaign(group: Group, ordinal: number): void {
  const mostTicks = 2 * OPTIONS.electionTicks;
  for (let ticks = 1; ticks <= mostTicks; ticks += 1) {
    const { role } = group.core(ordinal).status();
    const before = group.inFlight.length;
    group.step(ordinal, { type: 'tick' });
    if (group.core(ordinal).status().role !== role || group.inFlight.length > before) return;
  }
  throw new Error(`${ordinal} does not campaign`);
}

function elect(group: Group, ordinal: number): void {
  for (let round = 0; round < STABILIZE_ROUNDS_MAX; round += 1) {
    const { role } = group.core(ordinal).status();
    if (role === 'leader') return;
    // Once for the first time, and again where a refusal brought only a newer term.
    if (role === 'follower') campaign(group, ordinal);
    for (const each of group.ordinals) if (group.isUp(each)) group.persist(each);
    group.deliver(group.inFlight.filter(({ from, to, parcel }) => [from, to].includes(ordinal) && isOfElection(parcel)));
  }
  throw new Error(`${ordinal} is not elected`);
}

function isOfElection(parcel: Parcel): boolean {
  return parcel.type === 'message' && /^(pre-)?vote-/.test(parcel.message.type);
}

function choose(group: Group, words: readonly string[]): InFlight[] {
  const order = words.at(-1);
  const isOrdered = order === 'newest-first' || order === 'first';
  const [from = '*', to = '*', type = '*'] = isOrdered ? words.slice(0, -1) : words;
  const chosen = group.inFlight.filter(
    (each) =>
      (from === '*' || each.from === number(from)) &&
      (to === '*' || each.to === number(to)) &&
      (type === '*' || (each.parcel.type === 'message' ? each.parcel.message.type : 'snapshot') === type),
  );
  if (chosen.length === 0) throw new Error(`nothing of that kind is on its way: ${words.join(' ')}`);
  if (order === 'first') return chosen.slice(0, 1);
  return order === 'newest-first' ? chosen.reverse() : chosen;
}

function isolate(group: Group, ordinal: number): void {
  for (const other of group.ordinals) {
    group.cut(ordinal, other);
    group.cut(other, ordinal);
  }
}

function stabilize(group: Group, among: readonly number[]): void {
  // What is on its way to a member that is down is lost.
  const isAmong = (ordinal: number): boolean => among.includes(ordinal) || !group.isUp(ordinal);
  for (let round = 0; round < STABILIZE_ROUNDS_MAX; round += 1) {
    const writing = among.filter((ordinal) => group.isUp(ordinal) && group.hasWrites(ordinal));
    for (const ordinal of writing) group.persist(ordinal);
    const arriving = group.inFlight.filter(({ from, to }) => isAmong(from) && isAmong(to));
    group.deliver(arriving);
    if (writing.length === 0 && arriving.length === 0) return;
  }
  throw new Error('the group does not become quiet');
}

function parseChange(type: string, ordinal: number): ConfigurationChange {
  switch (type) {
    case 'add-learner':
      return { type, id: idOf(ordinal), name: `m-${ordinal}` };
    case 'promote':
    case 'remove':
      return { type, id: idOf(ordinal) };
    default:
      throw new Error(`a configuration changes by add-learner, promote or remove, not by ${type}`);
  }
}

function describeLog(group: Group, ordinal: number): string {
  const core = group.core(ordinal);
  const { firstIndex, lastIndex, commitIndex, durableIndex } = core.status();
  const { entries } = group.node(ordinal).disk;
  const terms = [];
  for (let index = firstIndex; index <= lastIndex; index += 1) {
    const onDisk = entries.find((entry) => entry.index === index && entry.term === core.termAt(index));
    terms.push(onDisk ? describeEntries([onDisk]) : `${index}@${core.termAt(index) ?? 0} (not on disk)`);
  }
  const held = terms.length === 0 ? 'nothing' : terms.join(', ');
  const from = firstIndex === 1 ? '' : `a snapshot of all to ${firstIndex - 1}, `;
  return `${from}${held}; commit ${commitIndex}, on disk to ${durableIndex}`;
}

function describeStatus(group: Group, ordinal: number): string {
  if (!group.isUp(ordinal)) return `${ordinal} down`;
  const status = group.core(ordinal).status();
  const { role, term, lastIndex, commitIndex, configuration, healing } = status;
  const base = `${ordinal} ${healing ? 'healing ' : ''}${role}, term ${term}, log to ${lastIndex}, commit ${commitIndex}, ${describeConfiguration(configuration)}`;
  return role === 'leader' ? `${base}${describeProgress(status)}` : base;
}

function describeProgress({ progress }: CoreStatus): string {
  return progress
    .map(({ id, matchIndex, state, active }) => `; ${ordinalOf(id)} ${state} from ${matchIndex}${active ? '' : ', silent'}`)
    .join('');
}
