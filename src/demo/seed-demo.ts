import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DEMO_DISTRICT, IdentityApi, SeedDemoAreas } from '#modules/identity';
import { UnitOfWork } from '#platform';
import { DEMO_PEOPLE } from './demo-people.js';
import { SeedDistrict } from './seed-district.js';

export interface DemoLogin {
  readonly login: string;
  readonly password: string;
  readonly role: { readonly zh: string; readonly en: string };
}

/**
 * Loads the fictional demo district through the ordinary use cases, each as the person who would do it.
 * Everything after the list of areas is one transaction: half a district cannot remain.
 */
@Injectable()
export class SeedDemo {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly identity: IdentityApi,
    private readonly areas: SeedDemoAreas,
    private readonly district: SeedDistrict,
  ) {}

  /** @returns the logins; undefined when the district is there already */
  async execute(): Promise<DemoLogin[] | undefined> {
    if (await this.identity.accountIdByLogin('purchaser')) return undefined;
    await this.identity.importShippedAreas();
    const password = randomBytes(9).toString('base64url');
    await this.uow.run(async () => {
      await this.areas.execute();
      const ids = await this.people(password);
      await this.district.execute(ids);
    });
    return DEMO_PEOPLE.map(({ login, zh, en }) => ({ login, password, role: { zh, en } }));
  }

  private async people(password: string): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const person of DEMO_PEOPLE) {
      const id = await this.identity.createAccount({
        login: person.login,
        displayName: `${person.zh}（演示）`,
        password,
        email: `${person.login}@demo.invalid`,
      });
      ids.set(person.login, id);
      for (const role of person.roles) {
        await this.identity.grantRole({
          accountId: id,
          role,
          areaCode: DEMO_DISTRICT,
          reason: 'demonstration',
        });
      }
    }
    return ids;
  }
}
