import { Injectable } from '@nestjs/common';
import type { RankingResult } from '#libs/evaluation';
import { IdentityApi } from '#modules/identity';
import { OrganizationsApi } from '#modules/organizations';
import { platformErrors } from '#platform';
import { BidReads } from '../bidding/bids.read.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { nameIn } from '../tendering/organization-names.js';
import { TenderReads } from '../tendering/tenders.read.js';
import { Committee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { EvaluationResults } from './evaluation-results.js';
import type { RankingResponse } from './http/ranking.response.js';

/** Whoever has the inputs can compute the result again; the edge writes the result as the interface does. */
export interface PublishedRanking extends Omit<RankingResponse, 'ranking' | 'excluded' | 'derivations'> {
  readonly result: RankingResult;
}

/** The result of an evaluation: for everybody once the award is published, for officials of the area before. */
@Injectable()
export class RankingReads {
  constructor(
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderReads,
    private readonly results: EvaluationResults,
    private readonly bids: BidReads,
    private readonly committee: Committee,
    private readonly organizations: OrganizationsApi,
    private readonly identity: IdentityApi,
  ) {}

  /** @throws DomainError procurement.result-not-public, the same before there is one */
  async read(tenderId: string): Promise<PublishedRanking> {
    const tender = await this.tenders.find(tenderId);
    const mayPreview = this.access.maySeeUnpublished(tender.areaCode);
    if (tender.publishedAt === null && !mayPreview) throw platformErrors.notFound();
    if (tender.awardPublishedAt === null && !mayPreview) throw evaluatingErrors.resultNotPublic();
    const stored = await this.results.of(tenderId);
    if (!stored) throw evaluatingErrors.resultNotPublic();
    return {
      ...stored,
      bidders: await this.biddersOf(tenderId),
      evaluators: await this.evaluatorsOf(tenderId),
    };
  }

  private async biddersOf(tenderId: string): Promise<RankingResponse['bidders']> {
    const bids = await this.bids.of(tenderId);
    const organizations = await this.organizations.organizations(
      bids.map(({ organizationId }) => organizationId),
    );
    return bids.map(({ id: bidId, organizationId }) => ({
      bidId,
      organizationId,
      name: nameIn(organizations, organizationId),
    }));
  }

  /** 政府采购法实施条例 第四十三条: the names are published with the result, and only then. */
  private async evaluatorsOf(tenderId: string): Promise<RankingResponse['evaluators']> {
    const signed = (await this.committee.evaluators(tenderId)).filter(({ state }) => state === 'signed');
    const names = await this.identity.displayNames(signed.map(({ accountId }) => accountId));
    return signed.map(({ accountId }) => {
      const name = names.get(accountId);
      if (name === undefined) throw new Error(`The account ${accountId} is gone`);
      return { accountId, name };
    });
  }
}
