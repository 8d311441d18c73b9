import { Injectable } from '@nestjs/common';
import type { RankingResult } from '#libs/evaluation';
import { IdentityApi } from '#modules/identity';
import { OrganizationsApi } from '#modules/organizations';
import { platformErrors } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { Committee } from './committee.js';
import { EvaluationResults } from './complete-evaluation.js';
import { TenderRepository } from '../tendering/tender-repository.js';

export interface PublishedRanking {
  /** Canonical JSON of everything the result follows from; whoever has it can compute the result again. */
  readonly inputs: string;
  readonly inputsSha256: string;
  readonly result: RankingResult;
  readonly resultSha256: string;
  readonly computedAt: string;
  readonly bidders: { readonly bidId: string; readonly organizationId: string; readonly name: string }[];
  /** 政府采购法实施条例 第四十三条: the names are published with the result, and only then. */
  readonly evaluators: { readonly accountId: string; readonly name: string }[];
}

/** The result of an evaluation: for everybody once the award is published, for officials of the area before. */
@Injectable()
export class RankingReads {
  constructor(
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly results: EvaluationResults,
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
    const bids = await this.committee.bids(tenderId);
    const organizations = await this.organizations.organizations(
      bids.map(({ organizationId }) => organizationId),
    );
    const signed = (await this.committee.evaluators(tenderId)).filter(({ state }) => state === 'signed');
    const names = await this.identity.displayNames(signed.map(({ accountId }) => accountId));
    return {
      ...stored,
      bidders: bids.map(({ id, organizationId }) => ({
        bidId: id,
        organizationId,
        name: organizations.get(organizationId)?.name ?? '',
      })),
      evaluators: signed.map(({ accountId }) => ({ accountId, name: names.get(accountId) ?? '' })),
    };
  }
}
