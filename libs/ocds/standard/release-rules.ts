/**
 * Rules of a release and of its sections: planning, tender, award, contract, implementation.
 * Facts of OCDS 1.1.5, in our own tables; `agreement.spec.ts` compares them with the official schema.
 */
import {
  AMENDMENT,
  DOCUMENT,
  IDENTIFIER,
  ITEM,
  MILESTONE,
  ORGANIZATION,
  RELATED_PROCESS,
  amendments,
  documents,
  milestones,
  parties,
  party,
  period,
  value,
} from './part-rules.js';
import {
  code,
  codes,
  deprecated,
  dateTime,
  list,
  localId,
  looseId,
  one,
  requiredText,
  shape,
  text,
  uri,
  whole,
  yesNo,
} from './rule-types.js';
import type {
  Award,
  Budget,
  Contract,
  Implementation,
  Planning,
  ReleaseFields,
  Tender,
  Transaction,
} from './types.js';

/** The version of the standard that these tables state. */
export const OCDS_VERSION = '1.1';

const unique = { uniqueItems: true };
const someUnique = { uniqueItems: true, minItems: 1 };

export const BUDGET = shape<Budget>(
  'Budget',
  {
    id: looseId(),
    description: text(),
    amount: value(),
    project: text(),
    projectID: looseId(),
    uri: uri(),
    source: deprecated(uri()),
  },
  { translatable: ['source', 'description', 'project'] },
);

export const PLANNING = shape<Planning>(
  'Planning',
  { rationale: text(), budget: one(() => BUDGET), documents: documents(), milestones: milestones() },
  { translatable: ['rationale'] },
);

export const TENDER = shape<Tender>(
  'Tender',
  {
    id: localId(),
    title: text(),
    description: text(),
    status: code('tenderStatus'),
    procuringEntity: party(),
    items: list(() => ITEM, unique),
    value: value(),
    minValue: value(),
    procurementMethod: code('method'),
    procurementMethodDetails: text(),
    procurementMethodRationale: text(),
    mainProcurementCategory: code('procurementCategory'),
    additionalProcurementCategories: codes('extendedProcurementCategory'),
    awardCriteria: code('awardCriteria'),
    awardCriteriaDetails: text(),
    submissionMethod: codes('submissionMethod'),
    submissionMethodDetails: text(),
    tenderPeriod: period(),
    enquiryPeriod: period(),
    hasEnquiries: yesNo(),
    eligibilityCriteria: text(),
    awardPeriod: period(),
    contractPeriod: period(),
    numberOfTenderers: whole(),
    tenderers: parties(),
    documents: documents(),
    milestones: milestones(),
    amendments: amendments(),
    amendment: deprecated(one(() => AMENDMENT)),
  },
  {
    required: ['id'],
    translatable: [
      'title',
      'description',
      'procurementMethodRationale',
      'awardCriteriaDetails',
      'submissionMethodDetails',
      'eligibilityCriteria',
    ],
  },
);

export const AWARD = shape<Award>(
  'Award',
  {
    id: localId(),
    title: text(),
    description: text(),
    status: code('awardStatus'),
    date: dateTime(),
    value: value(),
    suppliers: parties(),
    items: list(() => ITEM, someUnique),
    contractPeriod: period(),
    documents: list(() => DOCUMENT, unique),
    amendments: amendments(),
    amendment: deprecated(one(() => AMENDMENT)),
  },
  { required: ['id'], translatable: ['title', 'description'] },
);

export const TRANSACTION = shape<Transaction>(
  'Transaction',
  {
    id: localId(),
    source: uri(),
    date: dateTime(),
    value: value(),
    payer: party(),
    payee: party(),
    uri: uri(),
    amount: deprecated(value()),
    providerOrganization: deprecated(one(() => IDENTIFIER)),
    receiverOrganization: deprecated(one(() => IDENTIFIER)),
  },
  { required: ['id'] },
);

export const IMPLEMENTATION = shape<Implementation>('Implementation', {
  transactions: list(() => TRANSACTION, unique),
  milestones: list(() => MILESTONE, unique),
  documents: list(() => DOCUMENT, unique),
});

export const CONTRACT = shape<Contract>(
  'Contract',
  {
    id: localId(),
    awardID: localId(),
    title: text(),
    description: text(),
    status: code('contractStatus'),
    period: period(),
    value: value(),
    items: list(() => ITEM, someUnique),
    dateSigned: dateTime(),
    documents: list(() => DOCUMENT, unique),
    implementation: one(() => IMPLEMENTATION),
    relatedProcesses: list(() => RELATED_PROCESS, unique),
    milestones: milestones(),
    amendments: amendments(),
    amendment: deprecated(one(() => AMENDMENT)),
  },
  { required: ['id', 'awardID'], translatable: ['title', 'description'] },
);

export const RELEASE = shape<ReleaseFields>(
  'Release',
  {
    ocid: requiredText({ minLength: 1 }),
    id: requiredText({ minLength: 1, omitWhenMerged: true }),
    date: requiredText({ format: 'date-time', omitWhenMerged: true }),
    tag: {
      types: ['array'],
      items: { types: ['string'], codelist: 'releaseTag' },
      minItems: 1,
      omitWhenMerged: true,
    },
    initiationType: requiredText({ codelist: 'initiationType' }),
    parties: list(() => ORGANIZATION, unique),
    buyer: party(),
    planning: one(() => PLANNING),
    tender: one(() => TENDER),
    awards: list(() => AWARD, unique),
    contracts: list(() => CONTRACT, unique),
    language: text(),
    relatedProcesses: list(() => RELATED_PROCESS, unique),
  },
  { required: ['ocid', 'id', 'date', 'tag', 'initiationType'] },
);
