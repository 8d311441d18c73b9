import { describe, expect, it } from '@jest/globals';
import { createLogger, NestLogger } from './logger.js';

/** What is written when every method of the logger has been called once. */
function written(level: string): { level: string; message: string }[] {
  const lines: string[] = [];
  const logger = new NestLogger(
    createLogger(level, 'probe', { write: (line: string) => void lines.push(line) }),
  );
  for (const name of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const)
    logger[name](name, 'Somewhere');
  return lines.map((line) => JSON.parse(line) as { level: string; message: string });
}

describe('the logger', () => {
  it('writes what Nest and the modules say at the level that they mean, with where it comes from', () => {
    const lines = written('debug');
    expect(lines.map(({ level, message }) => `${message}: ${level}`)).toEqual([
      'verbose: debug',
      'debug: debug',
      'log: info',
      'warn: warn',
      'error: error',
      'fatal: fatal',
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({
        service: 'probe',
        context: 'Somewhere',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
    }
  });

  it.each([
    ['info', 4],
    ['warn', 3],
    ['error', 2],
    ['fatal', 1],
    ['silent', 0],
  ] as const)('is as quiet as the settings want: %s', (level, count) => {
    expect(written(level)).toHaveLength(count);
  });
});
