/**
 * Objects as they come in, held against the shape of their kind: unknown fields are dropped and named, and a value of the wrong type refuses
 * the whole object, as the API server's decoder does.
 */
import { badRequest } from '../failure.ts';
import { isJsonObject, setField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { resolved } from './shape.ts';
import type { ScalarType, Shape, StructShape } from './shape.ts';

export interface Decoded {
  readonly object: JsonObject;
  /** Paths that the kind does not know, such as `spec.replicsa`; dropped. */
  readonly unknown: readonly string[];
}

/**
 * Null fields of a struct are dropped, as the decoder leaves them at their zero.
 * @throws ApiFailure 400 naming the field whose type is wrong
 */
export function decodeBuiltin(object: JsonObject, shape: Shape, apiVersion: string, kind: string): Decoded {
  const decoder = new Decoder(apiVersion, kind);
  const decoded = decoder.decode(object, shape, '', '');
  return { object: isJsonObject(decoded) ? decoded : {}, unknown: decoder.unknown };
}

class Decoder {
  readonly unknown: string[] = [];
  readonly #apiVersion: string;
  readonly #kind: string;

  constructor(apiVersion: string, kind: string) {
    this.#apiVersion = apiVersion;
    this.#kind = kind;
  }

  /** @param place the path in dots and brackets; @param goField how the decoder's sentence calls it */
  decode(value: unknown, shape: Shape, place: string, goField: string): unknown {
    const known = resolved(shape);
    switch (known.kind) {
      case 'any':
        return value;
      case 'scalar':
        if (known.type === 'bytes' && typeof value === 'string') return this.#encoded(value);
        if (value === null || isScalar(value, known.type)) return value;
        throw this.#wrongType(value, goTypes[known.type], goField);
      case 'struct':
        if (!isJsonObject(value)) throw this.#wrongType(value, known.name ?? 'object', goField);
        return this.#struct(value, known, place, goField);
      case 'map': {
        if (!isJsonObject(value)) throw this.#wrongType(value, 'map[string]string', goField);
        const result: Record<string, unknown> = {};
        for (const [name, field] of Object.entries(value)) {
          setField(result, name, this.decode(field, known.values, `${place}.${name}`, goField));
        }
        return result;
      }
      case 'list':
        if (!Array.isArray(value)) throw this.#wrongType(value, '[]', goField);
        return value.map((item, index) => this.decode(item, known.items, `${place}[${index}]`, goField));
    }
  }

  #struct(value: JsonObject, shape: StructShape, place: string, goField: string): JsonObject {
    const result: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      const path = place === '' ? name : `${place}.${name}`;
      const fieldShape = shape.fields.get(name);
      if (fieldShape === undefined) {
        this.unknown.push(path);
        continue;
      }
      if (field === null || field === undefined) continue;
      // An empty variable is one without a value: the two must not differ, or a chart that says so rolls its pods each time.
      if (field === '' && name === 'value' && shape.name === 'EnvVar') continue;
      result[name] = this.decode(field, fieldShape, path, goField === '' ? `${shape.name ?? ''}.${name}` : `${goField}.${name}`);
    }
    return result;
  }

  #encoded(text: string): string {
    const at = text.search(/[^A-Za-z0-9+/=\r\n]/);
    if (at === -1 && text.length % 4 === 0) return text;
    const version = this.#apiVersion.split('/').at(-1) ?? '';
    const why = `illegal base64 data at input byte ${at === -1 ? text.length : at}`;
    throw badRequest(`${this.#kind} in version "${version}" cannot be handled as a ${this.#kind}: ${why}`);
  }

  #wrongType(value: unknown, goType: string, goField: string): Error {
    const kind = this.#kind;
    const version = this.#apiVersion.split('/').at(-1) ?? '';
    const given = jsonTypeOf(value);
    const message = `json: cannot unmarshal ${given} into Go struct field ${goField} of type ${goType}`;
    return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${message}`);
  }
}

const goTypes: Readonly<Record<ScalarType, string>> = {
  string: 'string',
  integer: 'int32',
  number: 'float64',
  boolean: 'bool',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  bytes: '[]uint8',
};

function isScalar(value: unknown, type: ScalarType): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'quantity':
    case 'intOrString':
      return typeof value === 'string' || typeof value === 'number';
    case 'string':
    case 'time':
    case 'microTime':
    case 'bytes':
      return typeof value === 'string';
  }
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return value === null ? 'null' : typeof value;
}

/** @throws ApiFailure 400 when a field is unknown and the client asked to be strict */
export function refuseUnknown(
  unknown: readonly string[],
  apiVersion: string,
  kind: string,
  validation: string | undefined,
): void {
  if (validation !== 'Strict' || unknown.length === 0) return;
  const version = apiVersion.split('/').at(-1) ?? '';
  const told = unknown.map((path) => `unknown field "${path}"`).join(', ');
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${told}`);
}
