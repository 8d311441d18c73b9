import type { INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { PERMISSION_KEY, PUBLIC_KEY } from '../authorization/decorators.js';
import { IDEMPOTENT_KEY } from '../idempotency/idempotency.js';

export interface RouteMarks {
  readonly permission: string | undefined;
  readonly publicBecause: string | undefined;
  readonly idempotent: boolean;
}

/** `Projects` + `list` -> `Projects_list`: unique, because class names are. */
export function operationIdOf(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}_${method}`;
}

/** What the decorators say about each route, by operation id. */
export function routeMarks(app: INestApplication): ReadonlyMap<string, RouteMarks> {
  const scanner = new MetadataScanner();
  const marks = new Map<string, RouteMarks>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const read = (key: string): unknown =>
          Reflect.getMetadata(key, prototype[name] ?? {}) ?? Reflect.getMetadata(key, metatype);
        marks.set(operationIdOf(metatype.name, name), {
          permission: read(PERMISSION_KEY) as string | undefined,
          publicBecause: read(PUBLIC_KEY) as string | undefined,
          idempotent: read(IDEMPOTENT_KEY) !== undefined,
        });
      }
    }
  }
  return marks;
}
