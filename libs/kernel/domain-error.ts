import { formatFen, type Locale } from './fen-format.js';
import type { Words } from './words.js';

/** What survives a round trip through JSON. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type ErrorDetails = Readonly<Record<string, JsonValue>>;

/** The families a caller may react to; the HTTP filter maps each to one status code. */
export const ERROR_KINDS = [
  'invalid',
  'not-found',
  'forbidden',
  'conflict',
  'unprocessable',
  'precondition',
  'unauthenticated',
  'too-many',
  'unavailable',
  'too-large',
  'unsupported',
  'internal',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/**
 * One entry of the catalogue. `zh` and `en` are templates: `{name}` is replaced by the detail of that name,
 * `{amountFen:yuan}` prints an integer number of fen as money; a detail that is a pair of words (`Words`) is printed
 * in the reader's language. Both must use the same names.
 */
export interface ErrorDefinition {
  /** The code as it is answered and logged, so that a search for it ends here; it must be that of module and name. */
  readonly code?: string;
  readonly kind: ErrorKind;
  readonly zh: string;
  readonly en: string;
}

/**
 * A refusal that the caller can understand and act on. `code` is public and stable (`budgets.overspent`);
 * `details` are public too, so they must never carry personal data or a secret.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details?: ErrorDetails;

  /** The message is the English text when the code is in the catalogue, else the code: it is for logs. */
  constructor(kind: ErrorKind, code: string, details?: ErrorDetails, options?: ErrorOptions) {
    super(renderError(code, details, 'en'), options);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    if (details !== undefined) this.details = details;
  }
}

/** The placeholder names of a template, computed by the compiler: a forgotten detail is a type error. */
type PlaceholderNames<Template extends string> = Template extends `${string}{${infer Inner}}${infer Rest}`
  ? (Inner extends `${infer Name}:${string}` ? Name : Inner) | PlaceholderNames<Rest>
  : never;

type NamesOf<Entry extends ErrorDefinition> = PlaceholderNames<Entry['zh']> | PlaceholderNames<Entry['en']>;

type Factory<Entry extends ErrorDefinition> = [NamesOf<Entry>] extends [never]
  ? (details?: ErrorDetails, options?: ErrorOptions) => DomainError
  : (
      details: { readonly [Name in NamesOf<Entry>]: JsonValue } & ErrorDetails,
      options?: ErrorOptions,
    ) => DomainError;

export type ErrorFactories<Entries extends Readonly<Record<string, ErrorDefinition>>> = {
  readonly [Name in keyof Entries]: Factory<Entries[Name]>;
};

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)(?::(yuan))?\}/g;
const MODULE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ENTRY_NAME = /^[a-z][A-Za-z0-9]*$/;

const catalogue = new Map<string, ErrorDefinition>();

/** Every error defined so far in this process, by code. */
export function errorCatalogue(): ReadonlyMap<string, ErrorDefinition> {
  return catalogue;
}

/**
 * Declares the errors of one module and returns a factory for each. The code is the module and the entry's
 * name in kebab-case: `defineErrors('budgets', { lineOverspent: … })` gives `budgets.line-overspent`. An entry of the
 * product says it in `code` as well: whoever has a code from an answer or a log finds its definition by searching.
 *
 * A wrong definition (duplicate code, bad name, empty text, texts that use different placeholders) is a bug
 * in the program, not a refusal to a user: it throws a plain Error when the module loads.
 */
export function defineErrors<const Entries extends Readonly<Record<string, ErrorDefinition>>>(
  module: string,
  entries: Entries,
): ErrorFactories<Entries> {
  if (!MODULE_NAME.test(module)) throw new Error(`'${module}' is not a kebab-case module name`);
  const checked = Object.entries(entries).map(([name, entry]) => checkDefinition(module, name, entry));
  const factories: Record<string, (details?: ErrorDetails, options?: ErrorOptions) => DomainError> = {};
  for (const { name, code, entry } of checked) {
    catalogue.set(code, Object.freeze({ kind: entry.kind, zh: entry.zh, en: entry.en }));
    factories[name] = (details, options) => new DomainError(entry.kind, code, details, options);
  }
  // The loop above builds one factory per key of Entries; the compiler cannot follow that.
  return Object.freeze(factories) as unknown as ErrorFactories<Entries>;
}

function checkDefinition(module: string, name: string, entry: ErrorDefinition) {
  if (!ENTRY_NAME.test(name)) throw new Error(`'${name}' in '${module}' is not a camelCase error name`);
  const code = `${module}.${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (entry.code !== undefined && entry.code !== code)
    throw new Error(`'${name}' in '${module}' has the code '${code}', not '${entry.code}'`);
  if (catalogue.has(code)) throw new Error(`the error code '${code}' is already defined`);
  for (const text of [entry.zh, entry.en]) {
    if (text.trim() === '') throw new Error(`the error '${code}' has an empty text`);
    if (/[{}]/.test(text.replace(PLACEHOLDER, ''))) {
      throw new Error(`the error '${code}' has a malformed placeholder in '${text}'`);
    }
  }
  const [zh, en] = [placeholdersOf(entry.zh), placeholdersOf(entry.en)];
  if (zh !== en) throw new Error(`the texts of '${code}' use different placeholders: [${zh}] and [${en}]`);
  return { name, code, entry };
}

function placeholdersOf(template: string): string {
  const names = Array.from(template.matchAll(PLACEHOLDER), (match) => match[1] ?? '');
  return [...new Set(names)].sort().join(', ');
}

/**
 * The text of an error for people. A code that is not in the catalogue renders as the code itself, and a
 * placeholder without its detail stays visible: an error text must never itself be the cause of an error.
 */
export function renderError(error: DomainError, locale: Locale): string;
export function renderError(code: string, details: ErrorDetails | undefined, locale: Locale): string;
export function renderError(
  error: DomainError | string,
  detailsOrLocale: ErrorDetails | Locale | undefined,
  codeLocale?: Locale,
): string {
  const code = typeof error === 'string' ? error : error.code;
  const details = typeof error === 'string' ? detailsOrLocale : error.details;
  const locale = typeof error === 'string' ? codeLocale : detailsOrLocale;
  const definition = catalogue.get(code);
  if (definition === undefined) return code;
  const language: Locale = locale === 'en' ? 'en' : 'zh-CN';
  const template = language === 'en' ? definition.en : definition.zh;
  if (typeof details !== 'object') return template;
  return template.replace(PLACEHOLDER, (placeholder, name: string, format: string | undefined) => {
    if (!Object.hasOwn(details, name)) return placeholder;
    return printDetail(details[name], format, language);
  });
}

function printDetail(value: JsonValue | undefined, format: string | undefined, locale: Locale): string {
  if (format === 'yuan' && typeof value === 'number' && Number.isSafeInteger(value)) {
    return formatFen(BigInt(value), locale);
  }
  if (isWords(value)) return locale === 'en' ? value.en : value.zh;
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}
