import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#libs/kernel';
import { RequestContext } from '../context/request-context.js';
import { sqlState } from '../database/database-error.js';
import { noteRefusal } from '../logging/refused-requests.js';
import { explainedActOf } from '../refusals/explains-refusals.js';
import { RefusalRecords } from '../refusals/refusal-records.js';
import { traceOf } from './failure.js';
import { toDomainError, toProblem } from './problem.js';

/** The one place where an error becomes an answer. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('problem');

  constructor(
    private readonly context: RequestContext,
    private readonly modules: ModuleRef,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const problem = toProblem(error, request.id, this.context.locale);
    noteRefusal(request, problem.code);
    const state = sqlState(error);
    // A constraint that its module has declared is an ordinary refusal; any other says that a check is missing.
    const declared = error instanceof DomainError && error.code !== 'platform.rule-violated';
    if (problem.status >= 500 || (state !== undefined && !declared)) {
      // The stack only: a driver's message or detail may repeat the row, and so a person's data.
      this.log.error({ requestId: request.id, code: problem.code, ...traceOf(error) });
    }
    const retryAfter = (problem.details as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('Retry-After', String(retryAfter));
    void reply
      .status(problem.status)
      .header('Content-Type', 'application/problem+json; charset=utf-8')
      .send(problem);
    this.explain(error, request);
  }

  /** Where the route is to explain its refusals; the answer is on its way. */
  private explain(error: unknown, request: FastifyRequest): void {
    const act = explainedActOf(request);
    if (!act) return;
    const { id } = request.params as { id?: string };
    this.modules.get(RefusalRecords, { strict: false }).note(act, id, toDomainError(error));
  }
}
