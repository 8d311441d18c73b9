/**
 * @typedef {object} Task
 * @property {(text: string) => void} detail what it is at just now
 * @property {(mark: string, remark?: string) => void} end
 *
 * @typedef {object} Progress
 * @property {(title: string) => Task} begin shows a task with its elapsed seconds until it ends
 * @property {<T>(title: string, work: (say: (detail: string) => void) => Promise<T>) => Promise<T>} step
 *   a task around a function: ends well when that returns, badly when it throws
 * @property {(line: string) => void} note
 * @property {(line: string) => void} warn
 */

/**
 * On a terminal one line is rewritten while tasks run; elsewhere (a log, a CI page) there is a line when a
 * task begins and one every ten seconds, so that nobody takes a long step for a hang.
 *
 * @param {NodeJS.WriteStream} [out]
 * @returns {Progress}
 */
export function createProgress(out = process.stdout) {
  // A closed pipe (`npm start | head`) must not take the product down.
  out.on('error', () => undefined);
  /** @type {Set<() => string>} */
  const running = new Set();
  let drawn = false;
  const wipe = () => {
    if (drawn) out.write('\r\u001b[2K');
    drawn = false;
  };
  const draw = () => {
    if (!out.isTTY || running.size === 0) return;
    wipe();
    const line = [...running].map((describe) => describe()).join('   ');
    out.write(line.slice(0, (out.columns || 80) - 1));
    drawn = true;
  };
  /** @param {string} line */
  const print = (line) => {
    wipe();
    out.write(`${line}\n`);
    draw();
  };
  /** @type {Progress['begin']} */
  const begin = (title) => {
    const begun = performance.now();
    let at = '';
    const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
    const describe = () => `… ${title} ${seconds()}${at === '' ? '' : ` · ${at}`}`;
    running.add(describe);
    if (!out.isTTY) print(`… ${title}`);
    const timer = out.isTTY ? setInterval(draw, 120) : setInterval(() => print(describe()), 10_000);
    // What it shows must never be what keeps us alive.
    timer.unref();
    return {
      detail: (text) => {
        at = text;
      },
      end: (mark, remark = '') => {
        clearInterval(timer);
        running.delete(describe);
        print(`${mark} ${title} ${seconds()}${remark === '' ? '' : ` · ${remark}`}`);
      },
    };
  };
  return {
    begin,
    async step(title, work) {
      const task = begin(title);
      try {
        const result = await work(task.detail);
        task.end('✓');
        return result;
      } catch (error) {
        task.end('✗');
        throw error;
      }
    },
    note: (line) => {
      print(`  ${line}`);
    },
    warn: (line) => {
      print(`! ${line}`);
    },
  };
}
