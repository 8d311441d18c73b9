/**
 * Copies a JSON value with the objects of this realm. `structuredClone` under Jest answers with objects of
 * Node's own realm, which Ajv's comparison of list elements takes for something else than plain objects.
 */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element: unknown) => cloneJson(element)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, cloneJson(child as unknown)]),
  ) as T;
}
