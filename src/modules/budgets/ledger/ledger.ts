import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type DomainError } from '#libs/kernel';
import { CLOCK, RequestContext, requestHash, UnitOfWork } from '#platform';
import { ledgerErrors } from './ledger.errors.js';
import { type Balances, isRefusal, type PlannedPosting, planPosting } from './plan-postings.js';
import { accountName, type AccountRef, type Posted, type PostingToMake, sidesOf } from './posting.js';
import {
  lockAccounts,
  openAccounts,
  readPostings,
  toAccountState,
  writeParameters,
  writePostings,
} from './ledger-statements.js';

export type PostingOutcome =
  ({ readonly state: 'posted' } & Posted) | { readonly state: 'refused'; readonly error: DomainError };

/** An account is opened once, so a second round finds it; more would be a bug. */
const MAX_ROUNDS = 10;

/**
 * The only way to write the ledger.
 *
 * Isolation is READ COMMITTED. The balance rows of a batch are locked in id order, so two batches never
 * wait for each other in a circle; the keys are read after the locks, when whoever held them before has
 * committed; one statement then writes postings, transfers, entries and balances. The constraints of the
 * database are the second line: they refuse whatever a bug here would let through.
 */
@Injectable()
export class Ledger {
  /** A test takes the lock away and shows that the rest then overspends. */
  protected readonly lockStatement = lockAccounts;

  constructor(
    protected readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Posts one business act in the caller's transaction, or in its own.
   * @throws DomainError budgets.overspent, key-reused, line-closed and the other refusals of a posting
   */
  async post(posting: PostingToMake): Promise<Posted> {
    const [outcome] = await this.postAll([posting]);
    if (outcome === undefined) throw new Error('A posting without an outcome');
    if (outcome.state === 'refused') throw outcome.error;
    return outcome;
  }

  /**
   * Posts many acts with one set of statements. Each is accepted or refused on its own, in the given order
   * (a later act sees the balances that the earlier ones left). A refused act leaves nothing behind.
   * @throws DomainError for the whole batch where only a constraint sees the fault: line-closed,
   *   award-already-committed, milestone-already-accrued, transfer-already-reversed, payment-already-resolved
   */
  async postAll(postings: readonly PostingToMake[]): Promise<PostingOutcome[]> {
    if (postings.length === 0) return [];
    return this.uow.run(async () => {
      for (let round = 1; round <= MAX_ROUNDS; round += 1) {
        const { balances, ids } = await this.lockAccounts(refsOf(postings));
        const known = await this.readKnown(postings);
        const planned: PlannedPosting[] = [];
        const outcomes = postings.map((posting) => this.decide(posting, balances, known, planned));
        if (await this.createAccounts(planned, ids)) {
          await this.write(planned, balances, ids);
          return outcomes;
        }
        // Somebody else has just opened one of the accounts: their balances count, so plan again.
      }
      throw new Error(`${MAX_ROUNDS} rounds did not find the accounts of a posting standing still`);
    });
  }

  private decide(
    posting: PostingToMake,
    balances: Balances,
    known: Map<string, KnownPosting>,
    planned: PlannedPosting[],
  ): PostingOutcome {
    const name = keyName(posting);
    const hash = hashOf(posting);
    const stored = known.get(name);
    if (stored) {
      if (!stored.hash.equals(hash)) return { state: 'refused', error: ledgerErrors.keyReused() };
      return { state: 'posted', ...stored.posted, replayed: true };
    }
    try {
      const plan = planPosting(posting, balances);
      const posted: Posted = {
        postingId: plan.id,
        transferIds: plan.transfers.map(({ id }) => id),
        result: posting.result ?? {},
        replayed: false,
      };
      planned.push(plan);
      // A second copy of the same act in the same batch replays the first.
      known.set(name, { hash, posted });
      return { state: 'posted', ...posted };
    } catch (error) {
      if (isRefusal(error)) return { state: 'refused', error };
      throw error;
    }
  }

  /**
   * Locks the balance rows in id order. Whoever waited may have waited for the very posting that opened a
   * sub-account, which the waiting statement cannot see: what is missing is looked for once more.
   */
  protected async lockAccounts(refs: readonly AccountRef[]): Promise<LockedAccounts> {
    const wanted = columnsOf(refs);
    const read = () => this.uow.rowsOf(this.lockStatement, wanted);
    let rows = await read();
    if (rows.length < refs.length) rows = await read();
    const named = rows.map((row) => ({ id: row.id, state: toAccountState(row) }));
    return {
      balances: new Map(named.map(({ state }) => [accountName(state), state])),
      ids: new Map(named.map(({ id, state }) => [accountName(state), id])),
    };
  }

  /** Opens the sub-accounts that the planned transfers use first. @returns false when somebody was faster */
  private async createAccounts(
    planned: readonly PlannedPosting[],
    ids: Map<string, string>,
  ): Promise<boolean> {
    const refs = refsOf(planned.map(({ posting }) => posting)).filter((ref) => !ids.has(accountName(ref)));
    if (refs.length === 0) return true;
    const rows = await this.uow.rowsOf(openAccounts, columnsOf(refs));
    for (const { id, line_id: lineId, kind, subject_id: subjectId } of rows)
      ids.set(accountName({ lineId, kind, subjectId }), id);
    return rows.length === refs.length;
  }

  private async readKnown(postings: readonly PostingToMake[]): Promise<Map<string, KnownPosting>> {
    const rows = await this.uow.rowsOf(readPostings, [
      postings.map(({ scope }) => scope),
      postings.map(({ key }) => key),
    ]);
    return new Map(
      rows.map((row) => [
        keyName(row),
        {
          hash: row.request_hash,
          posted: { postingId: row.id, transferIds: row.transfer_ids, result: row.result, replayed: true },
        },
      ]),
    );
  }

  private async write(
    planned: readonly PlannedPosting[],
    balances: Balances,
    ids: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (planned.length === 0) return;
    const by = { ...this.context.authorship, at: this.clock.now() };
    const hashes = planned.map(({ posting }) => hashOf(posting));
    await this.uow.rowsOf(writePostings, writeParameters(planned, hashes, balances, ids, by));
  }
}

/** Rows that exist, by account name; the others are at zero and get a row when something is posted. */
export interface LockedAccounts {
  readonly balances: Balances;
  readonly ids: Map<string, string>;
}

interface KnownPosting {
  readonly hash: Buffer;
  readonly posted: Posted;
}

function refsOf(postings: readonly PostingToMake[]): AccountRef[] {
  const refs = new Map<string, AccountRef>();
  for (const transfer of postings.flatMap((posting) => posting.transfers)) {
    const { debit, credit } = sidesOf(transfer);
    for (const ref of [debit, credit]) refs.set(accountName(ref), ref);
  }
  return [...refs.values()];
}

function columnsOf(refs: readonly AccountRef[]): [string[], string[], string[]] {
  return [
    refs.map(({ lineId }) => lineId),
    refs.map(({ kind }) => kind),
    refs.map(({ subjectId }) => subjectId),
  ];
}

function keyName({ scope, key }: { scope: string; key: string }): string {
  return `${scope} ${key}`;
}

function hashOf(posting: PostingToMake): Buffer {
  return requestHash('POST', posting.scope, posting.request);
}
