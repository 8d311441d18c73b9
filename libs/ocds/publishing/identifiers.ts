/** Stable identifiers: the same thing has the same id in every release and every export. */
import { ocdsErrors } from '../errors.js';

const OCID_PREFIX = /^ocds-[a-z0-9]{6}$/;
/** `#` would end the URL that a release is known by; white space does not survive copying. */
const PLAIN_ID = /^[^\s#]+$/;

/**
 * The ocid of a contracting process: the publisher's registered prefix and the process's own number.
 * @throws DomainError `ocds.bad-ocid-prefix`, `ocds.bad-process-id`
 */
export function ocidOf(prefix: string, processId: string): string {
  if (!OCID_PREFIX.test(prefix)) throw ocdsErrors.badOcidPrefix({ prefix });
  if (!PLAIN_ID.test(processId)) throw ocdsErrors.badProcessId({ id: processId });
  return `${prefix}-${processId}`;
}

/** The id of an organization within releases: scheme and number, such as `CN-USCC-<unified social credit code>`. */
export const partyId = (scheme: string, id: string): string => `${scheme}-${id}`;
