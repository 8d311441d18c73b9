import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../authorization/decorators.js';
import { UnitOfWork } from '../database/unit-of-work.js';

const TIMEOUT_MS = 2_000;

/** For load balancers and the launcher: alive = the process answers; ready = it can do its work. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  @Get('live')
  @Public('a load balancer asks without an account')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public('a load balancer asks without an account')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: 'ok' | 'unavailable'; database: string }> {
    const database = await Promise.race([
      this.uow.sql('SELECT 1 FROM platform.relay_cursor').then(
        () => 'ok',
        () => 'unavailable',
      ),
      new Promise<string>((resolve) =>
        setTimeout(() => {
          resolve('unavailable');
        }, TIMEOUT_MS).unref(),
      ),
    ]);
    if (database !== 'ok') void reply.status(503);
    return { status: database === 'ok' ? 'ok' : 'unavailable', database };
  }
}
