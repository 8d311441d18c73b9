import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createProgress } from './progress.mjs';

/** @param {{ isTTY?: boolean, columns?: number }} kind */
function screen(kind) {
  const out = Object.assign(new PassThrough(), kind);
  const progress = createProgress(/** @type {NodeJS.WriteStream} */ (/** @type {unknown} */ (out)));
  return { out, progress, shown: () => String(out.read() ?? '') };
}

describe('the progress of a start', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is a line at the begin, one at the end, and one every ten seconds where nobody rewrites lines', async () => {
    const { progress, shown } = screen({});
    await progress.step('Building', async (say) => {
      expect(shown()).toBe('… Building\n');
      say('src');
      jest.advanceTimersByTime(9_999);
      expect(shown()).toBe('');
      jest.advanceTimersByTime(1);
      expect(shown()).toBe('… Building 10.0 s · src\n');
    });
    expect(shown()).toBe('✓ Building 10.0 s\n');
    jest.advanceTimersByTime(60_000);
    expect(shown()).toBe('');
  });

  it('says of a step that failed that it did, and hands its error on', async () => {
    const { progress, shown } = screen({});
    const failed = progress.step('Building', () => Promise.reject(new Error('broken')));
    await expect(failed).rejects.toThrow('broken');
    expect(shown()).toBe('… Building\n✗ Building 0.0 s\n');
  });

  it('is one line of a terminal, rewritten, no wider than it is, and gone before anything else is said', () => {
    const { progress, shown } = screen({ isTTY: true, columns: 20 });
    const task = progress.begin('Installing packages');
    jest.advanceTimersByTime(120);
    expect(shown()).toBe('… Installing packag');
    progress.warn('a warning');
    expect(shown()).toBe('\r\u001b[2K! a warning\n… Installing packag');
    task.end('✓', 'done');
    expect(shown()).toBe('\r\u001b[2K✓ Installing packages 0.1 s · done\n');
  });

  it('goes on when nobody listens any more, as under `npm start | head`', () => {
    const { out, progress } = screen({});
    expect(() => out.emit('error', new Error('EPIPE'))).not.toThrow();
    progress.note('into the void');
  });
});
