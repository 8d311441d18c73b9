/**
 * A JSON Schema that the user has (the official release schema, or one patched with extensions) as a second
 * judge beside our own rules.
 */
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import { isOcdsError, ocdsErrors } from '../errors.js';
import { isObject } from './json-value.js';
import { codeOfKeyword, ProblemList } from './problem.js';
import type { ValidationResult } from './validate.js';

export type ReleaseCheck = (value: unknown) => ValidationResult;

const AJV_OPTIONS: Options = {
  allErrors: true,
  // The official schema carries annotations of its own (codelist, omitWhenMerged) that strict mode refuses.
  strict: false,
  // A number beyond the range of a double (1e400) cannot be kept, so it is no number.
  strictNumbers: true,
  logger: false,
};

const DRAFT_04 = /^http:\/\/json-schema\.org\/draft-04\/schema#?$/;
const DRAFT_06_07 = /^http:\/\/json-schema\.org\/draft-0[67]\/schema#?$/;

// Both packages are CommonJS: the class or function sits under `default` once more.
const Draft04 = ajvDraft04.default;
const addFormats = ajvFormats.default;

function compile(schema: Record<string, unknown>): ValidateFunction {
  const dialect = schema['$schema'];
  if (dialect === undefined || (typeof dialect === 'string' && DRAFT_06_07.test(dialect))) {
    const ajv = new Ajv(AJV_OPTIONS);
    addFormats(ajv);
    return ajv.compile(schema);
  }
  if (typeof dialect === 'string' && DRAFT_04.test(dialect)) {
    const ajv = new Draft04(AJV_OPTIONS);
    addFormats(ajv);
    return ajv.compile(schema);
  }
  throw ocdsErrors.schemaUnusable({ reason: 'only the dialects draft 4, 6 and 7 are known' });
}

function message(error: ErrorObject): string {
  const text = error.message ?? `breaks the rule ${error.keyword}`;
  const list = error.keyword === 'enum' ? 'is not in the closed code list' : text;
  return `${list} (${error.schemaPath})`;
}

/**
 * Compiles a parsed JSON Schema of one release.
 * @throws DomainError `ocds.schema-unusable` when it is no schema, or points to schemas that are not in the file
 */
export function compileReleaseSchema(schema: unknown, maxProblems = 50): ReleaseCheck {
  if (!isObject(schema)) throw ocdsErrors.schemaUnusable({ reason: 'it is not a JSON object' });
  let check;
  try {
    check = compile(schema);
  } catch (error) {
    if (isOcdsError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw ocdsErrors.schemaUnusable({ reason });
  }
  return (value) => {
    const valid = check(value);
    const found = new ProblemList(maxProblems);
    for (const error of valid ? [] : (check.errors ?? [])) {
      found.add(error.instancePath, codeOfKeyword(error.keyword), message(error));
    }
    return { valid, problems: found.problems, omitted: found.omitted };
  };
}
