import { Injectable } from '@nestjs/common';
import { Access, Register } from '#platform';
import { shiftObject } from '../shifts/shift.object.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import { CallOff } from './call-off.js';

/** The organization calls a shift off; everybody on its roster and waiting list gets their time back. */
@Injectable()
export class CancelShift {
  constructor(
    private readonly register: Register,
    private readonly access: Access,
    private readonly callOff: CallOff,
  ) {}

  async execute(shiftId: string): Promise<void> {
    await this.register.act(shiftObject, shiftId, {
      allow: ({ organizationId }) => {
        this.access.inOrganization(shiftsPermissions.organize, organizationId);
      },
      action: (shift) => {
        shift.mustNotBeCalledOff();
        return 'cancel-shift';
      },
      apply: async (shift, act) => {
        shift.mustNotBeOver(act.at);
        await this.callOff.apply(shift, act);
      },
    });
  }
}
