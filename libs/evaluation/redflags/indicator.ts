import type { ProcessView } from './process-view.js';
import type { RedFlagReport } from './report.js';

/** Sees every process once, in any order, and speaks at once or at the end. */
export interface Indicator {
  add(process: ProcessView, report: RedFlagReport): void;
  finish(report: RedFlagReport): void;
}
