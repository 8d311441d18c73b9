import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../authorization/decorators.js';
import { AppConfig } from '../config/app-config.js';
import { platformErrors } from '../platform.errors.js';
import { DemoLoginResponse } from './dto/demo-login.response.js';

/** The logins of the fictional district, where it is loaded. In production there are none. */
@ApiTags('demo')
@Controller('demo')
export class DemoLoginsController {
  constructor(@Inject(AppConfig) private readonly config: AppConfig) {}

  /** Fictional accounts to look around with; 404 where the demo district is not loaded. */
  @Get('logins')
  @Header('Cache-Control', 'no-store')
  @Public('the accounts are fictional and there to be used by whoever looks at a demonstration')
  async logins(): Promise<DemoLoginResponse[]> {
    const { demoLoginsFile } = this.config;
    if (demoLoginsFile === undefined) throw platformErrors.notFound();
    let text: string;
    try {
      text = await readFile(demoLoginsFile, 'utf8');
    } catch {
      throw platformErrors.notFound();
    }
    const logins = JSON.parse(text) as DemoLoginResponse[];
    return logins.map(({ login, password, role }) => ({
      login,
      password,
      role: { zh: role.zh, en: role.en },
    }));
  }
}
