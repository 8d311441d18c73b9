/**
 * The two text formats that OCDS uses, RFC 3339 date-time and RFC 3986 URI.
 *
 * The verdicts follow `ajv-formats`, the validator that publishers most often run, also where it is more
 * liberal than the RFC: a white-space separator, a zone without minutes or colon, one slash before a host.
 * `formats.spec.ts` compares the two on generated text.
 */

/** Longer text has no format: matching some ten million characters overflows the stack of the regular expressions. */
const MAX_LENGTH = 1_000_000;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)(z|([+-])(\d{2})(?::?(\d{2}))?)$/i;

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

interface ZonedTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

function zonedTime(text: string): ZonedTime | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [zoneHour, zoneMinute] = [Number(match[6] ?? 0), Number(match[7] ?? 0)];
  if (zoneHour > 23 || zoneMinute > 59) return undefined;
  const offset = (match[5] === '-' ? -1 : 1) * (zoneHour * 60 + zoneMinute);
  return { hour: Number(match[1]), minute: Number(match[2]), second: Number(match[3]), offset };
}

function isTime(text: string): boolean {
  const time = zonedTime(text);
  if (!time) return false;
  if (time.hour <= 23 && time.minute <= 59 && time.second < 60) return true;
  // A leap second exists only at 23:59:60 UTC, whatever the local clock shows.
  const sign = time.offset < 0 ? -1 : 1;
  const zoneMinutes = (Math.abs(time.offset) % 60) * sign;
  const zoneHours = Math.floor(Math.abs(time.offset) / 60) * sign;
  const utcMinute = time.minute - zoneMinutes;
  const utcHour = time.hour - zoneHours - (utcMinute < 0 ? 1 : 0);
  return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1) && time.second < 61;
}

/** True for an RFC 3339 instant with a time zone. */
export function isDateTime(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const parts = text.split(/t|\s/i);
  return parts.length === 2 && isDate(parts[0] ?? '') && isTime(parts[1] ?? '');
}

/** Nanoseconds since 1970 of a valid instant, whatever its spelling; `undefined` for anything else. */
export function instantNs(text: unknown): bigint | undefined {
  if (typeof text !== 'string' || !isDateTime(text)) return undefined;
  const [date = '', clock = ''] = text.split(/t|\s/i);
  const time = zonedTime(clock);
  if (!time) return undefined;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const wholeSeconds = (time.hour * 60 + time.minute - time.offset) * 60 + Math.floor(time.second);
  const fraction = /\.(\d+)/.exec(clock)?.[1] ?? '';
  return (
    BigInt(midnight.getTime() + wholeSeconds * 1000) * 1_000_000n +
    BigInt(fraction.padEnd(9, '0').slice(0, 9))
  );
}

const UNRESERVED_AND_SUB_DELIMS = String.raw`a-z0-9\-._~!$&'()*+,;=`;
const PERCENT = '%[0-9a-f]{2}';
const P_CHAR = `(?:[${UNRESERVED_AND_SUB_DELIMS}:@]|${PERCENT})`;
const REG_NAME = `(?:[${UNRESERVED_AND_SUB_DELIMS}]|${PERCENT})*`;
const SCHEME = /^[a-z][a-z0-9+\-.]*:/i;
const PATH_ABSOLUTE = new RegExp(`^/(?:${P_CHAR}+(?:/${P_CHAR}*)*)?$`, 'i');
const PATH_ROOTLESS = new RegExp(`^${P_CHAR}+(?:/${P_CHAR}*)*$`, 'i');
const QUERY_OR_FRAGMENT = new RegExp(`^(?:[${UNRESERVED_AND_SUB_DELIMS}:@/?]|${PERCENT})*$`, 'i');
const USER_INFO = new RegExp(`^(?:[${UNRESERVED_AND_SUB_DELIMS}:]|${PERCENT})*$`, 'i');
const NAMED_HOST = new RegExp(`^${REG_NAME}(?::\\d*)?$`, 'i');
const IP_LITERAL = /^\[([^\]]*)\](?::\d*)?$/;
const IP_FUTURE = new RegExp(`^v[0-9a-f]+\\.[${UNRESERVED_AND_SUB_DELIMS}:]+$`, 'i');
const PATH_AFTER_AUTHORITY = new RegExp(`^(?:/${P_CHAR}*)*$`, 'i');
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)(?:\.(?!$)|$)){4}$/;

/** Counts the 16-bit groups of one side of an IPv6 address; NaN when a group is malformed. */
function groups(side: string, mayEndInIpv4: boolean): number {
  if (side === '') return 0;
  const parts = side.split(':');
  let count = 0;
  for (const [position, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) count += 1;
    else if (mayEndInIpv4 && position === parts.length - 1 && IPV4.test(part)) count += 2;
    else return Number.NaN;
  }
  return count;
}

function isIpv6(text: string): boolean {
  const sides = text.split('::');
  if (sides.length === 1) return groups(text, true) === 8;
  if (sides.length > 2) return false;
  return groups(sides[0] ?? '', false) + groups(sides[1] ?? '', true) <= 7;
}

function isAuthorityWithPath(text: string): boolean {
  const slash = text.indexOf('/');
  const authority = slash === -1 ? text : text.slice(0, slash);
  const path = slash === -1 ? '' : text.slice(slash);
  if (!PATH_AFTER_AUTHORITY.test(path)) return false;
  const at = authority.indexOf('@');
  if (at !== -1 && !USER_INFO.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1);
  const literal = IP_LITERAL.exec(host)?.[1];
  return literal === undefined ? NAMED_HOST.test(host) : isIpv6(literal) || IP_FUTURE.test(literal);
}

/** True for an absolute URI with a scheme and something behind it. */
export function isUri(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme === undefined) return false;
  const [withQuery = '', ...fragments] = text.slice(scheme.length).split('#');
  const fragment = fragments.length > 1 ? '#' : (fragments[0] ?? '');
  const question = withQuery.indexOf('?');
  const hierarchy = question === -1 ? withQuery : withQuery.slice(0, question);
  const query = question === -1 ? '' : withQuery.slice(question + 1);
  if (!QUERY_OR_FRAGMENT.test(query) || !QUERY_OR_FRAGMENT.test(fragment)) return false;
  return (
    PATH_ROOTLESS.test(hierarchy) ||
    PATH_ABSOLUTE.test(hierarchy) ||
    (hierarchy.startsWith('/') && isAuthorityWithPath(hierarchy.slice(1))) ||
    (hierarchy.startsWith('//') && isAuthorityWithPath(hierarchy.slice(2)))
  );
}

const LETTERS_AND_DIGITS = '[A-Za-z0-9]';
const EXTENDED_LANGUAGE = '[A-Za-z]{3}(?:-[A-Za-z]{3}){0,2}';
const PRIVATE_USE = `x(?:-${LETTERS_AND_DIGITS}{1,8})+`;
const LANGUAGE_TAG = new RegExp(
  `^(?:(?:[A-Za-z]{2,3}(?:-${EXTENDED_LANGUAGE})?|[A-Za-z]{4,8})` + // language
    '(?:-[A-Za-z]{4})?' + // script
    '(?:-(?:[A-Za-z]{2}|[0-9]{3}))?' + // region
    `(?:-(?:${LETTERS_AND_DIGITS}{5,8}|[0-9]${LETTERS_AND_DIGITS}{3}))*` + // variants
    `(?:-[0-9A-WY-Za-wy-z](?:-${LETTERS_AND_DIGITS}{2,8})+)*` + // extensions
    `(?:-${PRIVATE_USE})?|${PRIVATE_USE})$`,
);

/** True for a language tag by the grammar of RFC 5646 (BCP 47), such as `zh-Hans-CN`. */
export const isLanguageTag = (text: string): boolean => text.length <= MAX_LENGTH && LANGUAGE_TAG.test(text);

/** True for a version of the standard as packages state it: major and minor, no patch. */
export const isVersion = (text: string): boolean => /^\d+\.\d+$/.test(text);
