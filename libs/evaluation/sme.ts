import type { Source } from './types.js';

export const SME_SOURCE: Source = { citation: '财库〔2020〕46号；财库〔2022〕19号', grade: 'B' };

/** Who may claim the small-and-micro price deduction; nobody else. */
export type SupplierKind =
  | 'enterprise'
  | 'individual-business'
  | 'prison-enterprise'
  | 'disabled-welfare-unit'
  | 'social-association'
  | 'social-service-agency'
  | 'foundation'
  | 'public-institution'
  | 'villagers-or-residents-committee'
  | 'rural-collective'
  | 'individual';

export interface SmeClaim {
  readonly kind: SupplierKind;
  /** Unified social credit code, 18 characters. */
  readonly uscc: string;
  /** As declared in the 中小企业声明函. */
  readonly size?: 'large' | 'medium' | 'small' | 'micro' | undefined;
}

export interface SmeEntitlement {
  readonly entitled: boolean;
  readonly reason:
    | 'small-or-micro-enterprise'
    | 'treated-as-small-or-micro'
    | 'social-organization'
    | 'not-an-enterprise'
    | 'code-does-not-match-kind'
    | 'size-not-small-or-micro';
  readonly source: Source;
}

/** 51 社会团体, 52 民办非企业单位, 53 基金会: registered by civil affairs, not enterprises. */
export function isSocialOrganizationCode(uscc: string): boolean {
  return /^5[123]/.test(uscc);
}

/**
 * Decides the deduction from the register, not from a tick box.
 * Prison enterprises and disabled-welfare units are treated as small or micro whatever their size.
 */
export function smeEntitlement(claim: SmeClaim): SmeEntitlement {
  const answer = (entitled: boolean, reason: SmeEntitlement['reason']): SmeEntitlement => ({
    entitled,
    reason,
    source: SME_SOURCE,
  });
  if (isSocialOrganizationCode(claim.uscc)) return answer(false, 'social-organization');
  switch (claim.kind) {
    case 'prison-enterprise':
    case 'disabled-welfare-unit':
      return answer(true, 'treated-as-small-or-micro');
    case 'enterprise':
    case 'individual-business': {
      const prefix = claim.kind === 'enterprise' ? '91' : '92';
      if (!claim.uscc.startsWith(prefix)) return answer(false, 'code-does-not-match-kind');
      return claim.size === 'small' || claim.size === 'micro'
        ? answer(true, 'small-or-micro-enterprise')
        : answer(false, 'size-not-small-or-micro');
    }
    default:
      return answer(false, 'not-an-enterprise');
  }
}
