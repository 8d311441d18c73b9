/** Judges a whole file and writes one report on it, itself as a stream: it may list a million refused releases. */
import type { FileHandle } from 'node:fs/promises';
import { short } from './quality/problem.js';
import type { Finding, Severity } from './quality/finding.js';
import {
  readReleases,
  type FileProblem,
  type QuarantinedRelease,
  type ReadOptions,
} from './reading/read-releases.js';

/** Takes pieces of text; resolves when it is ready for more. */
export type TextSink = (text: string) => Promise<void>;

export interface NamedFile {
  readonly name: string;
  /** Open for reading; closed when the report is written. */
  readonly handle: FileHandle;
}

export interface FileReport {
  readonly accepted: number;
  readonly quarantined: number;
  readonly fileProblems: number;
  readonly findings: number;
}

interface FindingCount {
  code: string;
  severity: Severity;
  count: number;
  /** The first place where it was found. */
  first: { index: number; ocid: string; id: string; pointer: string; message: string };
}

/** Package problems listed; in a file of lines each line can have its own. */
const MAX_FILE_PROBLEMS = 1000;

class Totals {
  accepted = 0;
  quarantined = 0;
  fileProblemCount = 0;
  readonly fileProblems: Omit<FileProblem, 'kind'>[] = [];
  readonly findings = new Map<string, FindingCount>();

  addFileProblem({ kind: _kind, ...problem }: FileProblem): void {
    this.fileProblemCount += 1;
    if (this.fileProblems.length < MAX_FILE_PROBLEMS) this.fileProblems.push(problem);
  }

  addFinding(index: number, ocid: string, id: string, { code, severity, pointer, message }: Finding): void {
    const known = this.findings.get(code);
    if (known) known.count += 1;
    else this.findings.set(code, { code, severity, count: 1, first: { index, ocid, id, pointer, message } });
  }

  get report(): FileReport {
    const findings = [...this.findings.values()].reduce((sum, { count }) => sum + count, 0);
    return {
      accepted: this.accepted,
      quarantined: this.quarantined,
      fileProblems: this.fileProblemCount,
      findings,
    };
  }
}

async function judge(
  file: FileHandle,
  options: ReadOptions,
  onRefusal: (refused: QuarantinedRelease) => Promise<void>,
): Promise<Totals> {
  const totals = new Totals();
  const bytes = file.createReadStream({ highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
  for await (const event of readReleases(bytes, options)) {
    if (event.kind === 'accepted') {
      totals.accepted += 1;
      const [ocid, id] = [short(event.release.ocid, 300), short(event.release.id, 300)];
      for (const found of event.findings) totals.addFinding(event.position.index, ocid, id, found);
    } else if (event.kind === 'quarantined') {
      totals.quarantined += 1;
      await onRefusal(event);
    } else if (event.kind === 'file-problem') {
      totals.addFileProblem(event);
    }
  }
  return totals;
}

/** One refused release in the report: the first reason flat, all of them as a list. */
function entryOf({ position, ocid, id, problems, omittedProblems }: QuarantinedRelease): object {
  const [reason] = problems;
  return {
    index: position.index,
    document: position.document,
    at: position.at,
    ocid,
    id,
    pointer: reason?.pointer ?? '',
    code: reason?.code ?? 'refused',
    message: reason?.message ?? '',
    problems,
    omittedProblems,
  };
}

/** Writes the report as one JSON object. @throws the file system's error when reading fails */
export async function writeJsonReport(
  file: NamedFile,
  judgedBy: string,
  options: ReadOptions,
  write: TextSink,
): Promise<FileReport> {
  let first = true;
  await write(`{"file":${JSON.stringify(file.name)},"judgedBy":${JSON.stringify(judgedBy)},"quarantine":[`);
  const totals = await judge(file.handle, options, async (refused) => {
    await write(`${first ? '' : ','}${JSON.stringify(entryOf(refused))}`);
    first = false;
  });
  const { accepted, quarantined, fileProblems, fileProblemCount } = totals;
  const rest = {
    accepted,
    quarantined,
    fileProblems,
    fileProblemCount,
    findings: [...totals.findings.values()],
  };
  await write(`],${JSON.stringify(rest).slice(1)}\n`);
  return totals.report;
}

/** Writes the report for a person to read. @throws the file system's error when reading fails */
export async function writeTextReport(
  file: NamedFile,
  judgedBy: string,
  options: ReadOptions,
  write: TextSink,
): Promise<FileReport> {
  const totals = await judge(
    file.handle,
    options,
    async ({ position, ocid, id, problems, omittedProblems }) => {
      await write(`quarantined  #${position.index} ${position.at} ocid ${ocid ?? '-'} id ${id ?? '-'}\n`);
      for (const { pointer, code, message } of problems)
        await write(`  ${pointer || '/'}  ${code}: ${message}\n`);
      if (omittedProblems > 0) await write(`  and ${omittedProblems} more\n`);
    },
  );
  for (const { code, message, pointer } of totals.fileProblems) {
    await write(`file problem  ${pointer ?? ''} ${code}: ${message}\n`);
  }
  for (const { code, severity, count, first } of totals.findings.values()) {
    await write(
      `${severity}  ${code} × ${count}, first in #${first.index} at ${first.pointer || '/'}: ${first.message}\n`,
    );
  }
  const { accepted, quarantined, fileProblems } = totals.report;
  await write(
    `${accepted} accepted, ${quarantined} quarantined, ${fileProblems} file problems (${judgedBy})\n`,
  );
  return totals.report;
}
