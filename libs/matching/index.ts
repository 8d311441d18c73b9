export { checkAssignment, type CheckReport, type Problem } from './check.js';
export { greedy, type GreedyRule } from './greedy.js';
export { readInstanceFile, writeInstanceFile } from './instance-file.js';
export {
  buildInstance,
  InvalidInstance,
  validateInstance,
  type Candidate,
  type InstanceRows,
  type MatchingInstance,
} from './instance.js';
export {
  dualValue,
  solvePure,
  type Progress,
  type PureOptions,
  type Solution,
  type WarmStart,
} from './pure/solve-pure.js';
export { solveSchedule, type ScheduleOptions } from './schedule/solve-schedule.js';
export { ENGINE_VERSION, hashInstance, match, type MatchOptions, type MatchResult } from './engine.js';
export { matchInWorker, type WorkerRunOptions } from './run-in-worker.js';
export { matchSolveCommand } from './cli.js';
export { sampleInstance, type SampleOptions } from './sample-instance.js';
export { repair, type RepairMode, type RepairOptions, type RepairResult } from './repair.js';
export {
  commitToList,
  committedText,
  draw,
  drawNumber,
  InvalidDraw,
  type Applicant,
  type DrawnApplicant,
  type DrawResult,
  type DrawRules,
} from './draw.js';
export {
  committedPreferences,
  deferredAcceptance,
  type ClassApplicant,
  type OfferedClass,
  type Placement,
} from './deferred-acceptance.js';
export { fadeHistory, satisfaction, type FairShare } from './fairness.js';
export { matchByLevels, type LevelsRequest, type LevelsResult } from './levels.js';
export type { ForbiddenPair, VisitPair } from './pairs.js';
export {
  explainSlot,
  explainVolunteer,
  type CandidateReason,
  type SlotReason,
  type VolunteerReason,
} from './explain.js';
