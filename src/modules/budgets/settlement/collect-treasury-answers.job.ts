import { Injectable } from '@nestjs/common';
import { db, query, TaskHandler, UnitOfWork } from '#platform';
import { Treasury } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';

const BATCH = 200;
const CURSOR = 'answers';

const readCursor = query((p: { name: string }) =>
  db.selectFrom('budgets.treasury_cursor').select('position').where('name', '=', p.name),
);

const moveCursor = query((p: { name: string; position: string }) =>
  db
    .insertInto('budgets.treasury_cursor')
    .values({ name: p.name, position: p.position })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ position: p.position })),
);

/** Reads the treasury's statement of answers, so that late and unasked ones arrive, too. */
@Injectable()
export class CollectTreasuryAnswers extends TaskHandler {
  override readonly name = 'budgets.collect-treasury-answers';
  override readonly queue = 'settlement';
  override readonly mode = 'external';
  override readonly everyMs = 10_000;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly treasury: Treasury,
    private readonly inbox: AnswerInbox,
  ) {
    super();
  }

  override async run(): Promise<void> {
    for (;;) {
      const stored = await this.uow.first(readCursor, { name: CURSOR });
      const { answers, position } = await this.treasury.answersAfter(stored?.position, BATCH);
      // The cursor moves last: a crash reads answers again, and the inbox knows them.
      for (const answer of answers) await this.inbox.receive(answer, 'statement');
      if (position !== undefined && position !== stored?.position) {
        await this.uow.all(moveCursor, { name: CURSOR, position });
      }
      if (answers.length < BATCH) return;
    }
  }
}
