import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/**
 * Never logged, neither at the top of a line nor one level down, whoever passes it. `parameters`, `detail` and
 * `driverError` are what database errors carry of the row.
 */
const SECRET_FIELDS = [
  ...['req', 'res', 'headers', 'authorization', 'cookie', 'password', 'token', 'email', 'phone'],
  ...['parameters', 'detail', 'driverError'],
];

/**
 * Structured logs. Requests are logged by route pattern, not by address; bodies, headers, query strings and
 * client addresses are never logged, because they carry names, numbers and tokens.
 * @param destination where the lines go; standard output when absent
 */
export function createLogger(level: string, service: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), remove: true },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Lets Nest and the modules log through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context name as the last string argument. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.findLast((value): value is string => typeof value === 'string');
    const fields = {
      ...(context ? { context } : {}),
      ...(typeof message === 'object' && message !== null ? message : {}),
    };
    if (typeof message === 'string') this.pino[level](fields, message);
    else this.pino[level](fields);
  }
}
