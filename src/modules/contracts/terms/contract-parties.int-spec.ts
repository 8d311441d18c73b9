import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Person, Supplier } from '../../../../test/support/given.js';
import { type ActiveContract, ContractWorld } from '../contracts.test-support.js';
import { ContractReads } from './contracts.read.js';

const refused = (code: string) => expect.objectContaining({ code });

let world: ContractWorld;
beforeAll(async () => {
  world = await ContractWorld.begin();
});
afterAll(async () => {
  expect(await world.end()).toEqual([]);
});

/** Shares the supplier's side with another organization, as a consortium will be entered. */
async function shareWith({ id }: ActiveContract, partner: Supplier): Promise<void> {
  const owner = new pg.Client({ connectionString: world.test.database.url });
  await owner.connect();
  try {
    await owner.query(
      `SET session_replication_role = replica;
       UPDATE contracts.contract_party SET share_basis_points = 6000 WHERE contract_id = '${id}' AND role = 'supplier';
       INSERT INTO contracts.contract_party (contract_id, organization_id, role, lead, share_basis_points)
       VALUES ('${id}', '${partner.organizationId}', 'supplier', false, 4000);
       INSERT INTO contracts.signature (contract_id, organization_id, side, account_id, signed_at, terms_hash)
       SELECT contract_id, '${partner.organizationId}', side, 'partner', signed_at, terms_hash
       FROM contracts.signature WHERE contract_id = '${id}' AND side = 'supplier'`,
    );
  } finally {
    await owner.end();
  }
}
async function partnersOf({ supplier }: ActiveContract): Promise<[partner: Supplier, stranger: Supplier]> {
  const all = await world.given.suppliers(3);
  return all.filter(({ organizationId }) => organizationId !== supplier.organizationId) as [
    Supplier,
    Supplier,
  ];
}
const listed = async (by: Person) => {
  const { items } = await world.test.as(by, () => world.test.get(ContractReads).list({ limit: 200 }));
  return items.map(({ id }) => id);
};

describe('the parties of a contract', () => {
  it('are its buyer and its supplier, each leading its side with the whole of it', async () => {
    const { id } = await world.draft();
    const { buyerOrganizationId, supplierOrganizationId } = await world.read(id);
    const parties = await world.test.sql(
      'SELECT organization_id, role, lead, share_basis_points FROM contracts.contract_party WHERE contract_id = $1 ORDER BY role',
      [id],
    );
    expect(parties).toEqual([
      { organization_id: buyerOrganizationId, role: 'buyer', lead: true, share_basis_points: 10_000 },
      { organization_id: supplierOrganizationId, role: 'supplier', lead: true, share_basis_points: 10_000 },
    ]);
  });

  it('each sign by themselves: a signature is of a party', async () => {
    const { id, supplier } = await world.active();
    const { buyerOrganizationId } = await world.read(id);
    const signed = await world.test.sql(
      'SELECT side, organization_id FROM contracts.signature WHERE contract_id = $1 ORDER BY side',
      [id],
    );
    expect(signed).toEqual([
      { side: 'buyer', organization_id: buyerOrganizationId },
      { side: 'supplier', organization_id: supplier.organizationId },
    ]);
  });
});

describe('a supplier who does not lead', () => {
  it('sees the contract and delivers, and a stranger does neither', async () => {
    const contract = await world.active();
    const [partner, stranger] = await partnersOf(contract);
    const [milestoneId] = contract.milestoneIds;
    const notFound = refused('platform.not-found');
    expect(await listed(partner.admin)).not.toContain(contract.id);
    await expect(world.read(contract.id, partner.admin)).rejects.toEqual(notFound);
    await shareWith(contract, partner);
    expect(await listed(partner.admin)).toContain(contract.id);
    expect(await listed(stranger.admin)).not.toContain(contract.id);
    expect(await world.read(contract.id, partner.admin)).toMatchObject({ id: contract.id });
    await expect(world.read(contract.id, stranger.admin)).rejects.toEqual(notFound);
    await expect(world.deliver(milestoneId, stranger.admin)).rejects.toEqual(notFound);
    await world.deliver(milestoneId, partner.admin);
    expect((await world.statesOf(contract.id))[1]).toBe('delivered');
  });

  it('accepts nothing that its side delivered, whatever office its people hold', async () => {
    const contract = await world.active();
    const [partner, stranger] = await partnersOf(contract);
    const [milestoneId] = contract.milestoneIds;
    await shareWith(contract, partner);
    await world.deliver(milestoneId, contract.supplier.admin);
    const acceptorOf = ({ organizationId }: Supplier): Person => ({
      ...world.acceptor,
      memberships: [...world.acceptor.memberships, { role: 'organization-staff', organizationId }],
    });
    const supplierAccepts = refused('contracts.supplier-accepts');
    await expect(world.accept(milestoneId, acceptorOf(partner))).rejects.toEqual(supplierAccepts);
    await expect(world.reject(milestoneId, acceptorOf(partner))).rejects.toEqual(supplierAccepts);
    await world.accept(milestoneId, acceptorOf(stranger));
    expect((await world.statesOf(contract.id))[1]).toBe('accepted');
  });
});
