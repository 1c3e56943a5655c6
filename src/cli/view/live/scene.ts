/**
 * Everything that the live view of `quorate dev` shows at one moment, as plain values: whoever looks makes a scene of it, and what follows (a
 * screen, or the lines of what changed) is a function of scenes alone.
 */
import type { ClusterView } from '../cluster-view.ts';
import type { EventRow } from '../events-table.ts';
import type { ExplainView } from '../explain-text.ts';
import type { MemberRow } from '../members-table.ts';

/** A step on the way to a cluster that is ready. */
export interface StartStep {
  readonly name: string;
  /** What it does, or what came of it. */
  readonly text: string;
  readonly state: 'waiting' | 'running' | 'done';
  /** Null until it has begun. */
  readonly beganAtMs: number | null;
  /** Null until it is done. Times count from the start of the program. */
  readonly endedAtMs: number | null;
}

/** A time in which no write was acknowledged. */
export interface Gap {
  readonly ms: number;
  readonly endedAtMs: number;
}

export interface WritesView {
  /** Acknowledged in each second, the last whole one last. */
  readonly perSecond: readonly number[];
  readonly acknowledged: number;
  /** Without an answer: carried out or not. */
  readonly unknown: number;
  /** Acknowledged, and not there any more. */
  readonly lost: number;
  /** Carried out more often than they were sent. */
  readonly surplus: number;
  /** Since the last acknowledgement; null before the first one. */
  readonly sinceLastMs: number | null;
  /** The last one of at least `GAP_MS`. */
  readonly lastGap: Gap | null;
  readonly longestGapMs: number;
}

/** A shorter time between two acknowledgements is no gap. */
export const GAP_MS = 250;

export interface NodeView {
  readonly name: string;
  readonly ready: boolean;
}

/** A command that is worth trying now. */
export interface Suggestion {
  readonly command: string;
  readonly what: string;
}

export interface Scene {
  /** Since the start of the program. */
  readonly elapsedMs: number;
  readonly wallMs: number;
  readonly version: string;
  readonly steps: readonly StartStep[];
  /** Null before it was applied, and after it was deleted. */
  readonly cluster: ClusterView | null;
  readonly members: readonly MemberRow[];
  readonly nodes: readonly NodeView[];
  readonly plan: ExplainView | null;
  /** The youngest last. */
  readonly events: readonly EventRow[];
  /** Null without a writer. */
  readonly writes: WritesView | null;
  readonly suggestions: readonly Suggestion[];
  /** What a key does, shown on the last line. */
  readonly keys: string;
  /** What goes wrong with looking itself, and what the program is about to do. */
  readonly notes: readonly string[];
}
