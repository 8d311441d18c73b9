/** The oldest Node.js the packages run on; also in package.json. */
const OLDEST = [20, 19];

/**
 * This file is loaded by whatever Node.js is there, so it keeps to old syntax and imports nothing.
 *
 * @param {string} version
 * @returns {string | undefined} what to tell the person at the keyboard
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return (
    `Node.js ${version} is too old; ${OLDEST.join('.')} or later is needed.\n` +
    'Install a current Node.js from https://nodejs.org, then start again.'
  );
}
