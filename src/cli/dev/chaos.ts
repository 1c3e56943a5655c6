/** Blows on a beat, and what they did to the writes: all that `quorate dev chaos` does to a cluster that runs. */
import { pause } from '../../operator/timing.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import type { Access } from '../kubernetes/access.ts';
import { messageOf } from '../kubernetes/port-forwarder.ts';
import type { WritesView } from '../view/live/scene.ts';
import { countText, shortTime } from '../view/time.ts';
import { nextBlow } from './chaos-plan.ts';
import type { Blow, BlowKind } from './chaos-plan.ts';
import type { Look } from './look.ts';
import { killPod, switchNode } from './mischief.ts';

export interface ChaosOptions {
  readonly beatMs: number;
  /** Null: until the end is asked for. */
  readonly lengthMs: number | null;
  readonly kinds: readonly BlowKind[];
  /** How long a node stays without power. */
  readonly outageMs: number;
  readonly seed: number;
}

export interface ChaosPorts {
  readonly access: Access;
  readonly clock: Clock;
  readonly random: Random;
  readonly last: () => Look;
  readonly tell: (text: string, isBad: boolean) => void;
}

export class Chaos {
  readonly counts = new Map<BlowKind, number>();
  /** Beats at which nothing could be spared. */
  passedOver = 0;
  readonly #options: ChaosOptions;
  readonly #ports: ChaosPorts;
  readonly #outages = new Set<Promise<void>>();
  readonly #dark = new Set<string>();

  constructor(options: ChaosOptions, ports: ChaosPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  /** Resolves when the time is up or `signal` is aborted, and every node has its power again. */
  async run(signal: AbortSignal): Promise<void> {
    const { beatMs, lengthMs } = this.#options;
    const { clock } = this.#ports;
    const endMs = lengthMs === null ? Infinity : clock.monotonicMs() + lengthMs;
    const outages = new AbortController();
    while (clock.monotonicMs() + beatMs <= endMs && (await pause(clock, beatMs, signal))) {
      await this.#beat(outages.signal);
    }
    await pause(clock, Math.max(0, Math.min(endMs - clock.monotonicMs(), beatMs)), signal);
    outages.abort();
    await Promise.all(this.#outages);
  }

  async #beat(signal: AbortSignal): Promise<void> {
    const { random, last, tell } = this.#ports;
    const { members, pods } = last();
    const nodeOf = new Map(pods.map(({ metadata, spec }) => [metadata.name, spec?.nodeName ?? '']));
    const blow = nextBlow(random, this.#options.kinds, { members, nodeOf });
    if (blow === null) {
      this.passedOver += 1;
      return;
    }
    try {
      if (await this.#strike(blow, signal)) this.counts.set(blow.kind, (this.counts.get(blow.kind) ?? 0) + 1);
    } catch (error) {
      tell(`${blow.name} could not be hit: ${messageOf(error)}`, true);
    }
  }

  async #strike({ kind, name }: Blow, signal: AbortSignal): Promise<boolean> {
    const { access, tell } = this.#ports;
    if (kind !== 'node') {
      const isKilled = await killPod(access, name);
      if (isKilled) tell(kind === 'leader' ? `kill the leader ${name}` : `kill ${name}`, false);
      return isKilled;
    }
    if (this.#dark.has(name) || !(await switchNode(access, name, 'off'))) return false;
    this.#dark.add(name);
    tell(`cut the power of ${name} for ${shortTime(this.#options.outageMs)}`, false);
    const outage = this.#restore(name, signal);
    this.#outages.add(outage);
    return true;
  }

  async #restore(name: string, signal: AbortSignal): Promise<void> {
    const { access, clock, tell } = this.#ports;
    await pause(clock, this.#options.outageMs, signal);
    await switchNode(access, name, 'on').then(
      () => tell(`${name} has power again`, false),
      (error: unknown) => tell(`${name} is left without power: ${messageOf(error)}`, true),
    );
    this.#dark.delete(name);
  }
}

export interface ChaosResult {
  readonly seed: number;
  readonly kills: Readonly<Record<BlowKind, number>>;
  readonly passedOver: number;
  readonly acknowledged: number;
  readonly unanswered: number;
  readonly lost: number;
  readonly carriedOutTwice: number;
  readonly longestGapMs: number;
  /** Whether the counter could be read back at the end: without that nothing is known of the last writes. */
  readonly readBack: boolean;
}

export function resultOf({ counts, passedOver }: Chaos, seed: number, writes: WritesView, readBack: boolean): ChaosResult {
  const kills = { member: counts.get('member') ?? 0, leader: counts.get('leader') ?? 0, node: counts.get('node') ?? 0 };
  return {
    ...{ seed, kills, passedOver, readBack },
    acknowledged: writes.acknowledged,
    unanswered: writes.unknown,
    lost: writes.lost,
    carriedOutTwice: writes.surplus,
    longestGapMs: Math.round(writes.longestGapMs),
  };
}

export function isWell({ lost, carriedOutTwice, acknowledged, readBack }: ChaosResult): boolean {
  return lost === 0 && carriedOutTwice === 0 && acknowledged > 0 && readBack;
}

export function resultText(result: ChaosResult): string {
  const { kills, passedOver, acknowledged, unanswered, lost, carriedOutTwice, longestGapMs, readBack, seed } = result;
  const many = (count: number, one: string, more: string): string => `${countText(count)} ${count === 1 ? one : more}`;
  const rows = [
    [
      'killed',
      [many(kills.member, 'member', 'members'), many(kills.leader, 'leader', 'leaders'), many(kills.node, 'node', 'nodes')].join(
        ', ',
      ),
    ],
    ...(passedOver === 0 ? [] : [['spared', `${many(passedOver, 'beat', 'beats')}: one more loss would have left no majority`]]),
    ['writes', `${countText(acknowledged)} acknowledged, ${countText(unanswered)} without an answer`],
    ['longest gap', shortTime(longestGapMs)],
    ['lost', readBack ? countText(lost) : `${countText(lost)} so far; nobody answered when the counter was read back`],
    ...(carriedOutTwice === 0 ? [] : [['twice', countText(carriedOutTwice)]]),
    ['again', `--seed ${seed}`],
  ];
  return rows.map(([name = '', text = '']) => `${name.padEnd(12)} ${text}\n`).join('');
}
