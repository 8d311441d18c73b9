import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, Option } from 'commander';
import type { AppConfig } from './platform/config/app-config.js';

/**
 * Operator commands. Each prints what it did and exits with 0, or says what is wrong and exits with 1. Each loads what
 * it needs and no more: `match solve` fills the memory with its instance, not with the product.
 */
const program = new Command('linqiao').description('Linqiao operator commands').enablePositionalOptions();

program
  .command('migrate')
  .description('bring the database and the law in it up to date; safe to run again')
  .action(async () => {
    const [{ migrate }, { importLaw, lineOf }, { LAW_TOPICS }] = await Promise.all([
      import('./platform/database/migrations.js'),
      import('./platform/law/import-law.js'),
      import('./law/topics.js'),
    ]);
    const config = await configOf(process.env);
    const ran = await migrate(config);
    console.log(ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}`);
    const changes = await importLaw(config, LAW_TOPICS);
    for (const change of changes) console.log(lineOf(change));
    console.log(changes.length === 0 ? 'The law is up to date.' : `Law: ${changes.length} rows differ.`);
  });

program
  .command('seed-demo')
  .description('load the fictional demo district; does nothing when it is there')
  .action(async () => {
    await inApplication(async (app) => {
      const { SeedDemo } = await import('./demo/seed-demo.js');
      const loaded = await app.get(SeedDemo, { strict: false }).execute(async (logins) => {
        const file = process.env['DEMO_LOGINS_FILE'];
        if (file) await writeFile(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
        else
          for (const { login, password, role } of logins)
            console.log(`${login}\t${password}\t${role.zh} ${role.en}`);
      });
      console.log(loaded ? 'The demo district is loaded.' : 'The demo district is there already.');
    });
  });

program
  .command('verify')
  .description('run every data check; exit code 1 when one finds a row')
  .action(async () => {
    await inApplication(async (app) => {
      const { DataChecks } = await import('./platform/checks/data-check.js');
      const results = await app.get(DataChecks, { strict: false }).runAll();
      for (const { name, offending } of results) {
        console.log(`${offending.length === 0 ? 'ok    ' : 'BROKEN'} ${name}`);
        for (const row of offending) console.log(`       ${JSON.stringify(row)}`);
      }
      if (results.some(({ offending }) => offending.length > 0)) process.exitCode = 1;
    });
  });

const deadLetters = program.command('dead-letters').description('tasks that failed too often');

deadLetters.command('list').action(async () => {
  await inApplication(async (app) => {
    const { DeadLetters } = await import('./platform/operations/dead-letters.js');
    const page = await app.get(DeadLetters, { strict: false }).list(200);
    for (const letter of page.items) console.log(JSON.stringify(letter));
  });
});

deadLetters
  .command('replay')
  .argument('<taskId>')
  .action(async (taskId: string) => {
    await inApplication(async (app) => {
      const { DeadLetters } = await import('./platform/operations/dead-letters.js');
      await app.get(DeadLetters, { strict: false }).replay(taskId);
      console.log('The task runs again.');
    });
  });

program
  .command('openapi')
  .description('write the description of the HTTP interface; needs no database')
  .option('--out <file>', 'where to', 'openapi.json')
  .action(async ({ out }: { out: string }) => {
    await import('reflect-metadata');
    const [{ AppModule }, { writeOpenApi }] = await Promise.all([
      import('./app.module.js'),
      import('./platform/openapi/write-openapi.js'),
    ]);
    // Nothing connects: the address only satisfies the check of the settings.
    const config = await configOf({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    await writeOpenApi(AppModule.forProcess(config, 'cli'), config, out);
    console.log(`Written: ${out}`);
  });

const imports = program.command('import').description('bring lists into the database; safe to run again');

imports
  .command('areas')
  .argument('[file]', 'CSV with the columns code and name; without it the list that comes with the product')
  .description('import administrative divisions')
  .action(async (file: string | undefined) => {
    await inApplication(async (app) => {
      const { IdentityApi, ImportAreas } = await import('#modules/identity');
      const done =
        file === undefined
          ? await app.get(IdentityApi, { strict: false }).importShippedAreas()
          : await app.get(ImportAreas, { strict: false }).execute(await readFile(file), basename(file));
      for (const { line, lastLine = line, column, reason } of done.bad.slice(0, 50))
        console.error(`${linesOf(line, lastLine)}, ${column}: ${reason}`);
      if (done.bad.length > 50) console.error(`… and ${done.bad.length - 50} more`);
      const { read, added, changed, unchanged, bad } = done;
      console.log(
        `${read} areas read: ${added} added, ${changed} changed, ${unchanged} unchanged, ${bad.length} left out.`,
      );
      if (bad.length > 0) process.exitCode = 1;
    });
  });

imports
  .command('intentions')
  .argument('<file>', 'a yearly plan or published purchase intentions, as CSV or text with tabs')
  .requiredOption('--area <code>', 'the area whose plan it is')
  .addOption(
    new Option('--unit <unit>', 'of budgets for which the file names none: 万元 or 元').choices([
      'wan',
      'yuan',
    ]),
  )
  .description('import plan items; every bad row is reported, every good one kept')
  .action(async (file: string, { area, unit }: { area: string; unit?: 'wan' | 'yuan' }) => {
    await inApplication(async (app) => {
      const { importIntentions } = await import('#modules/procurement');
      const { findings, ...report } = await importIntentions(app, file, area, unit);
      for (const { line, lastLine, column, en, zh, cell } of findings)
        console.error(`${linesOf(line, lastLine)}, ${column ?? '-'}: ${zh} ${en} [${cell}]`);
      console.log(
        `${report.rowCount} rows read: ${report.importedCount} imported, ${report.duplicateCount} known already, ${report.rejectedCount} left out.`,
      );
      if (report.rejectedCount > 0) process.exitCode = 1;
    });
  });

program
  .command('match')
  .description('solve <options>: assign volunteers to shifts; see libs/matching/README.md')
  .argument('<action>')
  .allowUnknownOption()
  .passThroughOptions()
  .argument('[options...]')
  .action(async (action: string, options: string[]) => {
    if (action !== 'solve') program.error(`match ${action}: the only action is "solve"`);
    const { matchSolveCommand } = await import('#libs/matching');
    process.exitCode = await matchSolveCommand(options);
  });

program
  .command('ocds')
  .description('check FILE: read open-contracting data and say what is wrong; see libs/ocds/README.md')
  .argument('<action>')
  .allowUnknownOption()
  .passThroughOptions()
  .argument('[options...]')
  .action(async (action: string, options: string[]) => {
    if (action !== 'check') program.error(`ocds ${action}: the only action is "check"`);
    const { ocdsCheckCommand } = await import('#libs/ocds');
    process.exitCode = await ocdsCheckCommand(options);
  });

function linesOf(line: number, lastLine: number): string {
  return line === lastLine ? `line ${line}` : `lines ${line}-${lastLine}`;
}

async function configOf(environment: NodeJS.ProcessEnv): Promise<AppConfig> {
  const { loadConfig } = await import('./platform/config/app-config.js');
  return loadConfig(environment);
}

/** Runs `work` in the whole application, acting as the system. */
async function inApplication(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const config = await configOf(process.env);
  // Decorators need it, wherever they are loaded from.
  await import('reflect-metadata');
  const [{ newId }, { AppModule }, { NestFactory }, { Actor, RequestContext }, { createLogger, NestLogger }] =
    await Promise.all([
      import('#libs/kernel'),
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

program.parseAsync().catch(async (error: unknown) => {
  const { failureOf } = await import('./platform/problem/failure.js');
  const { text, trace } = failureOf(error);
  console.error(text);
  if (trace !== undefined) console.error(JSON.stringify({ level: 'error', service: 'cli', ...trace }));
  process.exitCode = 1;
});
