import { Inject, Injectable } from '@nestjs/common';
import { Access, CLOCK, type Clock, db, platformErrors, query, UnitOfWork } from '#platform';

const markRead = query((p: { messageId: string; accountId: string; at: Date }) =>
  db
    .updateTable('notifications.message')
    .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(p.at)) }))
    .where('id', '=', p.messageId)
    .where('account_id', '=', p.accountId)
    .returning('id'),
);

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
    const { accountId } = this.access;
    const marked = await this.uow.first(markRead, { messageId, accountId, at: this.clock.now() });
    if (!marked) throw platformErrors.notFound();
  }
}
