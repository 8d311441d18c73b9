import { Injectable } from '@nestjs/common';
import { TaskHandler, UnitOfWork } from '#platform';
import { Treasury } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';

const BATCH = 200;
const CURSOR = 'answers';

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
      const stored = await this.uow.one<{ position: string }>(
        'SELECT position FROM budgets.treasury_cursor WHERE name = $1',
        [CURSOR],
      );
      const { answers, position } = await this.treasury.answersAfter(stored?.position, BATCH);
      // The cursor moves last: a crash reads answers again, and the inbox knows them.
      for (const answer of answers) await this.inbox.receive(answer, 'statement');
      if (position !== undefined && position !== stored?.position) {
        await this.uow.sql(
          `INSERT INTO budgets.treasury_cursor (name, position) VALUES ($1, $2)
           ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
          [CURSOR, position],
        );
      }
      if (answers.length < BATCH) return;
    }
  }
}
