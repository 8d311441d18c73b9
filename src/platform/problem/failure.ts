import { DomainError, renderError, visibleText } from '#libs/kernel';
import { ConfigError } from '../config/app-config.js';
import { sqlState, violatedConstraint } from '../database/database-error.js';
import { toDomainError } from './problem.js';

/** Why a command failed, for the operator who ran it. */
export interface Failure {
  readonly text: string;
  /** For the log: only of a fault of ours, and never a message, which may repeat what is in the database. */
  readonly trace: Trace | undefined;
}

interface Trace {
  readonly name: string;
  readonly sqlState: string | undefined;
  /** Which wall refused: its name, which says nothing of the row. */
  readonly constraint: string | undefined;
  readonly stack: string;
}

/** What a command says of an error: the reason in both languages and its code, no stack, no SQL. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConfigError) return { text: error.message, trace: undefined };
  const file = unreadableFile(error);
  if (file) return { text: `无法读取文件 The file cannot be read: ${file}`, trace: undefined };
  const refusal = toDomainError(error);
  return {
    text: `${renderError(refusal, 'zh-CN')} ${renderError(refusal, 'en')} (${refusal.code})`,
    trace: refusal.kind === 'internal' && !(error instanceof DomainError) ? traceOf(error) : undefined,
  };
}

/** The operator named a file that is not there, is a folder, or is not his to read or write. */
function unreadableFile(error: unknown): string | undefined {
  const { code, path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (typeof syscall !== 'string' || syscall === 'connect' || code === undefined) return undefined;
  return /^E(NOENT|ISDIR|NOTDIR|ACCES|PERM|NAMETOOLONG|MFILE|IO|ROFS|NOSPC)$/.test(code)
    ? `${visibleText(path ?? '')} (${code})`
    : undefined;
}

/** What may be logged of an error: the frames of its stack, the state and the wall of the database. */
export function traceOf(error: unknown): Trace {
  const reason = error instanceof Error ? error : new Error(String(error));
  const frames = (reason.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: reason.name,
    sqlState: sqlState(error),
    constraint: violatedConstraint(error),
    stack: frames.slice(0, 12).join('\n'),
  };
}
