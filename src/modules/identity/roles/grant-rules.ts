import { type Membership } from '#libs/kernel';

/**
 * Who may give (and take back) a role in an area: the platform operator of the area or of one above it, and
 * whoever holds the same role in an area above it (the district's civil-affairs officer names those of the
 * streets). An equal may not: two officers of one street must not be able to appoint each other's friends.
 */
export function mayGrant(held: readonly Membership[], role: string, areaCode: string): boolean {
  return held.some((membership) => {
    if (!('areaCode' in membership) || !areaCode.startsWith(membership.areaCode)) return false;
    if (membership.role === 'platform-operator') return true;
    return membership.role === role && membership.areaCode.length < areaCode.length;
  });
}
