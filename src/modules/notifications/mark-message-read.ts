import { Inject, Injectable } from '@nestjs/common';
import { Access, CLOCK, type Clock, platformErrors, UnitOfWork } from '#platform';

/**
 * The person has seen a message; again changes nothing. No audit entry: when somebody reads their own inbox
 * concerns nobody else.
 */
@Injectable()
export class MarkMessageRead {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError platform.not-found for somebody else's, too */
  async execute(messageId: string): Promise<void> {
    const [row] = await this.uow.sql(
      `UPDATE notifications.message SET read_at = coalesce(read_at, $3)
       WHERE id = $1 AND account_id = $2 RETURNING id`,
      [messageId, this.access.accountId, this.clock.now()],
    );
    if (!row) throw platformErrors.notFound();
  }
}
