import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readableTail, rotateLog, watchLogs } from './log-files.mjs';

describe('a log', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let log;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linqiao-logs-'));
    log = join(folder, 'api.log');
  });
  afterEach(() => {
    jest.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });
  const files = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

  it('is moved aside when it is full, three times, and goes on in the same file', () => {
    for (const text of ['first', 'again', 'third', 'forth']) {
      appendFileSync(log, text);
      expect(rotateLog(log, 5)).toBe(true);
    }
    expect(files()).toEqual({
      'api.log': '',
      'api.log.1': 'forth',
      'api.log.2': 'third',
      'api.log.3': 'again',
    });
  });

  it('is left alone while it is not full, or not there', () => {
    writeFileSync(log, 'four');
    expect([rotateLog(log, 5), rotateLog(join(folder, 'absent.log'), 5)]).toEqual([false, false]);
    expect(files()).toEqual({ 'api.log': 'four' });
  });

  it('is read from its end, for people', () => {
    const lines = [
      'out of sight',
      JSON.stringify({ level: 'info', message: 'worker ready', secret: 'x' }),
      JSON.stringify({ level: 60, msg: 'it fell', err: { message: 'the cause' } }),
      '{"broken',
      'plain words',
    ];
    writeFileSync(log, `${lines.join('\n')}\n`);
    expect(readableTail(log, 4).split('\n')).toEqual([
      '    worker ready',
      '    it fell (the cause)',
      '    {"broken',
      '    plain words',
    ]);
    expect(readableTail(join(folder, 'absent.log'), 4)).toBe('');
  });

  describe('that is watched', () => {
    /** @type {string[]} */
    let told;
    /** @type {() => void} */
    let stop;
    beforeEach(() => {
      jest.useFakeTimers();
      told = [];
      writeFileSync(log, `${JSON.stringify({ level: 'error', message: 'before we looked' })}\n`);
      stop = watchLogs([{ name: 'api', path: log }], (line) => told.push(line));
    });
    afterEach(() => stop());
    /** @param {object[]} lines */
    const say = (...lines) => {
      appendFileSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      jest.advanceTimersByTime(1_000);
    };

    it('passes on what went wrong since, one short line each, and nothing else', () => {
      say({ level: 'info', message: 'fine' }, { level: 40, msg: 'a warning' });
      appendFileSync(log, 'no JSON: error\n');
      say({ level: 50, msg: 'numbered' }, { level: 'fatal', message: `named\n${'x'.repeat(500)}` });
      say({ level: 'error', err: { message: 'y'.repeat(500) } });
      expect(told).toEqual(['api: numbered', 'api: named', `api: ${'y'.repeat(200)}`]);
    });

    it('does not flood the terminal: six lines at once, then one in five seconds', () => {
      const error = (/** @type {number} */ n) => ({ level: 'error', message: String(n) });
      say(...Array.from({ length: 50 }, (_, n) => error(n)));
      expect(told).toHaveLength(6);
      jest.advanceTimersByTime(60_000);
      say(...Array.from({ length: 50 }, (_, n) => error(n)));
      expect(told).toHaveLength(12);
    });

    it('is told of no more once the watch has ended', () => {
      stop();
      say({ level: 'error', message: 'too late' });
      expect(told).toEqual([]);
    });
  });
});
