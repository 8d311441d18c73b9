/** Real open-contracting data, read in place beside the repository; absent where only the project is cloned. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
// eslint-disable-next-line no-restricted-properties -- test support: tells where the shared data lie
const shared = resolve(root, process.env['LINQIAO_SHARED'] ?? '../shared');
const ocds = join(shared, 'data/ocds');

export const sharedOcdsPresent = existsSync(join(ocds, 'schema-1.1/schema/release-schema.json'));
export const sharedOcdsPath = (...steps: string[]): string => join(ocds, ...steps);
export const officialSchemaPath = (name: string): string => sharedOcdsPath('schema-1.1/schema', name);

export const readSharedJson = (...steps: string[]): unknown =>
  JSON.parse(readFileSync(sharedOcdsPath(...steps), 'utf8'));

/** `it` where the shared data lie beside the repository, a visible skip elsewhere. */
export const itWithSharedData = sharedOcdsPresent ? it : it.skip;
