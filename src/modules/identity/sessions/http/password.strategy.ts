import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { VerifyPassword } from '../verify-password.js';

/** Login and password from the body of the request. */
@Injectable()
export class PasswordStrategy extends Strategy {
  constructor(verifyPassword: VerifyPassword) {
    super(
      { usernameField: 'login', passwordField: 'password', session: false, passReqToCallback: true },
      (request, login, password, done) => {
        verifyPassword
          .execute({ login, password, address: (request as unknown as FastifyRequest).ip })
          .then((accountId) => {
            done(null, { accountId });
          }, done);
      },
    );
  }
}
