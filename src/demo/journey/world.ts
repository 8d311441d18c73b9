import { Account, type Balances } from './account.js';
import { type Login, Person } from './client.js';

/** Where a journey takes place and who acts in it. What the stages find out they hand on as values. */
export class World {
  readonly account: Account;

  constructor(
    readonly baseUrl: string,
    /** Code of the demo district. */
    readonly district: string,
    private readonly logins: readonly Login[],
    write: (line: string) => void,
  ) {
    this.account = new Account(write);
  }

  private readonly people = new Map<string, Person>();

  person(login: string): Person {
    const known = this.people.get(login);
    if (known) return known;
    const found = this.logins.find((one) => one.login === login);
    if (!found) throw new Error(`The demo district has no login "${login}"`);
    const person = new Person(this.baseUrl, found);
    this.people.set(login, person);
    return person;
  }

  get purchaser(): Person {
    return this.person('purchaser');
  }
  get approver(): Person {
    return this.person('approver');
  }
  get acceptor(): Person {
    return this.person('acceptor');
  }
  get finance(): Person {
    return this.person('finance');
  }

  async balances(budgetLineId: string): Promise<Balances> {
    const line = await this.finance.get<{ balances: Balances }>(`/budget-lines/${budgetLineId}`);
    return line.balances;
  }

  async showMoney(budgetLineId: string): Promise<void> {
    this.account.money(await this.balances(budgetLineId));
  }
}
