import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { type GivenProject, givenRunningProject } from '../../../test/support/given-shift.js';
import { DataChecks } from '../../platform/checks/data-check.js';
import { CreateShift, type NewShift } from './application/create-shift.js';
import { SignUp } from './application/sign-up.js';

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

  asStaff<T>(work: () => Promise<T>): Promise<T> {
    const { staffId, organizationId } = this.project;
    return this.test.as(
      { accountId: staffId, memberships: [{ role: 'organization-staff', organizationId }] },
      work,
    );
  }

  /** A shift from 09:30 to 11:30 with one seat, unless told otherwise. */
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
        ...changes,
      }),
    );
    return shiftId;
  }

  signUp(
    accountId: string,
    shiftId: string,
    idempotencyKey = newId(),
    requestHash: Buffer = Buffer.from(shiftId),
  ) {
    return this.test.as({ accountId }, () =>
      this.test.get(SignUp).execute({ shiftId, riskAcknowledged: false, idempotencyKey, requestHash }),
    );
  }
}
