import 'reflect-metadata';
import { constants, setPriority } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { ConfigError, loadConfig } from './platform/config/app-config.js';
import { createLogger, NestLogger } from './platform/logging/logger.js';
import { WorkerLoop } from './platform/tasks/worker-loop.js';

/** The worker process: relay and job consumers, the same modules as the API, no HTTP. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  // People wait for the API; what a worker does may take a moment longer when both want the processor.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const logger = createLogger(config.logLevel, 'worker');
  const app = await NestFactory.createApplicationContext(AppModule.forProcess(config, 'worker'), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const loop = app.get(WorkerLoop);
  await loop.start();
  logger.info('worker ready');
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void loop
      .stop()
      .then(() => app.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The launcher holds the other end; when it dies, however it dies, we go too.
  if (process.send) process.once('disconnect', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
