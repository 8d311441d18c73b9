/** Real open-contracting data, read in place beside the repository; absent where only the project is cloned. */
import { readFileSync } from 'node:fs';
import { it } from '@jest/globals';
import { hasSharedData, sharedData } from '../../test/support/shared-data.js';

export const sharedOcdsPath = (path: string): string => sharedData(`ocds/${path}`);

export const readSharedJson = (path: string): unknown =>
  JSON.parse(readFileSync(sharedOcdsPath(path), 'utf8'));

const present = hasSharedData('ocds/schema-1.1', 'ocds/bid-extension', 'ocds/colombia-secop-100.json');

/** `it` where the shared data lie beside the repository, a visible skip elsewhere. */
export const itWithSharedData = present ? it : it.skip;
