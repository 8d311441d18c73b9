import { join } from 'node:path';
import type { LawTopic } from '../platform/law/import-law.js';

const file = (name: string) => join(import.meta.dirname, name);

/** Every file of law that comes with the product, in the order in which they are imported. */
export const LAW_TOPICS: readonly LawTopic[] = [
  {
    name: 'figures',
    file: file('figures.csv'),
    table: 'platform.figure',
    key: ['code', 'area_code', 'validity'],
    shared: true,
  },
  {
    name: 'deadline-rules',
    file: file('deadline-rules.csv'),
    table: 'platform.deadline_rule',
    key: ['code', 'area_code', 'validity'],
    shared: true,
  },
  {
    name: 'market-classes',
    file: file('market-classes.csv'),
    table: 'organizations.market_class',
    key: ['kind', 'subclass'],
    shared: false,
  },
];
