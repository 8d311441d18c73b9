import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { AREA_ROLES, type AreaRole, type Membership, Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { FileStore } from '#platform';
import { CreatePlanItem } from '../../src/modules/procurement/planning/create-plan-item.js';
import { givenPeople } from '../../src/modules/identity/accounts/accounts.given.js';
import { givenRole } from '../../src/modules/identity/roles/roles.given.js';
import { givenSession } from '../../src/modules/identity/sessions/sessions.given.js';
import { GatherGroup } from '../../src/modules/organizations/registry/gather-group.js';
import type { TestApp } from './app.js';
import { DISTRICT, Given } from './given.js';

/** Where the objects are not. */
export const ELSEWHERE = '999902';

export type Official = `${AreaRole}@${'own' | 'elsewhere'}`;
export type Colleague = `organization-${'admin' | 'staff'}@${'own' | 'elsewhere'}`;
/**
 * Who knocks: nobody signed in; a person without roles; the person to whom the personal objects belong; an
 * evaluator appointed to the tender; each role in the area or organization of the objects, and in another.
 */
export type VisitorName = 'anonymous' | 'member' | 'owner' | 'appointed' | Official | Colleague;

export interface Visitor {
  readonly name: VisitorName;
  readonly token: string | undefined;
}

/** Ids of real objects, all of the own district and the own organization, personal ones of the owner. */
export interface Objects {
  readonly area: string;
  readonly organizationId: string;
  readonly pendingOrganizationId: string;
  readonly draftItemId: string;
  readonly draftTenderId: string;
  readonly openedTenderId: string;
  readonly bidId: string;
  readonly bidFileId: string;
  readonly lineId: string;
  readonly contractId: string;
  readonly milestoneId: string;
  readonly deliveryId: string;
  readonly deliveryFileId: string;
  readonly paymentId: string;
  readonly projectId: string;
  readonly shiftId: string;
  readonly signUpId: string;
  readonly refusalId: string;
  readonly refusedRequestId: string;
  readonly messageId: string;
  readonly emailId: string;
  readonly sessionId: string;
  readonly deadTaskId: string;
  readonly otherDeadTaskId: string;
  readonly accountId: string;
  readonly membershipId: string;
}

/** Made through the use cases where they are quick, and by rows where only the existence matters. */
export async function givenWorld(test: TestApp): Promise<{ objects: Objects; visitors: Visitor[] }> {
  const given = await Given.in(test);
  await test.sql(
    `INSERT INTO identity.area (code, name, level, parent_code, source)
     VALUES ('${ELSEWHERE}', '虚构乙区', 'county', '9999', 'test') ON CONFLICT DO NOTHING`,
  );
  const [own, other] = await given.suppliers(2);
  if (!own || !other) throw new Error('Two suppliers were asked for');
  const purchase = await givenPurchase(test, given);
  const delivery = await givenDelivery(test, purchase);
  const [owner = '', holder = ''] = await givenPeople(test, 2);
  const personal = await givenPersonalObjects(test, owner);
  const shift = await givenShift(test, owner, own.organizationId);
  const membershipId = await givenRole(test, holder, { role: 'community-worker', areaCode: DISTRICT });
  const draftItem = await test.as(given.purchaser, () =>
    test.get(CreatePlanItem).execute({
      areaCode: DISTRICT,
      buyerName: '测试街道办事处',
      title: '未公开的测试项目',
      summary: '',
      serviceKind: 'auxiliary',
      budget: Money.fen(1_000_000),
      expectedMonth: '2026-12',
    }),
  );
  const objects: Objects = {
    area: DISTRICT,
    organizationId: own.organizationId,
    ...purchase,
    ...delivery,
    ...personal,
    ...shift,
    draftItemId: draftItem.id,
    draftTenderId: (await given.draftedTender()).tenderId,
    accountId: holder,
    membershipId,
  };
  const [appointed] = await given.evaluators();
  const visitors = await givenVisitors(test, {
    owner,
    appointed: appointed?.accountId ?? '',
    ownOrganization: own.organizationId,
    otherOrganization: other.organizationId,
  });
  return { objects, visitors };
}

/** Two tenders: one opened with its committee, one awarded, whose contract is drafted and partly paid. */
async function givenPurchase(test: TestApp, given: Given) {
  const [opened, evaluated] = await given.openedTenders(2);
  if (!opened || !evaluated) throw new Error('Two tenders were asked for');
  await given.committee(opened);
  await given.committee(evaluated);
  await given.qualifyAll(evaluated);
  for (const evaluator of await given.evaluators()) await given.score(evaluated, evaluator);
  const { awardId } = await given.award(evaluated);
  await test.settle();
  const [contract] = await test.sql<{ contractId: string; milestoneId: string }>(
    `SELECT c.id AS "contractId", m.id AS "milestoneId" FROM contracts.contract c
     JOIN contracts.milestone m ON m.contract_id = c.id WHERE c.award_id = $1`,
    [awardId],
  );
  if (!contract) throw new Error('The award was not followed by a contract');
  const budgets = test.get(BudgetsApi);
  const amount = Money.fen(1_000_000);
  const payable = { awardId, milestoneId: contract.milestoneId, amount };
  const [bid] = opened.bids;
  if (!bid) throw new Error('Nobody has bid');
  const { paymentId } = await test.as(given.finance, () =>
    test.uow.run(async () => {
      await budgets.accrue({ ...payable, key: `accrue-${awardId}` });
      return budgets.requestPayment({
        ...payable,
        payeeOrganizationId: bid.supplier.organizationId,
        acceptedBy: newId(),
        key: `pay-${awardId}`,
      });
    }),
  );
  const bidFileId = await givenFile(test, 'procurement.own-file', bid.supplier.organizationId);
  await test.sql(
    `UPDATE procurement.bid SET files = jsonb_build_array(jsonb_build_object('id', $2::text, 'name', 'a.txt', 'sha256', ''))
     WHERE id = $1`,
    [bid.bidId, bidFileId],
  );
  return {
    openedTenderId: opened.tenderId,
    lineId: evaluated.lineId,
    bidId: bid.bidId,
    bidFileId,
    ...contract,
    paymentId,
  };
}

async function givenDelivery(test: TestApp, { milestoneId }: { milestoneId: string }) {
  const deliveryId = newId();
  await test.sql(
    `INSERT INTO contracts.delivery (id, milestone_id, note, delivered_by, delivered_at)
     VALUES ($1, $2, 'test', 'test', now())`,
    [deliveryId, milestoneId],
  );
  return { deliveryId, deliveryFileId: await givenFile(test, 'contracts.delivery', deliveryId) };
}

async function givenFile(test: TestApp, objectType: string, objectId: string): Promise<string> {
  return test.as({}, async () => {
    const { id } = await test.get(FileStore).upload('a.txt', Readable.from([Buffer.from('evidence')]));
    await test.uow.run(() => test.get(FileStore).attach([id], objectType, objectId));
    return id;
  });
}

/** What belongs to one person: an application, a message, a session; and what only operators see. */
async function givenPersonalObjects(test: TestApp, owner: string) {
  const [message, email, session] = [newId(), newId(), newId()];
  const tasks = [newId(), newId()] as const;
  const pending = await test.as({ accountId: owner }, () =>
    test.get(GatherGroup).execute({ name: '待审互助小组', areaCode: DISTRICT, purpose: 'test' }),
  );
  await test.sql(
    `INSERT INTO notifications.message (id, event_id, account_id, event_type, about_type, about_id,
       subject_zh, body_zh, subject_en, body_en, created_at)
     VALUES ($1, gen_random_uuid(), $2, 'probe.told.v1', 'probe', '1', '测试', '测试', 'Test', 'Test', now())`,
    [message, owner],
  );
  await test.sql(
    `INSERT INTO notifications.delivery (id, message_id, channel, state, attempts, reference, queued_at, sending_at, settled_at)
     VALUES ($1, $2, 'email', 'uncertain', 1, '<one@test.invalid>', now(), now(), now())`,
    [email, message],
  );
  await givenSession(test, owner, session);
  await test.sql(
    `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, state, created_at)
     SELECT id, 'probe.dead', id::text, 'default', '{}', 'test', now(), 'dead', now() FROM unnest($1::uuid[]) AS t (id)`,
    [tasks],
  );
  return {
    pendingOrganizationId: pending,
    messageId: message,
    emailId: email,
    sessionId: session,
    deadTaskId: tasks[0],
    otherDeadTaskId: tasks[1],
  };
}

/** A project of the organization with a shift for which the owner has signed up, after a refusal. */
async function givenShift(test: TestApp, owner: string, organizationId: string) {
  const [projectId, shiftId, signUpId] = [newId(), newId(), newId()];
  const [roleId, volunteerId] = [newId(), newId()];
  const [refusalId, refusedRequestId] = [newId(), newId()];
  await test.sql(
    `INSERT INTO projects.project (id, source, organization_id, area_code, title, state, starts_on, ends_on, created_at)
     VALUES ($1, 'own', $2, $3, '测试项目', 'active', current_date, current_date + 300, now())`,
    [projectId, organizationId, DISTRICT],
  );
  await test.sql(
    `INSERT INTO volunteering.volunteer (id, account_id, birth_date, area_code, registered_by, registered_at)
     VALUES ($1, $2, '1990-05-04', $3, $2::uuid::text, now())`,
    [volunteerId, owner, DISTRICT],
  );
  await test.sql(
    `INSERT INTO volunteering.shift (id, project_id, organization_id, area_code, title, place, starts_at, ends_at,
       state, check_in_secret, created_by, created_at)
     VALUES ($1, $2, $3, $4, '测试班次', '测试地点', now() + interval '1 day', now() + interval '26 hours',
       'open', $5, 'test', now())`,
    [shiftId, projectId, organizationId, DISTRICT, randomBytes(32)],
  );
  await test.sql(
    'INSERT INTO volunteering.shift_role (id, shift_id, max_people, taken) VALUES ($1, $2, 9, 1)',
    [roleId, shiftId],
  );
  await test.sql(
    `INSERT INTO volunteering.sign_up (id, role_id, shift_id, volunteer_id, account_id, state, occupied, created_at)
     SELECT $1, $2, id, $4, $5, 'confirmed', tstzrange(starts_at, ends_at), now() FROM volunteering.shift WHERE id = $3`,
    [signUpId, roleId, shiftId, volunteerId, owner],
  );
  await test.sql(
    `INSERT INTO platform.refusal (id, occurred_at, actor_id, action, object_type, object_id, code, request_id)
     VALUES ($1, now(), $2, 'volunteering.sign-up', 'volunteering.shift', $3, 'volunteering.double-booked', $4)`,
    [refusalId, owner, shiftId, refusedRequestId],
  );
  return { projectId, shiftId, signUpId, refusalId, refusedRequestId };
}

async function givenVisitors(
  test: TestApp,
  who: { owner: string; appointed: string; ownOrganization: string; otherOrganization: string },
): Promise<Visitor[]> {
  const roles = Object.keys(AREA_ROLES) as AreaRole[];
  const officials = roles.flatMap((role): { name: VisitorName; membership: Membership }[] => [
    { name: `${role}@own`, membership: { role, areaCode: DISTRICT } },
    { name: `${role}@elsewhere`, membership: { role, areaCode: ELSEWHERE } },
  ]);
  const colleagues = (['organization-admin', 'organization-staff'] as const).flatMap(
    (role): { name: VisitorName; membership: Membership }[] => [
      { name: `${role}@own`, membership: { role, organizationId: who.ownOrganization } },
      { name: `${role}@elsewhere`, membership: { role, organizationId: who.otherOrganization } },
    ],
  );
  const people = [...officials, ...colleagues];
  const [member = '', ...accounts] = await givenPeople(test, people.length + 1);
  for (const [at, { membership }] of people.entries()) await givenRole(test, accounts[at] ?? '', membership);
  const visitors: Visitor[] = [
    { name: 'anonymous', token: undefined },
    { name: 'member', token: await givenSession(test, member) },
    { name: 'owner', token: await givenSession(test, who.owner) },
    { name: 'appointed', token: await givenSession(test, who.appointed) },
  ];
  for (const [at, { name }] of people.entries()) {
    visitors.push({ name, token: await givenSession(test, accounts[at] ?? '') });
  }
  return visitors;
}
