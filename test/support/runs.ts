/** How many cases a randomized test tries: LINQIAO_RUNS for a long search, otherwise what fits an everyday run. */
export function runsOr(everyday: number): number {
  const wanted = Number(process.env['LINQIAO_RUNS'] ?? '');
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : everyday;
}
