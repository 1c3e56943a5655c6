/** What changed from one scene to the next, a sentence each: what `quorate dev` prints where there is no terminal to draw on. */
import type { MemberRow } from '../members-table.ts';
import { summary } from '../explain-text.ts';
import type { Meaning, Paint } from '../paint.ts';
import { columns } from '../layout.ts';
import { countText, shortTime } from '../time.ts';
import { secondsText } from './sections.ts';
import type { Scene } from './scene.ts';

/** With `-o json` printed as it is, one a line: fields are added, never renamed. */
export interface Happening {
  /** Since the start of the program. */
  readonly atMs: number;
  /** What it is about: `members`, `plan`, `writes` … */
  readonly about: string;
  readonly text: string;
  readonly meaning?: Meaning | undefined;
}

type Said = Omit<Happening, 'atMs'>;

/** @param before null: nothing was seen yet */
export function happenings(before: Scene | null, after: Scene): readonly Happening[] {
  const said = [
    ...stepsSaid(before, after),
    ...clusterSaid(before, after),
    ...membersSaid(before, after),
    ...nodesSaid(before, after),
    ...planSaid(before, after),
    ...eventsSaid(before, after),
    ...writesSaid(before, after),
    ...after.notes
      .filter((note) => before?.notes.includes(note) !== true)
      .map((text): Said => ({ about: 'note', text, meaning: 'warning' })),
  ];
  return said.map((one) => ({ atMs: Math.round(after.elapsedMs), ...one }));
}

function stepsSaid(before: Scene | null, { steps }: Scene): readonly Said[] {
  return steps.flatMap((step): Said[] => {
    const old = before?.steps.find(({ name }) => name === step.name);
    if (step.state === 'waiting' || (old?.state === step.state && old.text === step.text)) return [];
    return [{ about: step.name, text: step.text, meaning: step.state === 'done' ? 'good' : undefined }];
  });
}

function clusterSaid(before: Scene | null, { cluster }: Scene): readonly Said[] {
  const old = before?.cluster ?? null;
  if (cluster === null) return old === null ? [] : [{ about: old.name, text: 'is deleted', meaning: 'warning' }];
  const said: Said[] = [];
  if (old?.phase !== cluster.phase) {
    const facts = [
      cluster.ready === null ? '' : `${cluster.ready} members ready`,
      cluster.quorum === null ? '' : `quorum ${cluster.quorum}`,
    ].filter((fact) => fact !== '');
    const isGood = cluster.phase === 'Ready';
    said.push({
      about: cluster.name,
      text: [cluster.phase, ...(facts.length === 0 ? [] : [facts.join(', ')])].join(': '),
      meaning: isGood ? 'good' : cluster.phase === 'Unavailable' || cluster.phase === 'Degraded' ? 'bad' : undefined,
    });
  }
  return said;
}

function membersSaid(before: Scene | null, { members }: Scene): readonly Said[] {
  const old = new Map((before?.members ?? []).map((member) => [member.name, member]));
  const said = members.flatMap((member): Said[] => {
    const was = old.get(member.name);
    if (was !== undefined && was.role === member.role && was.ready === member.ready) return [];
    return [{ about: member.name, text: memberText(member), meaning: member.ready === true ? 'good' : 'warning' }];
  });
  const gone = [...old.keys()].filter((name) => !members.some((member) => member.name === name));
  return [...said, ...gone.map((name): Said => ({ about: name, text: 'is gone', meaning: 'warning' }))];
}

function memberText({ role, ready, term, message }: MemberRow): string {
  const readiness = ready === null ? 'not heard' : ready ? 'ready' : 'not ready';
  const who = role === 'Unknown' ? readiness : `${role}, ${readiness}`;
  const where = role === 'Leader' && term !== null ? ` (term ${term})` : '';
  return `${who}${where}${message === null ? '' : `: ${message}`}`;
}

function nodesSaid(before: Scene | null, { nodes }: Scene): readonly Said[] {
  return nodes.flatMap(({ name, ready }): Said[] => {
    const was = before?.nodes.find((node) => node.name === name);
    // What stands there at the first look is no news.
    if (was === undefined || was.ready === ready) return [];
    return [{ about: name, text: ready ? 'the node is ready again' : 'the node is not ready', meaning: ready ? 'good' : 'bad' }];
  });
}

/** More steps than these are counted, not told. */
const STEPS_TOLD_MAX = 3;

function planSaid(before: Scene | null, { plan }: Scene): readonly Said[] {
  if (plan === null) return [];
  const old = before?.plan ?? null;
  const text = summary(plan);
  const known = new Set((old?.steps ?? []).map(({ does }) => does));
  const fresh = plan.steps.filter(({ does }) => !known.has(does)).map(({ does, because }) => `${does}, because ${because}`);
  const told = fresh.length > STEPS_TOLD_MAX + 1 ? fresh.slice(0, STEPS_TOLD_MAX) : fresh;
  const held = plan.heldBack.filter((gate) => old?.heldBack.some((other) => isSameGate(gate, other)) !== true);
  return [
    ...(old !== null && summary(old) === text ? [] : [text]),
    ...told,
    ...(told.length < fresh.length ? [`and ${fresh.length - told.length} steps more`] : []),
  ]
    .map((line): Said => ({ about: 'plan', text: line }))
    .concat(held.map((gate): Said => ({ about: 'held back', text: gateText(gate), meaning: 'warning' })));
}

type HeldBack = NonNullable<Scene['plan']>['heldBack'][number];

function isSameGate(left: HeldBack, right: HeldBack): boolean {
  return left.gate === right.gate && left.member === right.member;
}

function gateText({ gate, member, message }: HeldBack): string {
  return `${gate}${member === null ? '' : ` on ${member}`}: ${message}`;
}

function eventsSaid(before: Scene | null, { events }: Scene): readonly Said[] {
  const keyOf = ({ object, reason, note, count }: Scene['events'][number]): string => [object, reason, note, count].join(' ');
  const known = new Set((before?.events ?? []).map(keyOf));
  return events
    .filter((event) => event.object.startsWith('StorageCluster/') && !known.has(keyOf(event)))
    .map(({ reason, note, type }): Said => ({
      about: 'event',
      text: `${reason}: ${note}`,
      meaning: type === 'Warning' ? 'warning' : undefined,
    }));
}

function writesSaid(before: Scene | null, { writes }: Scene): readonly Said[] {
  if (writes === null) return [];
  const old = before?.writes ?? null;
  const said: Said[] = [];
  if ((old?.acknowledged ?? 0) === 0 && writes.acknowledged > 0) {
    said.push({ about: 'writes', text: 'the first one is acknowledged', meaning: 'good' });
  }
  if (writes.lastGap !== null && writes.lastGap.endedAtMs !== old?.lastGap?.endedAtMs) {
    const counts = `${countText(writes.acknowledged)} acknowledged, ${countText(writes.lost)} lost`;
    said.push({ about: 'writes', text: `go on after a gap of ${shortTime(writes.lastGap.ms)}; ${counts}` });
  }
  if (writes.lost > (old?.lost ?? 0)) {
    said.push({ about: 'writes', text: `${countText(writes.lost)} acknowledged writes are lost`, meaning: 'bad' });
  }
  return said;
}

/** `   3.2 s  members  …`, the text lined up under the one before. */
export function happeningLine({ atMs, about, text, meaning }: Happening, paint: Paint): string {
  const cells = [
    { text: secondsText(atMs).padStart(8), meaning: 'faint' as const },
    { text: about.padEnd(16) },
    { text, meaning },
  ];
  return columns([cells], paint).join('');
}
