export class AreaResponse {
  /** 2, 4, 6, 9 or 12 digits. */
  code: string;
  name: string;
  level: 'province' | 'city' | 'county' | 'street' | 'community';
  parentCode: string | null;
  /** First day in force, YYYY-MM-DD; null where the records begin later. */
  validFrom: string | null;
  /** First day no longer in force; null = until further notice. */
  validTo: string | null;
  /** The area that took the place of a retired one. */
  successorCode: string | null;
  source: string;
}

export class AreaListResponse {
  items: AreaResponse[];
  nextCursor: string | null;
}

export class AreaAboveResponse {
  code: string;
  name: string;
  level: 'province' | 'city' | 'county' | 'street' | 'community';
  parentCode: string | null;
}

export class AreaDetailsResponse extends AreaResponse {
  /** The areas above, nearest first. */
  above: AreaAboveResponse[];
}
