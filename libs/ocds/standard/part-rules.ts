/**
 * Rules of the parts that several sections of a release share: organizations, items, documents, values.
 * Facts of OCDS 1.1.5, in our own tables; `agreement.spec.ts` compares them with the official schema.
 */
import {
  code,
  codes,
  dateTime,
  decimal,
  deprecated,
  list,
  localId,
  looseId,
  one,
  requiredText,
  shape,
  text,
  uri,
  whole,
  type FieldRule,
  type JsonType,
} from './rule-types.js';
import type {
  Address,
  Amendment,
  AmendmentChange,
  Classification,
  ContactPoint,
  Identifier,
  Item,
  Milestone,
  OcdsDocument,
  Organization,
  OrganizationReference,
  Period,
  RelatedProcess,
  Unit,
  Value,
} from './types.js';

const unique = { uniqueItems: true };
const wholeList = { uniqueItems: true, wholeListMerge: true };

export const VALUE = shape<Value>('Value', { amount: decimal(), currency: code('currency') });

export const PERIOD = shape<Period>('Period', {
  startDate: dateTime(),
  endDate: dateTime(),
  maxExtentDate: dateTime(),
  durationInDays: whole(),
});

export const IDENTIFIER = shape<Identifier>(
  'Identifier',
  { scheme: text(), id: looseId(), legalName: text(), uri: uri() },
  { translatable: ['legalName'] },
);

export const ADDRESS = shape<Address>(
  'Address',
  { streetAddress: text(), locality: text(), region: text(), postalCode: text(), countryName: text() },
  { translatable: ['countryName'] },
);

export const CONTACT_POINT = shape<ContactPoint>(
  'ContactPoint',
  { name: text(), email: text(), telephone: text(), faxNumber: text(), url: uri() },
  { translatable: ['name'] },
);

export const ORGANIZATION = shape<Organization>(
  'Organization',
  {
    name: text(),
    id: requiredText(),
    identifier: one(() => IDENTIFIER),
    additionalIdentifiers: list(() => IDENTIFIER, wholeList),
    address: one(() => ADDRESS),
    contactPoint: one(() => CONTACT_POINT),
    roles: codes('partyRole'),
    details: { types: ['object', 'null'] },
  },
  { translatable: ['name'] },
);

export const ORGANIZATION_REFERENCE = shape<OrganizationReference>('OrganizationReference', {
  name: text({ minLength: 1 }),
  id: { types: ['string', 'integer'] },
  identifier: deprecated(one(() => IDENTIFIER)),
  address: deprecated(one(() => ADDRESS)),
  additionalIdentifiers: deprecated(list(() => IDENTIFIER, wholeList)),
  contactPoint: deprecated(one(() => CONTACT_POINT)),
});

export const CLASSIFICATION = shape<Classification>(
  'Classification',
  { scheme: code('itemClassificationScheme'), id: looseId(), description: text(), uri: uri() },
  { translatable: ['description'] },
);

export const UNIT = shape<Unit>(
  'Unit',
  { scheme: code('unitClassificationScheme'), id: text(), name: text(), value: one(() => VALUE), uri: uri() },
  { translatable: ['name'] },
);

export const ITEM = shape<Item>(
  'Item',
  {
    id: localId(),
    description: text(),
    classification: one(() => CLASSIFICATION),
    additionalClassifications: list(() => CLASSIFICATION, wholeList),
    quantity: decimal(),
    unit: one(() => UNIT),
  },
  { required: ['id'], translatable: ['description'] },
);

export const DOCUMENT = shape<OcdsDocument>(
  'Document',
  {
    id: localId(),
    documentType: code('documentType'),
    title: text(),
    description: text(),
    url: uri(),
    datePublished: dateTime(),
    dateModified: dateTime(),
    format: text(),
    language: text(),
  },
  { required: ['id'], translatable: ['title', 'description'] },
);

export const MILESTONE = shape<Milestone>(
  'Milestone',
  {
    id: localId(),
    title: text(),
    type: code('milestoneType'),
    description: text(),
    code: text(),
    dueDate: dateTime(),
    dateMet: dateTime(),
    dateModified: dateTime(),
    status: code('milestoneStatus'),
    documents: deprecated(list(() => DOCUMENT, unique)),
  },
  { required: ['id'], translatable: ['title', 'description'] },
);

const FORMER_VALUE: readonly JsonType[] = ['string', 'number', 'integer', 'array', 'object', 'null'];

export const AMENDMENT_CHANGE = shape<AmendmentChange>('AmendmentChange', {
  property: requiredText(),
  former_value: { types: FORMER_VALUE },
});

export const AMENDMENT = shape<Amendment>(
  'Amendment',
  {
    date: dateTime(),
    rationale: text(),
    id: text(),
    description: text(),
    amendsReleaseID: text(),
    releaseID: text(),
    // Its elements have no id in the standard, so merging takes the list as a whole.
    changes: deprecated(list(() => AMENDMENT_CHANGE, { wholeListMerge: true })),
  },
  { translatable: ['rationale'] },
);

export const RELATED_PROCESS = shape<RelatedProcess>('RelatedProcess', {
  id: requiredText(),
  relationship: codes('relatedProcess'),
  title: text(),
  scheme: code('relatedProcessScheme'),
  identifier: text(),
  uri: uri(),
});

export const value = (): FieldRule => one(() => VALUE);
export const period = (): FieldRule => one(() => PERIOD);
export const party = (): FieldRule => one(() => ORGANIZATION_REFERENCE);
export const parties = (): FieldRule => list(() => ORGANIZATION_REFERENCE, unique);
export const documents = (): FieldRule => list(() => DOCUMENT);
export const milestones = (): FieldRule => list(() => MILESTONE);
export const amendments = (): FieldRule => list(() => AMENDMENT);
