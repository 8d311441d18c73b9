/**
 * The condition "in one of these areas", with its parameters appended to `parameters`. One LIKE per pattern:
 * Postgres turns that into a range of the index on the code, which it cannot do for `LIKE ANY (array)`.
 * @param patterns as `Access.areaPatterns` gives them; a pattern inside another adds nothing
 * @returns `FALSE` for no area at all
 */
export function inAreas(column: string, patterns: readonly string[], parameters: unknown[]): string {
  const widest = patterns.filter(
    (pattern, index) =>
      !patterns.some(
        (other, at) => at !== index && contains(other, pattern) && (other !== pattern || at < index),
      ),
  );
  if (widest.length === 0) return 'FALSE';
  return `(${widest.map((pattern) => `${column} LIKE $${parameters.push(pattern)}`).join(' OR ')})`;
}

function contains(wide: string, narrow: string): boolean {
  return narrow.startsWith(wide.slice(0, -1));
}
