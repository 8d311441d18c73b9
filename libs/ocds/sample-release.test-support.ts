/** A complete release of our own making, exercising every section of the standard. */
import { copyJson } from './quality/json-value.js';
import type { Release } from './standard/package-types.js';

const cny = (amount: number) => ({ amount, currency: 'CNY' });
const buyer = { id: 'CN-USCC-11330203MB00000017', name: '示范区民政局' };
const carers = { id: 'CN-USCC-52330203MJ00000028', name: '示范区邻里关怀服务中心' };
const tutors = { id: 'CN-USCC-52330203MJ00000036', name: '示范区社区学堂' };
const item = {
  id: '1',
  description: '独居老人上门探访',
  description_en: 'Home visits to people living alone',
  classification: { scheme: 'CPC', id: '93491', description: '无住宿的老年社会服务' },
  additionalClassifications: [{ scheme: 'x-gov-catalogue', id: 'A0601' }],
  quantity: 1200,
  unit: { scheme: 'UNCEFACT', id: 'E48', name: '次', value: cny(45) },
};
const document = {
  id: 'doc-1',
  documentType: 'tenderNotice',
  title: '采购公告',
  url: 'https://example.org/notices/2026-0012',
  datePublished: '2026-03-02T01:00:00Z',
  format: 'text/html',
  language: 'zh',
};
const milestone = {
  id: 'm-1',
  title: '中期验收',
  type: 'delivery',
  dueDate: '2026-09-30T16:00:00+08:00',
  status: 'scheduled',
};

const SAMPLE: Release = {
  ocid: 'ocds-zz0000-2026-0012',
  id: '2026-0012-contract-1',
  date: '2026-05-06T08:30:00+08:00',
  tag: ['contract'],
  initiationType: 'tender',
  language: 'zh',
  parties: [
    {
      ...buyer,
      identifier: { scheme: 'CN-USCC', id: '11330203MB00000017', legalName: '示范区民政局' },
      address: { streetAddress: '示范路1号', locality: '示范区', region: '浙江省', countryName: '中国' },
      contactPoint: { name: '采购科', url: 'https://example.org/contact' },
      roles: ['buyer', 'procuringEntity', 'payer'],
    },
    { ...carers, roles: ['tenderer', 'supplier', 'payee'], details: { stage: 'registered' } },
    { ...tutors, roles: ['tenderer'], additionalIdentifiers: [{ scheme: 'x-filing', id: 'F-36' }] },
  ],
  buyer,
  planning: {
    rationale: '年度购买服务计划',
    budget: { id: 'b-2026-7', description: '社会工作专项', amount: cny(60000), project: '助老' },
    documents: [{ id: 'doc-0', documentType: 'procurementPlan' }],
    milestones: [{ id: 'm-0', type: 'preProcurement', status: 'met' }],
  },
  tender: {
    id: '2026-0012',
    title: '助老上门服务项目',
    title_en: 'Home services for older residents',
    status: 'complete',
    procuringEntity: buyer,
    items: [item],
    value: cny(58000),
    minValue: cny(40000),
    procurementMethod: 'selective',
    procurementMethodDetails: '竞争性磋商',
    mainProcurementCategory: 'services',
    additionalProcurementCategories: ['services'],
    awardCriteria: 'ratedCriteria',
    submissionMethod: ['electronicSubmission'],
    tenderPeriod: { startDate: '2026-03-02T01:00:00Z', endDate: '2026-03-13T01:00:00Z' },
    enquiryPeriod: {
      startDate: '2026-03-02T01:00:00Z',
      endDate: '2026-03-09T01:00:00Z',
      durationInDays: 7,
    },
    hasEnquiries: false,
    awardPeriod: { startDate: '2026-03-13T01:00:00Z', endDate: '2026-04-30T01:00:00Z' },
    numberOfTenderers: 2,
    tenderers: [carers, tutors],
    documents: [document],
    milestones: [milestone],
    amendments: [{ id: 'am-1', date: '2026-03-05T01:00:00Z', rationale: '更正开标地点' }],
  },
  awards: [
    {
      id: 'award-1',
      title: '成交',
      status: 'active',
      date: '2026-04-01T02:00:00Z',
      value: cny(54000),
      suppliers: [carers],
      items: [item],
      contractPeriod: { startDate: '2026-05-01T00:00:00+08:00', endDate: '2027-04-30T23:59:59+08:00' },
      documents: [{ id: 'doc-2', documentType: 'awardNotice' }],
    },
  ],
  contracts: [
    {
      id: 'contract-1',
      awardID: 'award-1',
      status: 'active',
      period: { startDate: '2026-05-01T00:00:00+08:00', endDate: '2027-04-30T23:59:59+08:00' },
      value: cny(54000),
      items: [item],
      dateSigned: '2026-04-20T02:00:00Z',
      documents: [{ id: 'doc-3', documentType: 'contractSigned' }],
      implementation: {
        transactions: [
          {
            id: 'pay-1',
            date: '2026-05-05T02:00:00Z',
            value: cny(16200),
            payer: buyer,
            payee: carers,
            uri: 'https://example.org/payments/pay-1',
          },
        ],
        milestones: [milestone],
        documents: [{ id: 'doc-4', documentType: 'physicalProgressReport' }],
      },
      relatedProcesses: [
        {
          id: 'r-1',
          relationship: ['prior'],
          scheme: 'ocid',
          identifier: 'ocds-zz0000-2025-0007',
          uri: 'https://example.org/records/2025-0007',
        },
      ],
      milestones: [milestone],
    },
  ],
};

/** A fresh copy at each call, so that a test may change it. */
export const sampleRelease = (): Release => copyJson(SAMPLE);

/** The bids of the sample tender, in the fields of the pinned version of the extension. */
export function sampleBids(): NonNullable<Release['bids']> {
  return {
    statistics: [{ id: 's-1', measure: 'validBids', value: 2, date: '2026-03-13T02:00:00Z' }],
    details: [
      {
        id: 'bid-1',
        date: '2026-03-12T02:00:00Z',
        status: 'valid',
        tenderers: [{ ...carers }],
        value: cny(54000),
      },
      {
        id: 'bid-2',
        date: '2026-03-12T09:00:00Z',
        status: 'valid',
        tenderers: [{ ...tutors }],
        value: cny(57000),
      },
    ],
  };
}
