import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule } from './platform/platform.module.js';
import type { AppConfig } from './platform/config/app-config.js';

/** The only place that lists the modules. */
@Module({})
export class AppModule {
  static forProcess(config: AppConfig, processName: 'api' | 'worker' | 'cli' | 'test'): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forProcess(config, processName)],
    };
  }
}
