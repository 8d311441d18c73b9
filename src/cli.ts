import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { newId } from '#libs/kernel';
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

program
  .command('seed-demo')
  .description('load the fictional demo district; does nothing when it is there')
  .action(async () => {
    await inApplication(async (app) => {
      const { SeedDemo } = await import('./demo/seed-demo.js');
      const logins = await app.get(SeedDemo, { strict: false }).execute();
      if (!logins) {
        console.log('The demo district is there already.');
        return;
      }
      const file = process.env['DEMO_LOGINS_FILE'];
      if (file) await writeFile(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
      else
        for (const { login, password, role } of logins)
          console.log(`${login}\t${password}\t${role.zh} ${role.en}`);
    });
  });

const imports = program.command('import').description('bring lists into the database; safe to run again');

imports
  .command('areas')
  .argument('[file]', 'CSV with the columns code and name; without it the list that comes with the product')
  .description('import administrative divisions')
  .action(async (file: string | undefined) => {
    await inApplication(async (app) => {
      const { ImportAreas } = await import('#modules/identity');
      const areas = app.get(ImportAreas, { strict: false });
      const done =
        file === undefined
          ? await areas.shipped()
          : await areas.execute(await readFile(file), basename(file));
      for (const { line, column, reason } of done.bad.slice(0, 50))
        console.error(`line ${line}, ${column}: ${reason}`);
      const { read, added, changed, unchanged, bad } = done;
      console.log(
        `${read} areas read: ${added} added, ${changed} changed, ${unchanged} unchanged, ${bad.length} left out.`,
      );
      if (bad.length > 0) process.exitCode = 1;
    });
  });

/** Runs `work` in the whole application, acting as the system. Loaded here so that `migrate` needs no module. */
async function inApplication(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const config = loadConfig(process.env);
  const [{ AppModule }, { NestFactory }, { Actor, RequestContext }, { createLogger, NestLogger }] =
    await Promise.all([
      import('./app.module.js'),
      import('@nestjs/core'),
      import('#platform'),
      import('./platform/logging/logger.js'),
    ]);
  const app = await NestFactory.createApplicationContext(AppModule.forProcess(config, 'cli'), {
    logger: new NestLogger(createLogger('error', 'cli')),
    abortOnError: false,
  });
  try {
    await app.get(RequestContext).run({ actor: Actor.system('cli'), requestId: newId() }, () => work(app));
  } finally {
    await app.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
