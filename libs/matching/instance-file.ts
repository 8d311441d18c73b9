import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

import { InvalidInstance, type MatchingInstance } from './instance.js';

/**
 * Binary instance file: little-endian Int32. A header of 8 (magic, volunteers, slots, edges, penalty,
 * rest, 0, 0), then maxSlots, maxMinutes, maxShifts, min, max, start, end, ptr, col, score.
 */
const MAGIC = 0x564d3031;
const HEADER = 8;

/** Reads an instance; its arrays are views on one buffer, so a file of 18 MB costs 18 MB. */
export function readInstanceFile(path: string): MatchingInstance {
  const bytes = readFileSync(path);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const all = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
  const [magic = 0, n = 0, m = 0, edges = 0, penalty = 0, rest = 0] = all.subarray(0, HEADER);
  if (magic !== MAGIC) throw new InvalidInstance('file starts with the magic number', 0);
  const words = HEADER + 3 * n + 4 * m + n + 1 + 2 * edges;
  if (all.length !== words) throw new InvalidInstance(`file has ${words} words`, all.length);
  let offset = HEADER;
  const take = (length: number): Int32Array => {
    offset += length;
    return all.subarray(offset - length, offset);
  };
  return {
    volunteers: n,
    slots: m,
    edges,
    penalty,
    rest,
    maxSlots: take(n),
    maxMinutes: take(n),
    maxShifts: take(n),
    min: take(m),
    max: take(m),
    start: take(m),
    end: take(m),
    ptr: take(n + 1),
    col: take(edges),
    score: take(edges),
  };
}

/** Writes an instance. Per-slot penalties and periods have no place in the format and are refused. */
export function writeInstanceFile(path: string, instance: MatchingInstance): void {
  if (instance.penalties !== undefined || instance.period !== undefined) {
    throw new InvalidInstance('the file format has one penalty and no periods', 0);
  }
  const { volunteers, slots, edges, penalty, rest } = instance;
  const parts = [
    Int32Array.of(MAGIC, volunteers, slots, edges, penalty, rest, 0, 0),
    instance.maxSlots,
    instance.maxMinutes,
    instance.maxShifts,
    instance.min,
    instance.max,
    instance.start,
    instance.end,
    instance.ptr,
    instance.col,
    instance.score,
  ];
  const file = openSync(path, 'w');
  try {
    for (const part of parts) writeSync(file, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  } finally {
    closeSync(file);
  }
}
