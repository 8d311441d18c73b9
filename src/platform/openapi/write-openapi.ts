import { writeFile } from 'node:fs/promises';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_PREFIX, createHttpAdapter, UNPREFIXED } from '../http/create-app.js';
import type { AppConfig } from '../config/app-config.js';
import { buildOpenApi, openApiText } from './build-openapi.js';

/**
 * Writes the description without a database: in preview mode Nest knows every route and starts nothing.
 * @param file where to; the committed one is `openapi.json` in the root
 */
export async function writeOpenApi(
  rootModule: Type | { module: Type },
  config: AppConfig,
  file: string,
): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule as Type,
    createHttpAdapter(config),
    {
      preview: true,
      logger: false,
      abortOnError: false,
    },
  );
  app.setGlobalPrefix(API_PREFIX, { exclude: UNPREFIXED });
  await writeFile(file, openApiText(buildOpenApi(app)));
}
