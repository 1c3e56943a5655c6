/** What one key does, said once: the sequential register that a linearizable history must look like. */
import type { RegisterAnswer, RegisterCommand } from './history.ts';

/** null: there is no key. */
export type RegisterState = string | null;

export interface RegisterStep {
  readonly state: RegisterState;
  readonly answer: RegisterAnswer;
}

const INTEGER = /^-?(0|[1-9]\d*)$/;

export function stepRegister(state: RegisterState, command: RegisterCommand): RegisterStep {
  switch (command.type) {
    case 'get':
      return { state, answer: { type: 'value', value: state } };
    case 'set':
      return { state: command.value, answer: { type: 'done' } };
    case 'set-if-absent':
      return state === null
        ? { state: command.value, answer: { type: 'took-effect', tookEffect: true } }
        : { state, answer: { type: 'took-effect', tookEffect: false } };
    case 'increment': {
      if (state !== null && !INTEGER.test(state)) return { state, answer: { type: 'not-an-integer' } };
      const value = Number(state ?? '0') + 1;
      return { state: String(value), answer: { type: 'integer', value } };
    }
    case 'delete':
      return { state: null, answer: { type: 'took-effect', tookEffect: state !== null } };
  }
}

export function isSameAnswer(a: RegisterAnswer, b: RegisterAnswer): boolean {
  switch (a.type) {
    case 'value':
      return b.type === 'value' && a.value === b.value;
    case 'took-effect':
      return b.type === 'took-effect' && a.tookEffect === b.tookEffect;
    case 'integer':
      return b.type === 'integer' && a.value === b.value;
    case 'done':
    case 'not-an-integer':
      return a.type === b.type;
  }
}
