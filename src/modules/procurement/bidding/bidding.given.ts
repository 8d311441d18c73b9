import { Money } from '#libs/kernel';
import type { Supplier } from '../../../../test/support/given-district.js';
import type { TenderFile } from '../tendering/tender.entity.js';
import { type GivenTender, GivenTenders } from '../tendering/tendering.given.js';
import { CloseAndOpenJob } from './close-and-open.job.js';
import type { Receipt } from './envelope-store.js';
import { SubmitBid } from './submit-bid.js';

export interface OpenedTender extends GivenTender {
  /** In the order of the offers. */
  readonly bids: readonly {
    readonly bidId: string;
    readonly supplier: Supplier;
    readonly offerFen: number;
  }[];
}

export interface OpenedOptions {
  readonly lineId?: string;
  readonly file?: Partial<TenderFile>;
  readonly offersFen?: readonly number[];
  readonly bidDeadline?: Date;
}

export class GivenBids extends GivenTenders {
  /** Hands in a bid. */
  bid(tenderId: string, supplier: Supplier, offerFen: number): Promise<Receipt> {
    return this.test.as(supplier.admin, () =>
      this.test.get(SubmitBid).execute(tenderId, {
        offer: Money.fen(offerFen),
        responses: { plan: '服务方案', team: '团队情况' },
        fileIds: [],
      }),
    );
  }

  /** Published, bid for by one supplier per offer, closed at its deadline and opened. */
  async openedTender(options: OpenedOptions = {}): Promise<OpenedTender> {
    const [tender] = await this.openedTenders(1, options);
    if (!tender) throw new Error('One tender was asked for');
    return tender;
  }

  async openedTenders(count: number, options: OpenedOptions = {}): Promise<OpenedTender[]> {
    const offersFen = options.offersFen ?? [18_000_000, 17_000_000, 16_000_000];
    const suppliers = await this.suppliers(offersFen.length);
    const opened = await inGroups(count, async () => {
      const tender = await this.publishedTender(options);
      const bids: { bidId: string; supplier: Supplier; offerFen: number }[] = [];
      for (const [at, offerFen] of offersFen.entries()) {
        const supplier = suppliers[at] as Supplier;
        const { bidId } = await this.bid(tender.tenderId, supplier, offerFen);
        bids.push({ bidId, supplier, offerFen });
      }
      return { ...tender, bids };
    });
    await this.deadlinePasses(opened.map(({ tenderId }) => tenderId));
    // The timer's work itself, without the mail and the drafts that everything else due would bring.
    const job = this.test.get(CloseAndOpenJob);
    await inGroups(count, (at) =>
      this.test.asSystem(() => job.run({ tenderId: opened[at]?.tenderId ?? '' })),
    );
    return opened;
  }

  /** Bid for by these suppliers (three when none are named), closed at its deadline and opened. */
  async openAll(
    tender: GivenTender,
    offers?: readonly (readonly [supplier: Supplier, offerFen: number])[],
  ): Promise<OpenedTender> {
    const [a, b, c] = (await this.suppliers(3)) as [Supplier, Supplier, Supplier];
    const bids: { bidId: string; supplier: Supplier; offerFen: number }[] = [];
    for (const [supplier, offerFen] of offers ??
      ([
        [a, 18_000_000],
        [b, 17_000_000],
        [c, 16_000_000],
      ] as const)) {
      const { bidId } = await this.bid(tender.tenderId, supplier, offerFen);
      bids.push({ bidId, supplier, offerFen });
    }
    await this.deadlinePasses([tender.tenderId]);
    await this.test.asSystem(() => this.test.get(CloseAndOpenJob).run({ tenderId: tender.tenderId }));
    return { ...tender, bids };
  }
}

/** Eight at a time: more would only wait for connections. */
export async function inGroups<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += 8) {
    const group = Array.from({ length: Math.min(8, count - from) }, (_, at) => make(from + at));
    made.push(...(await Promise.all(group)));
  }
  return made;
}
