/**
 * The reference model of the budgets: what each command must do to the money, in ordinary numbers and
 * without sharing a line with the ledger. It predicts the refusal's code as well as the balances.
 */
export const TENDERS = 3;
export const MILESTONES = 2;

export type Command =
  | {
      readonly does: 'appropriate' | 'adjust' | 'carry' | 'lapse';
      readonly line: number;
      readonly fen: number;
    }
  | {
      readonly does: 'reserve' | 'commit' | 'amendUp' | 'amendDown';
      readonly tender: number;
      readonly fen: number;
    }
  | { readonly does: 'release'; readonly tender: number }
  | {
      readonly does: 'accrue' | 'deduct' | 'refund' | 'pay';
      readonly tender: number;
      readonly milestone: number;
      readonly fen: number;
    }
  | { readonly does: 'answer'; readonly payment: number; readonly outcome: 'paid' | 'refused' }
  | { readonly does: 'retry'; readonly payment: number }
  | { readonly does: 'reverse'; readonly transfer: number }
  | { readonly does: 'repeat'; readonly changed: boolean };

interface Payment {
  readonly tender: number;
  readonly milestone: string;
  readonly fen: number;
  state: 'in-payment' | 'settled' | 'failed';
}
interface Reversible {
  readonly from: string;
  readonly to: string;
  readonly fen: number;
  readonly milestone?: { readonly sums: Map<string, number>; readonly name: string };
  isReversed: boolean;
}

/** Tender n and its one award lie on line n % 2; line 0 reserves at publication, line 1 at award. */
export const lineOf = (tender: number) => tender % 2;
const milestoneName = (tender: number, milestone: number) => `milestone ${tender}.${milestone}`;

export class BudgetModel {
  readonly balances = new Map<string, number>();
  readonly payments: Payment[] = [];
  readonly reversibles: Reversible[] = [];
  /** The act that was accepted last and has a key. */
  lastKeyed: Command | undefined;
  private readonly committed = new Set<number>();
  private readonly everReserved = new Set<number>();
  private readonly accruedOf = new Map<string, number>();
  private readonly paidOf = new Map<string, number>();

  /** @returns `accepted`, or the code of the refusal; a refusal changes nothing */
  apply(command: Command): string {
    const before = new Map(this.balances);
    const answer = this.decide(command);
    if (answer !== 'accepted') {
      this.balances.clear();
      for (const [name, fen] of before) this.balances.set(name, fen);
    }
    return answer;
  }

  private decide(command: Command): string {
    switch (command.does) {
      case 'repeat':
        if (this.lastKeyed === undefined) return 'accepted';
        return command.changed && 'fen' in this.lastKeyed ? 'budgets.key-reused' : 'accepted';
      case 'answer':
        return this.answer(command.payment, command.outcome);
      case 'retry':
        return this.retry(command.payment);
      case 'reverse':
        return this.reverse(command.transfer);
      default: {
        const answer = this.act(command);
        if (answer === 'accepted' && this.isKeyed(command)) this.lastKeyed = command;
        return answer;
      }
    }
  }

  private act(command: Exclude<Command, { does: 'repeat' | 'answer' | 'retry' | 'reverse' }>): string {
    switch (command.does) {
      case 'appropriate':
        return this.moveReversibly(`appropriated ${command.line}`, `available ${command.line}`, command.fen);
      case 'adjust':
        return command.fen > 0
          ? this.moveReversibly(`appropriated ${command.line}`, `available ${command.line}`, command.fen)
          : this.moveReversibly(`available ${command.line}`, `appropriated ${command.line}`, -command.fen);
      case 'carry':
        return this.moveReversibly(`available ${command.line}`, `carried ${command.line}`, command.fen);
      case 'lapse':
        return this.moveReversibly(`available ${command.line}`, `lapsed ${command.line}`, command.fen);
      case 'reserve':
        return this.reserve(command.tender, command.fen);
      case 'release':
        return this.release(command.tender);
      case 'commit':
        return this.commit(command.tender, command.fen);
      default:
        if (!this.committed.has(command.tender)) return 'budgets.award-not-committed';
        return 'milestone' in command
          ? this.onMilestone(command)
          : this.amend(command.does, command.tender, command.fen);
    }
  }

  private reserve(tender: number, fen: number): string {
    if (lineOf(tender) === 1) return 'accepted';
    const answer = this.move(`available ${lineOf(tender)}`, `reserved ${tender}`, fen);
    if (answer === 'accepted') this.everReserved.add(tender);
    return answer;
  }

  private release(tender: number): string {
    return this.move(`reserved ${tender}`, `available ${lineOf(tender)}`, this.of(`reserved ${tender}`));
  }

  private commit(tender: number, fen: number): string {
    const from = lineOf(tender) === 1 ? `available ${lineOf(tender)}` : `reserved ${tender}`;
    const answer = this.move(from, `encumbered ${tender}`, fen);
    if (answer !== 'accepted') return answer;
    if (this.committed.has(tender)) return 'budgets.award-already-committed';
    this.committed.add(tender);
    this.everReserved.add(tender);
    return this.release(tender);
  }

  private amend(does: 'amendUp' | 'amendDown', tender: number, fen: number): string {
    const [available, encumbered] = [`available ${lineOf(tender)}`, `encumbered ${tender}`];
    return does === 'amendUp'
      ? this.moveReversibly(available, encumbered, fen)
      : this.moveReversibly(encumbered, available, fen);
  }

  private onMilestone(command: Extract<Command, { milestone: number }>): string {
    const { tender, fen } = command;
    const milestone = milestoneName(tender, command.milestone);
    const available = `available ${lineOf(tender)}`;
    switch (command.does) {
      case 'accrue': {
        const answer = this.move(`encumbered ${tender}`, `accrued ${tender}`, fen);
        if (answer !== 'accepted') return answer;
        if (this.accruedOf.has(milestone)) return 'budgets.milestone-already-accrued';
        this.accruedOf.set(milestone, fen);
        return 'accepted';
      }
      case 'deduct': {
        const answer = this.takeAccrued(tender, milestone, available, fen);
        if (answer === 'accepted')
          this.remember(`accrued ${tender}`, available, fen, this.accruedOf, milestone);
        return answer;
      }
      case 'pay': {
        const answer = this.takeAccrued(tender, milestone, `in-payment ${tender}`, fen);
        if (answer === 'accepted') this.payments.push({ tender, milestone, fen, state: 'in-payment' });
        return answer;
      }
      case 'refund': {
        const answer = this.move(`paid ${tender}`, available, fen);
        if (answer !== 'accepted') return answer;
        if ((this.paidOf.get(milestone) ?? 0) < fen) return 'budgets.overspent';
        add(this.paidOf, milestone, -fen);
        this.remember(`paid ${tender}`, available, fen, this.paidOf, milestone);
        return 'accepted';
      }
    }
  }

  private takeAccrued(tender: number, milestone: string, to: string, fen: number): string {
    const answer = this.move(`accrued ${tender}`, to, fen);
    if (answer !== 'accepted') return answer;
    const accrued = this.accruedOf.get(milestone);
    if (accrued === undefined) return 'budgets.milestone-not-accrued';
    if (accrued < fen) return 'budgets.payment-exceeds-accepted';
    this.accruedOf.set(milestone, accrued - fen);
    return 'accepted';
  }

  private answer(index: number, outcome: 'paid' | 'refused'): string {
    const payment = this.payments[index % this.payments.length];
    if (payment?.state !== 'in-payment') return 'accepted';
    const { tender, milestone, fen } = payment;
    payment.state = outcome === 'paid' ? 'settled' : 'failed';
    add(outcome === 'paid' ? this.paidOf : this.accruedOf, milestone, fen);
    return this.move(`in-payment ${tender}`, `${outcome === 'paid' ? 'paid' : 'accrued'} ${tender}`, fen);
  }

  private retry(index: number): string {
    const payment = this.payments[index % this.payments.length];
    if (payment === undefined) return 'accepted';
    if (payment.state !== 'failed') return 'state.wrong-state';
    const answer = this.takeAccrued(
      payment.tender,
      payment.milestone,
      `in-payment ${payment.tender}`,
      payment.fen,
    );
    if (answer === 'accepted') payment.state = 'in-payment';
    return answer;
  }

  private reverse(index: number): string {
    const transfer = this.reversibles[index % this.reversibles.length];
    if (transfer === undefined) return 'accepted';
    const answer = this.move(transfer.to, transfer.from, transfer.fen);
    if (answer !== 'accepted') return answer;
    if (transfer.isReversed) return 'budgets.transfer-already-reversed';
    transfer.isReversed = true;
    if (transfer.milestone) add(transfer.milestone.sums, transfer.milestone.name, transfer.fen);
    return 'accepted';
  }

  private moveReversibly(from: string, to: string, fen: number): string {
    const answer = this.move(from, to, fen);
    if (answer === 'accepted') this.remember(from, to, fen);
    return answer;
  }

  private remember(from: string, to: string, fen: number, sums?: Map<string, number>, name = ''): void {
    this.reversibles.push({
      from,
      to,
      fen,
      isReversed: false,
      ...(sums ? { milestone: { sums, name } } : {}),
    });
  }

  private move(from: string, to: string, fen: number): string {
    // The appropriation is where money comes from: it alone may go below zero.
    if (!from.startsWith('appropriated') && this.of(from) < fen) return 'budgets.overspent';
    add(this.balances, from, -fen);
    add(this.balances, to, fen);
    return 'accepted';
  }

  private of(name: string): number {
    return this.balances.get(name) ?? 0;
  }

  /** A call that has nothing to do leaves no key behind. */
  private isKeyed(command: Command): boolean {
    if (command.does === 'reserve') return lineOf(command.tender) === 0;
    if (command.does === 'release') return this.everReserved.has(command.tender);
    return true;
  }
}

function add(sums: Map<string, number>, name: string, fen: number): void {
  sums.set(name, (sums.get(name) ?? 0) + fen);
}
