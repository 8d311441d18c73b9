import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import type { Person } from '../../../test/support/given.js';
import { type GivenProject, givenRunningProject } from '../../../test/support/given-shift.js';
import { DataChecks } from '../../platform/checks/data-check.js';
import { CheckIn } from './attendance/check-in.js';
import { CheckOut } from './attendance/check-out.js';
import { CancelShift } from './seats/cancel-shift.js';
import { CancelSignUp } from './seats/cancel-sign-up.js';
import { CreateShift, type NewShift } from './shifts/create-shift.js';
import { SignUpForShift } from './seats/sign-up-for-shift.js';
import { SignUpBatch, type SignUpRequest, type SignUpResult } from './seats/sign-up-batch.js';
import { CheckInCodeReads } from './attendance/check-in-codes.read.js';

/** Nine o'clock in the morning in China: when every test of volunteering begins. */
export const NINE = '2026-11-23T01:00:00Z';

/** A running project with its staff, and what people do with its shifts. */
export class ShiftWorld {
  private constructor(
    readonly test: TestApp,
    readonly project: GivenProject,
  ) {}

  static async begin(): Promise<ShiftWorld> {
    const test = await startTestApp({ now: NINE });
    return new ShiftWorld(test, await givenRunningProject(test));
  }

  /** @returns the names of the data checks of volunteering that found something */
  async end(): Promise<string[]> {
    const results = await this.test.get(DataChecks).runAll();
    await this.test.stop();
    return results.flatMap(({ name, offending }) =>
      name.startsWith('volunteering.') && offending.length > 0 ? [name] : [],
    );
  }

  get staff(): Person {
    const { staffId, organizationId } = this.project;
    return { accountId: staffId, memberships: [{ role: 'organization-staff', organizationId }] };
  }

  asStaff<T>(work: () => Promise<T>): Promise<T> {
    return this.test.as(this.staff, work);
  }

  /** A shift from 09:30 to 11:30 with one seat, whose queue is served until it begins, unless told otherwise. */
  async shift(changes: Partial<NewShift> = {}): Promise<string> {
    const { shiftId } = await this.asStaff(() =>
      this.test.get(CreateShift).execute({
        projectId: this.project.projectId,
        title: '陪伴阅读',
        place: '社区活动室',
        startsAt: new Date('2026-11-23T01:30:00Z'),
        endsAt: new Date('2026-11-23T03:30:00Z'),
        capacity: 1,
        riskText: null,
        dangerous: false,
        promotionLeadMinutes: 0,
        ...changes,
      }),
    );
    return shiftId;
  }

  at(time: Date | string): void {
    this.test.clock?.set(time);
  }

  async seatOf(accountId: string, shiftId: string): Promise<string> {
    return (await this.signUp(accountId, shiftId)).answer.signUpId;
  }

  cancel(accountId: string, signUpId: string): Promise<void> {
    return this.test.as({ accountId }, () => this.test.get(CancelSignUp).execute(signUpId));
  }

  cancelShift(shiftId: string): Promise<void> {
    return this.asStaff(() => this.test.get(CancelShift).execute(shiftId));
  }

  /** A wish as it reaches the batch. */
  requestOf(accountId: string, shiftId: string, changes: Partial<SignUpRequest> = {}): SignUpRequest {
    return {
      shiftId,
      accountId,
      riskAcknowledged: false,
      idempotencyKey: newId(),
      requestHash: Buffer.from(shiftId),
      by: { actorId: accountId, permission: 'volunteering:volunteer', requestId: null },
      ...changes,
    };
  }

  /** Several wishes that are decided together. */
  decide(...requests: SignUpRequest[]): Promise<SignUpResult[]> {
    return this.test.get(SignUpBatch).execute(requests);
  }

  /** The code that is shown at the place at this moment. */
  async codeOf(shiftId: string, who: Person = this.staff): Promise<string> {
    const { code } = await this.test.as(who, () => this.test.get(CheckInCodeReads).current(shiftId));
    return code;
  }

  async checkIn(accountId: string, shiftId: string, code?: string) {
    const shown = code ?? (await this.codeOf(shiftId));
    return this.test.as({ accountId }, () => this.test.get(CheckIn).execute(shiftId, shown));
  }

  async checkOut(accountId: string, shiftId: string, code?: string) {
    const shown = code ?? (await this.codeOf(shiftId));
    return this.test.as({ accountId }, () => this.test.get(CheckOut).execute(shiftId, shown));
  }

  async stateOf(signUpId: string): Promise<string | undefined> {
    const [row] = await this.test.sql<{ state: string }>(
      'SELECT state FROM volunteering.sign_up WHERE id = $1',
      [signUpId],
    );
    return row?.state;
  }

  /** Kinds of events about a sign-up, in their order. */
  async eventsOf(key: 'signUpId' | 'shiftId', id: string): Promise<string[]> {
    const rows = await this.test.sql<{ type: string }>(
      `SELECT type FROM platform.outbox_event WHERE type LIKE 'volunteering.%' AND payload->>$1 = $2 ORDER BY xid, seq`,
      [key, id],
    );
    return rows.map(({ type }) => type);
  }

  /** What was written down about an object, and the state that it left. */
  async trailOf(objectId: string): Promise<string[]> {
    const rows = await this.test.sql<{ action: string; state: string | null }>(
      "SELECT action, after->>'state' AS state FROM platform.audit_entry WHERE object_id = $1 ORDER BY id",
      [objectId],
    );
    return rows.map(({ action, state }) => `${action} ${state ?? ''}`.trim());
  }

  signUp(
    accountId: string,
    shiftId: string,
    idempotencyKey = newId(),
    requestHash: Buffer = Buffer.from(shiftId),
  ) {
    return this.test.as({ accountId }, () =>
      this.test
        .get(SignUpForShift)
        .execute({ shiftId, riskAcknowledged: false, idempotencyKey, requestHash }),
    );
  }
}
