/** Buyers and bidders are foreign keys: each of them is there. */
export function nameIn(organizations: ReadonlyMap<string, { readonly name: string }>, id: string): string {
  const organization = organizations.get(id);
  if (!organization) throw new Error(`The organization ${id} is gone`);
  return organization.name;
}
