import 'reflect-metadata';
import { Command } from 'commander';
import { ConfigError, loadConfig } from './platform/config/app-config.js';
import { migrate } from './platform/database/migrations.js';

/** Operator commands. Each prints what it did and exits with 0, or says what is wrong and exits with 1. */
const program = new Command('linqiao').description('Linqiao operator commands');

program
  .command('migrate')
  .description('bring the database up to date; safe to run again')
  .action(async () => {
    const ran = await migrate(loadConfig(process.env));
    console.log(ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}`);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
