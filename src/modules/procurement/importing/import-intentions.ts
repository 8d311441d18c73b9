import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { newId, normalizeIdentifier, parseAreaCode } from '#libs/kernel';
import { Actor, RequestContext } from '#platform';
import { ImportPlan } from './import-plan.js';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from './plan-file.js';
import { planFileErrors } from './plan-file.errors.js';
import type { ImportReport } from './plan-imports.read.js';

/**
 * The operator's command: imports a plan file into an area, acting as the system.
 * @param app a started application context
 * @throws DomainError procurement.import-*, kernel.area-code-malformed, identity.area-unknown
 */
export async function importIntentions(
  app: Pick<INestApplicationContext, 'get'>,
  file: string,
  areaCode: string,
  unit?: 'wan' | 'yuan',
): Promise<ImportReport> {
  const { code } = parseAreaCode(normalizeIdentifier(areaCode));
  const { size } = await stat(file);
  // Before it is read: an operator may name a file of any size.
  if (size > MAX_IMPORT_BYTES)
    throw planFileErrors.importTooLarge({ maxBytes: MAX_IMPORT_BYTES, maxRows: MAX_IMPORT_ROWS });
  const content = await readFile(file);
  return app
    .get(RequestContext, { strict: false })
    .run({ actor: Actor.system('import-intentions'), requestId: `cli-${newId()}` }, () =>
      app
        .get(ImportPlan, { strict: false })
        .execute({ areaCode: code, fileName: basename(file), content, unit }),
    );
}
