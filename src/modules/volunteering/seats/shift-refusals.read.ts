import { Injectable } from '@nestjs/common';
import { Access, type Page, type PageQuery, RefusalReads } from '#platform';
import { VolunteerReads } from '../people/volunteers.read.js';
import { shiftObject } from '../shifts/shift.object.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import { ShiftReads } from '../shifts/shifts.read.js';
import type { ShiftRefusalResponse } from './http/shift-refusal.response.js';

/** Why people were refused something on a shift, for its organizers. */
@Injectable()
export class ShiftRefusalReads {
  constructor(
    private readonly access: Access,
    private readonly shifts: ShiftReads,
    private readonly volunteers: VolunteerReads,
    private readonly refusals: RefusalReads,
  ) {}

  /**
   * By volunteer number: those who got no seat have nothing to do with the organization, and the reason may tell
   * their age.
   * @throws DomainError platform.not-found
   */
  async of(shiftId: string, query: PageQuery): Promise<Page<ShiftRefusalResponse>> {
    const { organizationId } = await this.shifts.read(shiftId);
    this.access.inOrganization(shiftsPermissions.organize, organizationId);
    const { items, nextCursor } = await this.refusals.about({ type: shiftObject, id: shiftId }, query);
    const numbers = await this.volunteers.numbersOf(items.map(({ accountId }) => accountId));
    return {
      items: items.map(
        ({ accountId, objectType: _type, objectId: _id, requestId: _request, ...refusal }) => ({
          ...refusal,
          volunteerNumber: numbers.get(accountId) ?? null,
        }),
      ),
      nextCursor,
    };
  }
}
