/** @returns the path of libfaketime */
export function findFaketime(): string | undefined;

/** The settings under which a program lives at another instant, in another zone. */
export function movedClock(library: string, moment: { at: Date; zone?: string }): NodeJS.ProcessEnv;

/** What a program needs to live at the instant of this process, where its environment is not ours. */
export function clockOfThisRun(): Record<string, string>;

/** Makes a clock moved by libfaketime usable for PostgreSQL, for this process's children. */
export function adoptMovedClock(folder: string): void;
