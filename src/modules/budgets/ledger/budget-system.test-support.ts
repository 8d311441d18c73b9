import { Money, newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { RetryPayment } from '../payments/retry-payment.js';
import { BudgetsApi } from '../budgets.api.js';
import { type BudgetsGiven, codeOf, financeOfficer } from '../budgets.test-support.js';
import { adjust, appropriate } from './acts.js';
import { AnswerInbox } from '../settlement/answer-inbox.js';
import { type Command, lineOf } from './budget-model.test-support.js';
import { Ledger } from './ledger.js';
import type { Posted } from './posting.js';

interface Keyed {
  readonly command: Command;
  readonly key: string;
}

/** Runs the model's commands on the real thing: two fresh lines of a database that holds those of all runs. */
export class BudgetSystem {
  readonly lineIds: string[] = [];
  private readonly officer = financeOfficer();
  private readonly ids = new Map<string, string>();
  private readonly paymentIds: string[] = [];
  private readonly reversibleIds: string[] = [];
  private last: Keyed | undefined;

  private readonly app: TestApp;

  constructor(private readonly given: BudgetsGiven) {
    this.app = given.app;
  }

  async open(): Promise<void> {
    for (const reservationStage of ['publication', 'award'] as const)
      this.lineIds.push(await this.given.line(0, { reservationStage }));
  }

  /** @returns `accepted` or the code of the refusal */
  apply(command: Command): Promise<string> {
    return codeOf(this.app.as(this.officer, () => this.dispatch(command)));
  }

  /** Subjects by the names that the model uses for them. */
  nameOf(subjectId: string): string {
    const line = this.lineIds.indexOf(subjectId);
    if (line >= 0) return String(line);
    return [...this.ids].find(([, id]) => id === subjectId)?.[0].split(' ')[1] ?? subjectId;
  }

  private async dispatch(command: Command): Promise<void> {
    switch (command.does) {
      case 'repeat':
        return this.repeat(command.changed);
      case 'answer':
        return this.answer(this.paymentIds[command.payment % this.paymentIds.length], command.outcome);
      case 'retry': {
        const paymentId = this.paymentIds[command.payment % this.paymentIds.length];
        if (paymentId !== undefined) await this.app.get(RetryPayment).execute(paymentId);
        return;
      }
      case 'reverse': {
        const transferId = this.reversibleIds[command.transfer % this.reversibleIds.length];
        if (transferId === undefined) return;
        await this.app.get(BudgetsApi).reverse({ transferId, reason: '冲销', key: newId() });
        return;
      }
      default: {
        const key = newId();
        if (await this.act(command, key)) this.last = { command, key };
      }
    }
  }

  private async repeat(isChanged: boolean): Promise<void> {
    if (this.last === undefined) return;
    const { command, key } = this.last;
    const again = isChanged && 'fen' in command ? { ...command, fen: command.fen + 1 } : command;
    const known = [this.paymentIds.length, this.reversibleIds.length];
    await this.act(again, key);
    [this.paymentIds.length, this.reversibleIds.length] = known as [number, number];
  }

  /** @returns whether the act left its key in the ledger */
  private async act(command: Command, key: string): Promise<boolean> {
    const api = this.app.get(BudgetsApi);
    const ledger = this.app.get(Ledger);
    const amount = 'fen' in command ? Money.fen(command.fen) : Money.zero;
    const documentNumber = '示例财预〔2026〕3号';
    const reason = '随机测试';
    const on = 'tender' in command ? this.subjects(command.tender) : undefined;
    switch (command.does) {
      case 'appropriate':
        return this.reversible(
          ledger.post(appropriate({ lineId: this.line(command.line), amount, documentNumber, key })),
        );
      case 'adjust':
        return this.reversible(
          ledger.post(adjust({ lineId: this.line(command.line), amount, documentNumber, reason, key })),
        );
      case 'carry':
      case 'lapse': {
        const lineId = this.line(command.line);
        const type = command.does === 'carry' ? 'CARRY' : 'LAPSE';
        return this.reversible(
          ledger.post({
            scope: `test.${command.does}`,
            key,
            request: { lineId, amount },
            document: { type: 'budget-line', id: lineId },
            transfers: [{ type, lineId, amount, reason }],
          }),
        );
      }
      default:
        return on === undefined ? false : this.actOnTender(api, command, { ...on, amount, reason, key });
    }
  }

  private async actOnTender(
    api: BudgetsApi,
    command: Command,
    on: { lineId: string; tenderId: string; awardId: string; amount: Money; reason: string; key: string },
  ): Promise<boolean> {
    const milestoneId = 'milestone' in command ? this.id(`milestone ${on.awardId}/${command.milestone}`) : '';
    switch (command.does) {
      case 'reserve':
        return api.reserve(on);
      case 'release': {
        await api.release(on);
        const rows = await this.app.sql('SELECT FROM budgets.posting WHERE scope = $1 AND key = $2', [
          'budgets.release',
          on.key,
        ]);
        return rows.length > 0;
      }
      case 'commit':
        await api.commit(on);
        this.ids.set(`commitment ${command.tender}`, await api.commitmentOf(on));
        return true;
      case 'amendUp':
        return this.reversible(api.amendUp(on));
      case 'amendDown':
        return this.reversible(api.amendDown(on));
      case 'accrue':
        await api.accrue({ ...on, milestoneId });
        return true;
      case 'deduct':
        return this.reversible(api.deduct({ ...on, milestoneId }));
      case 'refund':
        return this.reversible(api.refund({ ...on, milestoneId }));
      case 'pay': {
        const { paymentId } = await api.requestPayment({
          ...{ awardId: on.awardId, milestoneId, amount: on.amount, key: on.key },
          payeeOrganizationId: this.given.payeeId,
          acceptedBy: this.id('acceptor 0'),
        });
        this.paymentIds.push(paymentId);
        return true;
      }
      default:
        return false;
    }
  }

  private async answer(paymentId: string | undefined, outcome: 'paid' | 'refused'): Promise<void> {
    if (paymentId === undefined) return;
    const [attempt] = await this.app.sql<{ id: string }>(
      'SELECT id FROM budgets.payment_attempt WHERE payment_id = $1 ORDER BY attempt_no DESC LIMIT 1',
      [paymentId],
    );
    await this.app.asSystem(() =>
      this.app.get(AnswerInbox).receive(
        {
          answerId: newId(),
          key: attempt?.id ?? '',
          outcome,
          voucherNumber: outcome === 'paid' ? newId() : undefined,
          reasonCode: outcome === 'refused' ? 'payee-account-refused' : undefined,
          answeredAt: new Date(),
        },
        'statement',
      ),
    );
  }

  private async reversible(posting: Promise<Posted>): Promise<true> {
    this.reversibleIds.push((await posting).transferIds[0] ?? '');
    return true;
  }

  private subjects(tender: number) {
    const lineId = this.line(lineOf(tender));
    return { lineId, tenderId: this.id(`tender ${tender}`), awardId: this.id(`award ${tender}`) };
  }

  private line(index: number): string {
    return this.lineIds[index] ?? '';
  }

  private id(name: string): string {
    const known = this.ids.get(name) ?? newId();
    this.ids.set(name, known);
    return known;
  }
}
