/** Whether bodies of a kind may sell to government, buy, or claim the small-enterprise preference. */
export interface MarketClass {
  readonly kind: string;
  /** `none` where the kind alone decides. */
  readonly subclass: string;
  readonly maySupply: boolean;
  readonly mayBuy: boolean;
  readonly smallEnterprise: boolean;
}

/** A group without registration: no credit code, so no kind derived from one. */
export const COMMUNITY_GROUP = 'community-group';
