/** What clients of the world were told, and the judgement of it. */
import { present } from '../../src/shared/assert.ts';
import { HistoryRecorder } from '../support/history/history.ts';
import type { OpenOperation, RecordedCall, RecordedOperation, RecordedOutcome } from '../support/history/history.ts';
import { answerOf } from '../support/history/history.ts';
import { checkLinearizable } from '../support/history/linearizability.ts';
import { describeOutcome } from '../support/resp-client.ts';
import type { CallOutcome } from '../support/resp-client.ts';
import { judgeSessions } from './session-judge.ts';
import type { Scheduler } from './scheduler.ts';

export type OutcomeKind = RecordedOutcome['type'];

/** Faults leave more outcomes unknown than the judge's own limit allows for. */
const CONFIGURATIONS_MAX = 2_000_000;
const SAFE_REFUSALS = /^(NOLEADER|BUSY|OOM|LOADING|HALTED|EXECABORT)\b/;
const UNKNOWN_OUTCOME = /^UNKNOWNOUTCOME\b/;

export class History {
  readonly #recorder: HistoryRecorder;
  readonly #tell: (operation: RecordedOperation) => void;

  constructor(scheduler: Scheduler, tell: (operation: RecordedOperation) => void) {
    this.#tell = tell;
    this.#recorder = new HistoryRecorder(() => scheduler.nowMs);
  }

  invoke(client: number, call: RecordedCall): OpenOperation {
    return this.#recorder.invoke(client, call);
  }

  return(open: OpenOperation, outcome: CallOutcome): OutcomeKind {
    const recorded = outcomeOf(outcome);
    this.#recorder.return(open, recorded);
    this.#tell(present(this.#recorder.operations().at(-1), 'what returned is recorded'));
    return recorded.type;
  }

  /** Whatever has not returned has an unknown outcome. */
  abandonOpen(): void {
    this.#recorder.abandonOpen('the world ended');
  }

  /** That anybody asked for. */
  keys(): string[] {
    const keys = this.#recorder.operations().flatMap(({ call }) => (call.type === 'command' ? (call.words[1] ?? []) : []));
    return [...new Set(keys)].sort();
  }

  count(kind: OutcomeKind): number {
    return this.#recorder.operations().filter(({ outcome }) => outcome.type === kind).length;
  }

  /** Null when all is well, else what is not. */
  judge(logTimeErrorMs: number): string | null {
    const verdict = checkLinearizable(this.#recorder.operations(), { logTimeErrorMs, configurationsMax: CONFIGURATIONS_MAX });
    if (verdict.type !== 'linearizable') return `the history is ${verdict.type}: ${verdict.explanation}`;
    return judgeSessions(this.#recorder.operations());
  }
}

/** Rule S14: refused before anything was appended, or unknown. */
function outcomeOf(outcome: CallOutcome): RecordedOutcome {
  const reason = describeOutcome(outcome);
  if (outcome.type === 'unsent') return { type: 'refused', reason };
  if (outcome.type === 'lost') return { type: 'unknown', reason };
  const { reply } = outcome;
  if (reply.type === 'error' && SAFE_REFUSALS.test(reply.message)) return { type: 'refused', reason };
  if (reply.type === 'error' && UNKNOWN_OUTCOME.test(reply.message)) return { type: 'unknown', reason };
  return { type: 'ok', answer: answerOf(reply) };
}
