import type { Clock } from '#libs/kernel';

/** Injection token of the one Clock. Nothing else asks the machine for the time. */
export const CLOCK = Symbol('Clock');

export type { Clock };
