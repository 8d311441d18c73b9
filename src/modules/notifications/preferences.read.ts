import { Injectable } from '@nestjs/common';
import { Access, db, query, UnitOfWork } from '#platform';
import type { PreferenceResponse } from './http/notifications.response.js';

const preferenceOf = query((p: { accountId: string }) =>
  db
    .selectFrom('notifications.preference')
    .select(['email_enabled as emailEnabled', 'followed_areas as followedAreas'])
    .where('account_id', '=', p.accountId),
);

/** How a person wants to be told; what somebody who never said anything gets. */
@Injectable()
export class PreferenceReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  async own(): Promise<PreferenceResponse> {
    const { accountId } = this.access;
    const said = await this.uow.first(preferenceOf, { accountId });
    return said
      ? { ...said, followedAreas: [...said.followedAreas] }
      : { emailEnabled: true, followedAreas: [] };
  }
}
