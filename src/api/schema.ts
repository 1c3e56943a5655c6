/**
 * How the resource's zod schemas carry what only the CRD needs. A schema is the single source: the TypeScript types are inferred from it,
 * the operator reads resources through it, and `custom-resource-definition.ts` renders it into the CRD.
 */
import { z } from 'zod';

/** A validation rule of the CRD, in CEL. `messageExpression` wins over `message`, which stands in when it cannot be evaluated. */
export interface ValidationRule {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression?: string;
  readonly reason?: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired' | 'FieldValueDuplicate';
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** Schema words of the CRD that zod does not know; `omit` drops words that a rule replaces because it explains better. */
export interface CrdWords {
  readonly rules?: readonly ValidationRule[];
  /** For literals: JSON has one kind of number, Kubernetes has two. */
  readonly type?: 'integer';
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  readonly preserveUnknownFields?: true;
  readonly maxProperties?: number;
  readonly format?: 'date-time' | 'int32' | 'int64';
  readonly omit?: readonly string[];
}

/** Key under which the words travel through `z.toJSONSchema`; it never reaches the CRD. */
export const CRD_WORDS = 'quorate-crd-words';

/** Describes a field, for `kubectl explain` and docs/resource.md, and adds what only the CRD says of it to what its kind of value says. */
export function field<Schema extends z.ZodType>(schema: Schema, description: string, words: CrdWords = {}): Schema {
  const inner = crdWordsOf(schema);
  const rules = [...(inner.rules ?? []), ...(words.rules ?? [])];
  return schema.meta({ description, [CRD_WORDS]: { ...inner, ...words, rules } satisfies CrdWords });
}

function crdWordsOf(schema: unknown): CrdWords {
  if (!(schema instanceof z.ZodType)) return {};
  const own = schema.meta()?.[CRD_WORDS];
  if (own !== undefined) return own as CrdWords;
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapper ? crdWordsOf(schema.unwrap()) : {};
}

export type DeepReadonly<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean | null | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly DeepReadonly<Item>[]
      : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };
