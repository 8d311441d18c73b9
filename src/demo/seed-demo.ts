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

  /**
   * @param handOver receives the logins before the district exists for good: if they cannot be kept, or the
   *   process dies meanwhile, nothing was loaded and the next run begins anew
   * @returns whether the district was loaded now; false when it is there already
   */
  async execute(handOver: (logins: readonly DemoLogin[]) => Promise<void>): Promise<boolean> {
    if (await this.identity.accountIdByLogin('purchaser')) return false;
    await this.identity.importShippedAreas();
    const password = randomBytes(9).toString('base64url');
    await this.uow.run(async () => {
      await this.areas.execute();
      const ids = await this.people(password);
      await this.district.execute(ids);
      await handOver(DEMO_PEOPLE.map(({ login, zh, en }) => ({ login, password, role: { zh, en } })));
    });
    return true;
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
