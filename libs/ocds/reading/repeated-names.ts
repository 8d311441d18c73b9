/** Notices names that an object has twice: `JSON.parse` keeps the last one and says nothing. */
import { pointerStep } from '../quality/problem.js';

/** Enough to find the place; a hostile file can repeat millions. */
const MOST_POINTERS = 20;

/** How many members the objects of a parsed value have: fewer than were written where a name was repeated. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: unknown[] = Object.values(value);
  let members = Array.isArray(value) ? 0 : inner.length;
  for (const element of inner) members += countMembers(element);
  return members;
}

interface Level {
  /** `undefined` in a list. */
  readonly names: Set<string> | undefined;
  /** The step to what is being read: the last name, or the position. */
  step: string;
  position: number;
}

/** JSON pointers of the repeated names of a text that is JSON; at most twenty. */
export function repeatedNames(text: string): string[] {
  const found = new Set<string>();
  const levels: Level[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
  let awaitsName = false;
  for (
    let match = tokens.exec(text);
    match !== null && found.size < MOST_POINTERS;
    match = tokens.exec(text)
  ) {
    const [token] = match;
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      levels.push({ names: token === '{' ? new Set() : undefined, step: '0', position: 0 });
      awaitsName = token === '{';
    } else if (token === '}' || token === ']') {
      levels.pop();
      awaitsName = false;
    } else if (token === ',') {
      awaitsName = level?.names !== undefined;
      if (level && !awaitsName) level.step = String((level.position += 1));
    } else if (awaitsName && level?.names) {
      level.step = JSON.parse(token) as string;
      if (level.names.has(level.step)) found.add(levels.map(({ step }) => pointerStep(step)).join(''));
      level.names.add(level.step);
      awaitsName = false;
    }
  }
  return [...found];
}
