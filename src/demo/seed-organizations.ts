import { Injectable } from '@nestjs/common';
import { creditCodeCheckCharacter } from '#libs/kernel';
import { DEMO_DISTRICT } from '#modules/identity';
import { ApproveOrganization, RegisterOrganization } from '#modules/organizations';
import { ActingAs } from './acting-as.js';
import { DEMO_BUYER, DEMO_PEOPLE, DEMO_SUPPLIERS, type DemoPerson } from './demo-people.js';

/** The buyer, and the suppliers: registered by their administrators, let in by civil affairs. */
@Injectable()
export class SeedOrganizations {
  constructor(
    private readonly acting: ActingAs,
    private readonly register: RegisterOrganization,
    private readonly approve: ApproveOrganization,
  ) {}

  /** @returns the id of the buyer */
  async execute(ids: ReadonlyMap<string, string>): Promise<string> {
    const buyerId = await this.acting.official(ids, 'approver', 'approver', () =>
      this.register.execute({
        name: DEMO_BUYER.name,
        creditCode: creditCodeOf(DEMO_BUYER),
        areaCode: DEMO_DISTRICT,
        purpose: '采购人',
        claimsSmallEnterprise: false,
      }),
    );
    for (const [index, supplier] of DEMO_SUPPLIERS.entries()) {
      const administrator = DEMO_PEOPLE.find(({ administers }) => administers === index);
      const organizationId = await this.acting.person(ids, loginOf(administrator), () =>
        this.register.execute({
          name: supplier.name,
          creditCode: creditCodeOf(supplier),
          areaCode: DEMO_DISTRICT,
          purpose: supplier.purpose,
          claimsSmallEnterprise: false,
        }),
      );
      await this.acting.official(ids, 'civil-affairs', 'civil-affairs', () =>
        this.approve.execute({ organizationId }),
      );
    }
    return buyerId;
  }
}

function loginOf(person: DemoPerson | undefined): string {
  if (!person) throw new Error('A demo supplier has no administrator');
  return person.login;
}

function creditCodeOf({ prefix, body }: { prefix: string; body: string }): string {
  const first17 = `${prefix}${DEMO_DISTRICT}${body}`;
  return first17 + creditCodeCheckCharacter(first17);
}
