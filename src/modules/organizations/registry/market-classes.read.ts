import { Injectable } from '@nestjs/common';
import { db, query, UnitOfWork } from '#platform';
import type { MarketClass } from './market-class.js';
import { registryErrors } from './registry.errors.js';

const classesOf = query((p: { kind: string }) =>
  db
    .selectFrom('organizations.market_class')
    .select(['kind', 'subclass', 'may_supply as maySupply', 'may_buy as mayBuy'])
    .select(['small_enterprise as smallEnterprise', 'zh', 'en'])
    .where('kind', '=', p.kind)
    .orderBy('subclass'),
);

/** What the law says of the kinds of bodies. */
@Injectable()
export class MarketClassReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** The class that the law knows for a kind. @throws DomainError organizations.class-unknown */
  async of(kind: string, subclass = 'none'): Promise<MarketClass> {
    const classes = await this.uow.all(classesOf, { kind });
    const found = classes.find((row) => row.subclass === subclass);
    if (found) return found;
    throw registryErrors.classUnknown({
      subclasses: classes.map((row) => row.subclass),
      allowed: {
        zh: classes.map((row) => `${row.zh}（${row.subclass}）`).join('、'),
        en: classes.map((row) => `${row.en} (${row.subclass})`).join(', '),
      },
    });
  }
}
