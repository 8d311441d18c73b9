import { readFileSync } from 'node:fs';

/** @typedef {{ login: string, password: string, role?: string | { zh?: string, en?: string } }} DemoLogin */

/**
 * The fictional accounts that the seed wrote down, as a table.
 *
 * @param {string} path of demo-logins.json: an array, or an object with the array in `logins`
 * @returns {string[]} lines; empty when there is no such file
 */
export function demoLoginTable(path) {
  /** @type {DemoLogin[]} */
  let logins;
  try {
    const found = JSON.parse(readFileSync(path, 'utf8'));
    logins = Array.isArray(found) ? found : found.logins;
    if (!Array.isArray(logins)) return [];
  } catch {
    return [];
  }
  const rows = logins.map(({ login, password, role }) => {
    const { zh = '', en = '' } = typeof role === 'object' ? role : { en: role ?? '' };
    return [zh, en, login, password];
  });
  const table = [['身份', 'Role', '账号 Login', '密码 Password'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => displayWidth(row[column] ?? ''))),
  );
  return table.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Chinese characters take two columns of a terminal. @param {string} text */
function displayWidth(text) {
  return [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      )
        ? 2
        : 1),
    0,
  );
}
