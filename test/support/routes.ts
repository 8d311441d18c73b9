import 'reflect-metadata';
import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { PERMISSION_KEY, PUBLIC_KEY, UNLOGGED_KEY } from '../../src/platform/authorization/decorators.js';
import { API_PREFIX, UNPREFIXED } from '../../src/platform/http/create-app.js';
import { IDEMPOTENT_KEY } from '../../src/platform/idempotency/idempotency.js';
import { type ExplainedAct, EXPLAINS_KEY } from '../../src/platform/refusals/explains-refusals.js';

export interface Route {
  /** `POST /api/v1/contracts/:id/sign` */
  readonly name: string;
  readonly handler: string;
  readonly permission: string | undefined;
  readonly publicBecause: string | undefined;
  readonly idempotent: boolean;
  readonly unlogged: boolean;
  /** The act whose refusals are kept. */
  readonly explains: ExplainedAct | undefined;
}

/** Every route of every controller, with its marks; `preview` applications will do. */
export function routesOf(app: INestApplicationContext): Route[] {
  return [...app.get(ModulesContainer).values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOfController(metatype) : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function routesOfController(controller: { name: string; prototype: unknown }): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    // Like the guards: the method's mark wins, else the class's.
    const read = (key: string): unknown =>
      Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
    const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    return pathsOf(controller).flatMap((above) =>
      pathsOf(handler).map((own) => ({
        name: `${verb} ${fullPath(above, own)}`,
        handler: `${controller.name}.${method}`,
        permission: read(PERMISSION_KEY) as string | undefined,
        publicBecause: read(PUBLIC_KEY) as string | undefined,
        idempotent: read(IDEMPOTENT_KEY) !== undefined,
        unlogged: read(UNLOGGED_KEY) !== undefined,
        explains: read(EXPLAINS_KEY) as ExplainedAct | undefined,
      })),
    );
  });
}

function pathsOf(target: object): string[] {
  return [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
}

function fullPath(...parts: string[]): string {
  const path = parts
    .join('/')
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  return UNPREFIXED.includes(path === '' ? '/' : path) ? `/${path}` : `/${API_PREFIX}/${path}`;
}
