import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';

/** A day has no hour and no zone: it stays the text that Postgres writes. `pg` would make it a local midnight. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, String);
/** `date[]`, which has no name there; no day needs quotes in a list. */
const DATES = 1182;
types.setTypeParser(DATES, (days) => (days === '{}' ? [] : days.slice(1, -1).split(',')));

/**
 * Settings of the one Postgres data source.
 *
 * After connecting, every session takes on the application role, so that not even the product's own code
 * can change a ledger entry, an audit entry or the schema. Migrations connect without it (`asOwner`).
 */
export function dataSourceOptions(
  config: Pick<AppConfig, 'databaseUrl' | 'databaseAppRole' | 'databasePoolSize'>,
  extra: { asOwner?: boolean; applicationName: string; entities?: DataSourceOptions['entities'] },
): DataSourceOptions {
  const settings = [
    '-c timezone=UTC',
    '-c statement_timeout=30s',
    '-c idle_in_transaction_session_timeout=60s',
    ...(extra.asOwner ? ['-c statement_timeout=0'] : [`-c role=${config.databaseAppRole}`]),
  ];
  return {
    type: 'postgres',
    url: config.databaseUrl,
    applicationName: extra.applicationName,
    synchronize: false,
    migrationsRun: false,
    entities: extra.entities ?? [],
    poolSize: config.databasePoolSize,
    extra: { options: settings.join(' '), connectionTimeoutMillis: 10_000, types },
    // Loading tables at connect time would need rights on all of them.
    installExtensions: false,
  };
}
