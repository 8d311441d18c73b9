import type { Role } from './roles.js';

export interface PermissionDefinition {
  readonly zh: string;
  readonly en: string;
  /** The roles that carry this permission. */
  readonly roles: readonly Role[];
}

const catalogue = new Map<string, PermissionDefinition>();
const byRole = new Map<Role, Set<string>>();

/**
 * Declares a module's permissions, e.g. `definePermissions('contracts', { accept: {…} })` gives
 * `{ accept: 'contracts:accept' }`.
 * @throws Error when a name is declared twice
 */
export function definePermissions<K extends string>(
  module: string,
  definitions: Readonly<Record<K, PermissionDefinition>>,
): Readonly<Record<K, string>> {
  const names = {} as Record<K, string>;
  for (const key of Object.keys(definitions) as K[]) {
    const name = `${module}:${key}`;
    if (catalogue.has(name)) throw new Error(`The permission ${name} is declared twice`);
    const definition = definitions[key];
    catalogue.set(name, definition);
    for (const role of definition.roles) {
      const permissions = byRole.get(role) ?? new Set<string>();
      permissions.add(name);
      byRole.set(role, permissions);
    }
    names[key] = name;
  }
  return names;
}

export function permissionCatalogue(): ReadonlyMap<string, PermissionDefinition> {
  return catalogue;
}

export function roleCarries(role: Role, permission: string): boolean {
  return byRole.get(role)?.has(permission) ?? false;
}
