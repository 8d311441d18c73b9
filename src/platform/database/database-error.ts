/** What the driver tells of a failed statement, whether TypeORM has wrapped it or not. */
function field(error: unknown, name: 'code' | 'constraint' | 'schema'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { driverError } = error as { driverError?: Record<string, unknown> };
  const value = driverError?.[name] ?? (error as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** The SQLSTATE of a database error; undefined for any other, whatever its cause. */
export function ownSqlState(error: unknown): string | undefined {
  const code = field(error, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The SQLSTATE of a database error, or of the one that a refusal stands for. */
export function sqlState(error: unknown): string | undefined {
  return ownSqlState(error) ?? ownSqlState(causeOf(error));
}

/** The name of the violated constraint, also of one that a refusal stands for. */
export function violatedConstraint(error: unknown): string | undefined {
  return field(error, 'constraint') ?? field(causeOf(error), 'constraint');
}

/** The schema of the violated constraint. */
export function violatedSchema(error: unknown): string | undefined {
  return field(error, 'schema');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
