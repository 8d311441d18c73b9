import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '../../src/platform/config/app-config.js';

const root = join(import.meta.dirname, '..', '..');

export interface Service {
  readonly image: string;
  readonly user: string;
  readonly command: string[];
  readonly environment: Record<string, string>;
  readonly mem_limit: string;
  readonly shm_size?: string;
  readonly read_only: boolean;
  readonly tmpfs: string[];
  readonly cap_drop: string[];
  readonly cap_add?: string[];
  readonly security_opt: string[];
  readonly pids_limit: number;
  readonly networks: string[];
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly depends_on?: Record<string, { condition: string }>;
  readonly restart: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: object;
}

export interface Compose {
  readonly 'x-capacity': {
    hostMemory: string;
    hostReserved: string;
    rollingCopies: number;
    operatorConnections: number;
  };
  readonly services: Record<'postgres' | 'redis' | 'migrate' | 'api' | 'worker', Service>;
  readonly networks: Record<string, { internal?: boolean }>;
}

/** docker/compose.yaml with its merge keys resolved. */
export const compose = parse(readFileSync(join(root, 'docker/compose.yaml'), 'utf8'), {
  merge: true,
}) as Compose;

/** The settings as the program of this container would read them. */
export function configOf(service: Pick<Service, 'environment'>) {
  return loadConfig(expand(service.environment));
}

const GIVEN: Readonly<Record<string, string>> = {
  LINQIAO_DB_PASSWORD: 'fictional',
  PUBLIC_URL: 'https://linqiao.example.org',
};

/** Compose's `${NAME:-default}` and `${NAME:?message}`. */
export function expand(environment: Readonly<Record<string, string>>): Record<string, string> {
  const value = (_match: string, name: string, kind: string, rest: string) =>
    GIVEN[name] ?? (kind === '-' ? rest : '');
  return Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [
      name,
      text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, value),
    ]),
  );
}
