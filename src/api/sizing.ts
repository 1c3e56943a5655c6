/**
 * How much data a member may hold, and how large its volume must be for that (S17). Every member holds the same data, so too little room
 * would take all of them down at once: the CRD refuses a spec without room, with the numbers of this file.
 */
import { assert } from '../shared/assert.ts';
import { quantityToInteger } from './quantity.ts';

const MIB = 1024 * 1024;

/** Of the memory limit, what keys and values may take; the rest is for copies, buffers and the log's tail. */
export const DATA_SHARE_OF_MEMORY = 0.4;

/**
 * The volume holds the snapshot, the log since (a snapshot is due once it is as long as the data), and the reserve for the next
 * snapshot, written beside the last one: three times the data.
 */
export const VOLUME_BYTES_PER_DATA_BYTE = 3;

/** And, whatever the data: preallocated segments, two more in reserve, and the shortest log that is worth a snapshot. */
export const VOLUME_BYTES_FIXED = 256 * MIB;

/** Below this the runtime and its buffers leave no room for data. */
export const MEMORY_LIMIT_MIN = '256Mi';
export const STORAGE_SIZE_MIN = '1Gi';

interface SizedSpec {
  readonly limits: { readonly maxDataBytes?: string | undefined };
  readonly podTemplate: { readonly spec: { readonly resources: { readonly limits: { readonly memory: string } } } };
}

/** Bytes that keys and values of a member may take: `spec.limits.maxDataBytes`, else what follows from the memory limit. */
export function maxDataBytesOf(spec: SizedSpec): number {
  const chosen = spec.limits.maxDataBytes;
  return chosen === undefined ? maxDataBytesOfMemory(spec.podTemplate.spec.resources.limits.memory) : bytesOf(chosen);
}

/** What follows from a memory limit such as `512Mi`. */
export function maxDataBytesOfMemory(memoryLimit: string): number {
  return Math.floor(bytesOf(memoryLimit) * DATA_SHARE_OF_MEMORY);
}

/** The smallest volume, in bytes, that has room for so much data. */
export function volumeBytesMin(maxDataBytes: number): number {
  return maxDataBytes * VOLUME_BYTES_PER_DATA_BYTE + VOLUME_BYTES_FIXED;
}

function bytesOf(quantity: string): number {
  const bytes = quantityToInteger(quantity);
  assert(bytes !== null, 'a spec that was parsed holds only quantities');
  return bytes;
}

/** Of the memory limit, what the JavaScript heap may take; buffers, code and the log's tail live outside it. */
const HEAP_SHARE_OF_MEMORY = 0.7;

/** MiB of old space for a process of this memory limit: left alone, Node.js takes about half, which is less than the data may fill (S17). */
export function heapMebibytesOfMemory(memoryLimit: string): number {
  return Math.floor((bytesOf(memoryLimit) * HEAP_SHARE_OF_MEMORY) / (1024 * 1024));
}
