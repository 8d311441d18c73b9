import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '#libs/kernel';

/** An answer outside 200–299, with the problem's code. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: unknown,
    what: string,
  ) {
    super(`${what}: ${status} ${code} ${JSON.stringify(problem)}`);
    this.name = 'Refused';
  }
}

export interface Login {
  readonly login: string;
  readonly password: string;
  readonly role: { readonly zh: string; readonly en: string };
}

/** A person at the public API: signs in once and sends requests as themselves. */
export class Person {
  private token: string | undefined;

  constructor(
    private readonly baseUrl: string,
    readonly login: Login,
  ) {}

  get name(): string {
    return `${this.login.role.zh} ${this.login.role.en}`;
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }
  post<T = unknown>(path: string, body: unknown = {}, version?: number): Promise<T> {
    return this.send<T>('POST', path, body, version);
  }
  put<T = unknown>(path: string, body: unknown, version?: number): Promise<T> {
    return this.send<T>('PUT', path, body, version);
  }

  /** Uploads a text file as one multipart field. */
  async upload<T>(path: string, fileName: string, content: string): Promise<T> {
    const form = new FormData();
    form.append('file', new Blob([content], { type: 'text/plain' }), fileName);
    return this.request<T>('POST', path, { body: form, headers: {} });
  }

  private send<T>(method: string, path: string, body?: unknown, version?: number): Promise<T> {
    return this.request<T>(method, path, {
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async request<T>(
    method: string,
    path: string,
    init: { headers: Record<string, string>; body?: string | FormData },
  ): Promise<T> {
    this.token ??= await this.signIn();
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      ...init,
      headers: {
        ...init.headers,
        Authorization: `Bearer ${this.token}`,
        ...(method === 'POST' ? { 'Idempotency-Key': newId() } : {}),
      },
    });
    const text = await answer.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    if (answer.ok) return json as T;
    throw new Refused(answer.status, codeOf(json), json, `${this.login.login} ${method} ${path}`);
  }

  private async signIn(): Promise<string> {
    const answer = await fetch(`${this.baseUrl}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ login: this.login.login, password: this.login.password, deliver: 'bearer' }),
    });
    const json = (await answer.json()) as { token?: string };
    if (!answer.ok || json.token === undefined) {
      throw new Refused(answer.status, codeOf(json), json, `${this.login.login} signs in`);
    }
    return json.token;
  }
}

function codeOf(problem: unknown): string {
  const code = (problem as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'no-code';
}

/**
 * Waits for what a worker does.
 * @throws Error when it has not come to pass after `timeoutMs`
 */
export async function until<T>(
  what: string,
  read: () => Promise<T | undefined>,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const value = await read();
    if (value !== undefined) return value;
    await delay(200);
  }
  throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`);
}
