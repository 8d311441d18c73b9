import { Money } from '#libs/kernel';
import { CEILING_FEN, GivenPlanItems } from '../planning/planning.given.js';
import { ApproveTender } from './approve-tender.js';
import { DraftTender } from './draft-tender.js';
import { PublishTender } from './publish-tender.js';
import type { TenderFile } from './tender.entity.js';

export interface GivenTender {
  readonly tenderId: string;
  readonly planItemId: string;
  readonly lineId: string;
  readonly version: number;
}

export class GivenTenders extends GivenPlanItems {
  async draftedTender(options: { lineId?: string; file?: Partial<TenderFile> } = {}): Promise<GivenTender> {
    const budgetFen = options.file?.ceiling?.toFen();
    const { planItemId, lineId } = await this.readyPlanItem({
      ...(options.lineId === undefined ? {} : { lineId: options.lineId }),
      ...(budgetFen === undefined ? {} : { budgetFen }),
    });
    const { tender } = await this.test.as(this.purchaser, () =>
      this.test.get(DraftTender).execute(planItemId, tenderFile(options.file)),
    );
    return { tenderId: tender.id, planItemId, lineId, version: tender.version };
  }

  async approvedTender(options: { lineId?: string; file?: Partial<TenderFile> } = {}): Promise<GivenTender> {
    return this.approved(await this.draftedTender(options));
  }

  async approved(tender: GivenTender): Promise<GivenTender> {
    const { version } = await this.test.as(this.approver, () =>
      this.test.get(ApproveTender).execute(tender.tenderId, tender.version),
    );
    return { ...tender, version };
  }

  /** @param options.bidDeadline real time: the database's clock judges it */
  async publishedTender(
    options: { lineId?: string; file?: Partial<TenderFile>; bidDeadline?: Date } = {},
  ): Promise<GivenTender> {
    const approved = await this.approvedTender(options);
    return this.published(approved, options.bidDeadline ?? new Date(Date.now() + 3_600_000));
  }

  async published(tender: GivenTender, bidDeadline: Date): Promise<GivenTender> {
    const { version } = await this.test.as(this.purchaser, () =>
      this.test.get(PublishTender).execute(tender.tenderId, tender.version, { bidDeadline }),
    );
    return { ...tender, version };
  }

  /**
   * As if two hours had gone by for these tenders: publication and deadline move into the past, past every
   * guard. What is due then has not happened yet; `test.settle()` does it.
   */
  async deadlinePasses(tenderIds: readonly string[]): Promise<void> {
    await this.asDatabaseAdministrator(
      `SET LOCAL session_replication_role = replica;
       UPDATE procurement.tender SET published_at = published_at - interval '2 hours',
         bid_deadline = LEAST(bid_deadline - interval '2 hours', clock_timestamp() - interval '1 second')
       WHERE id IN (${tenderIds.map((id) => `'${id}'`).join(', ')});
       UPDATE platform.task SET run_at = clock_timestamp() - interval '1 second'
       WHERE handler = 'procurement.close-and-open' AND key IN (${tenderIds.map((id) => `'${id}'`).join(', ')})`,
    );
  }
}

export function tenderFile(overrides: Partial<TenderFile> = {}): TenderFile {
  return {
    title: '测试服务项目',
    requirement: '每周入户探访两次，记录情况。',
    ceiling: Money.fen(CEILING_FEN),
    priceRule: { kind: 'lowest-qualified-offer', weight: '20' },
    tieBreak: { then: 'draw' },
    criteria: [
      {
        id: 'plan',
        name: { 'zh-CN': '服务方案' },
        max: '50',
        bands: [{ from: '0', to: '50', indicator: '方案覆盖采购需求条目的比例，每覆盖十分之一得五分' }],
        evidence: 'service-plan',
      },
      {
        id: 'team',
        name: { 'zh-CN': '服务团队' },
        max: '30',
        bands: [{ from: '0', to: '30', indicator: '持社会工作者职业资格证书的人数，每人五分' }],
        evidence: 'staff-list',
      },
    ],
    qualifications: ['具有独立承担民事责任的能力'],
    ...overrides,
  };
}
