import type { AreaLevel } from '#libs/kernel';

/** An administrative division as other modules see it. */
export interface AreaView {
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  readonly parentCode: string | null;
}
