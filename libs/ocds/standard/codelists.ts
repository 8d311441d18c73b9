/**
 * The code lists of OCDS 1.1.5 and of the bids extension. A *closed* list admits no other code (a release
 * that uses one is invalid); an *open* list may be extended by a publisher, so a code outside it is only
 * worth a remark. Source: the standard's codelist pages, 1.1.5.
 */
import { COUNTRY_CODES } from './country-codes.js';
import { CURRENCY_CODES } from './currency-codes.js';

export interface Codelist {
  readonly closed: boolean;
  readonly codes: ReadonlySet<string>;
}

const closed = (...codes: string[]): Codelist => ({ closed: true, codes: new Set(codes) });
const open = (...codes: string[]): Codelist => ({ closed: false, codes: new Set(codes) });
const words = (text: string): string[] => text.trim().split(/\s+/);

export const CODELISTS = {
  releaseTag: closed(
    ...words(`planning planningUpdate tender tenderAmendment tenderUpdate tenderCancellation
      award awardUpdate awardCancellation contract contractUpdate contractAmendment
      implementation implementationUpdate contractTermination compiled`),
  ),
  initiationType: closed('tender'),
  tenderStatus: closed(...words('planning planned active cancelled unsuccessful complete withdrawn')),
  method: closed('open', 'selective', 'limited', 'direct'),
  procurementCategory: closed('goods', 'works', 'services'),
  awardStatus: closed('pending', 'active', 'cancelled', 'unsuccessful'),
  contractStatus: closed('pending', 'active', 'cancelled', 'terminated'),
  milestoneStatus: closed('scheduled', 'met', 'notMet', 'partiallyMet'),
  currency: closed(...CURRENCY_CODES),
  awardCriteria: open(
    ...words(`priceOnly costOnly qualityOnly ratedCriteria
      lowestCost bestProposal bestValueToGovernment singleBidOnly`),
  ),
  documentType: open(
    ...words(`plannedProcurementNotice tenderNotice awardNotice contractNotice completionCertificate
      procurementPlan biddingDocuments technicalSpecifications evaluationCriteria evaluationReports
      contractDraft contractSigned contractArrangements contractSchedule physicalProgressReport
      financialProgressReport finalAudit hearingNotice marketStudies eligibilityCriteria clarifications
      shortlistedFirms environmentalImpact assetAndLiabilityAssessment riskProvisions winningBid complaints
      contractAnnexe contractGuarantees subContract needsAssessment feasibilityStudy projectPlan
      billOfQuantity bidders conflictOfInterest debarments illustration submissionDocuments
      contractSummary cancellationDetails`),
  ),
  extendedProcurementCategory: open('goods', 'works', 'services', 'consultingServices'),
  itemClassificationScheme: open(...words('CPV CPVS GSIN UNSPSC CPC OKDP OKPD CUCOP NAICS PSC HS')),
  milestoneType: open(
    ...words('preProcurement approval engagement assessment delivery reporting financing payment'),
  ),
  partyRole: open(
    ...words(
      'buyer procuringEntity supplier tenderer funder enquirer payer payee reviewBody interestedParty',
    ),
  ),
  relatedProcess: open(
    ...words(`framework planning parent prior unsuccessfulProcess subContract
      replacementProcess renewalProcess`),
  ),
  relatedProcessScheme: open('ocid'),
  submissionMethod: open('electronicSubmission', 'electronicAuction', 'written', 'inPerson'),
  unitClassificationScheme: open('UNCEFACT', 'QUDT'),
  // The bids extension's own lists.
  bidStatus: closed('invited', 'pending', 'valid', 'disqualified', 'withdrawn'),
  submissionType: closed('expressionOfInterest', 'bid'),
  country: closed(...COUNTRY_CODES),
  statistic: open(
    ...words(`requests bids validBids disqualifiedBids lowestValidBidValue highestValidBidValue
      bidders qualifiedBidders disqualifiedBidders electronicBids microBids smeBids smallBids mediumBids
      foreignBids foreignBidsFromEU foreignBidsFromNonEU tendersAbnormallyLow`),
  ),
} satisfies Record<string, Codelist>;

export type CodelistName = keyof typeof CODELISTS;
