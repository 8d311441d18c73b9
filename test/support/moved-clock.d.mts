/** What a program needs to live at the instant of this process, where its environment is not ours. */
export function clockOfThisRun(): Record<string, string>;
