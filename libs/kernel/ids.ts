import { v7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562): unique without coordination, and ordered by creation time in an index. */
export function newId(): string {
  return v7();
}

/** True for a UUID of any version in lower case, the one spelling the system stores and compares. */
export function isUuid(text: string): boolean {
  return validate(text) && text === text.toLowerCase();
}
