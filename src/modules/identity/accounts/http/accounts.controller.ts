import { Body, Controller, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '#platform';
import { CreateAccount } from '../create-account.js';
import { LoginThrottle } from '../login-throttle.js';
import { RegisterAccountRequest } from './account.request.js';
import { CreatedResponse } from './account.response.js';

@ApiTags('Accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly createAccount: CreateAccount,
    private readonly throttle: LoginThrottle,
  ) {}

  /** Registers a person, who is then a member without further roles. */
  @Post()
  @Public('registering as a member')
  async register(@Body() body: RegisterAccountRequest, @Ip() address: string): Promise<CreatedResponse> {
    await this.throttle.countRegistration(address);
    return { id: await this.createAccount.execute(body) };
  }
}
