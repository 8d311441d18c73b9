import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Actor, RequestContext } from '#platform';
import { ImportPlan, type ImportReport } from '../application/import-plan.js';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from '../domain/plan-file.js';
import { planFileErrors } from '../domain/plan-file.errors.js';

/**
 * The operator's command: imports a plan file into an area, acting as the system.
 * @param app a started application context
 * @throws DomainError procurement.import-*, identity.area-unknown
 */
export async function importIntentions(
  app: Pick<INestApplicationContext, 'get'>,
  file: string,
  areaCode: string,
  unit?: 'wan' | 'yuan',
): Promise<ImportReport> {
  const { size } = await stat(file);
  // Before it is read: an operator may name a file of any size.
  if (size > MAX_IMPORT_BYTES)
    throw planFileErrors.importTooLarge({ maxBytes: MAX_IMPORT_BYTES, maxRows: MAX_IMPORT_ROWS });
  const content = await readFile(file);
  return app
    .get(RequestContext, { strict: false })
    .run({ actor: Actor.system('import-intentions'), requestId: `cli-${newId()}` }, () =>
      app.get(ImportPlan, { strict: false }).execute({ areaCode, fileName: basename(file), content, unit }),
    );
}
