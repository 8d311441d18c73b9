/**
 * @typedef {object} Progress
 * @property {<T>(title: string, work: (say: (detail: string) => void) => Promise<T>) => Promise<T>} step
 *   shows the step with its elapsed seconds while it runs and when it is done
 * @property {(line: string) => void} note
 * @property {(line: string) => void} warn
 */

/** A step quicker than this is not worth a line. */
const SILENT_MS = 150;

/**
 * On a terminal one line is rewritten while a step runs; elsewhere (a log, a CI page) there is a line when
 * it begins and one every ten seconds, so that nobody takes a long step for a hang.
 *
 * @param {NodeJS.WriteStream} [out]
 * @returns {Progress}
 */
export function createProgress(out = process.stdout) {
  // A closed pipe (`npm start | head`) must not take the product down.
  out.on('error', () => undefined);
  let shown = '';
  const wipe = () => {
    if (shown !== '') out.write('\r\u001b[2K');
    shown = '';
  };
  /** @param {string} line */
  const print = (line) => {
    const again = shown;
    wipe();
    out.write(`${line}\n`);
    if (again !== '') out.write((shown = again));
  };
  return {
    note: (line) => {
      print(`  ${line}`);
    },
    warn: (line) => {
      print(`! ${line}`);
    },
    async step(title, work) {
      const begun = performance.now();
      let detail = '';
      const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
      const line = () => `… ${title} ${seconds()}${detail === '' ? '' : ` · ${detail}`}`;
      const timer = out.isTTY
        ? setInterval(() => {
            wipe();
            shown = line().slice(0, (out.columns || 80) - 1);
            out.write(shown);
          }, 120)
        : setInterval(() => {
            print(line());
          }, 10_000);
      if (!out.isTTY) print(`… ${title}`);
      try {
        const result = await work((text) => {
          detail = text;
        });
        clearInterval(timer);
        wipe();
        if (!out.isTTY || performance.now() - begun > SILENT_MS) print(`✓ ${title} ${seconds()}`);
        return result;
      } catch (error) {
        clearInterval(timer);
        wipe();
        print(`✗ ${title} ${seconds()}`);
        throw error;
      }
    },
  };
}

/** @type {Progress} for those who only want the work done */
export const silentProgress = {
  step: async (_title, work) => work(() => undefined),
  note: () => undefined,
  warn: () => undefined,
};
