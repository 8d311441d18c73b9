import 'reflect-metadata';
import { AppModule } from './app.module.js';
import { ConfigError, loadConfig } from './platform/config/app-config.js';
import { createHttpApp } from './platform/http/create-app.js';

/** The API process. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createHttpApp(AppModule.forProcess(config, 'api'), config);
  await app.listen({ port: config.port, host: config.host });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
