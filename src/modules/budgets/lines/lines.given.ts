import { Money, newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { AppropriateLine } from './appropriate-line.js';
import type { LineElements } from './budget-line.entity.js';
import { CreateBudgetLine } from './create-budget-line.js';
import { fiscalYearOf } from './fiscal-year.js';

type Actor = Parameters<TestApp['as']>[0];

/** Elements of a line of the demonstration's district, of which no two lines have all the same. */
export function lineElements(
  buyerOrganizationId: string,
  overrides: Partial<LineElements> = {},
): LineElements {
  const fiscalYear = overrides.fiscalYear ?? fiscalYearOf(new Date());
  return {
    fiscalYear,
    // Midnight of New Year's Eve may pass while a test runs.
    carriesOverTo: fiscalYear + 1,
    areaCode: '999901',
    documentNumber: `示例财〔2026〕${newId().slice(-6)}号`,
    projectCode: newId().toUpperCase(),
    name: '社区服务购买（虚构）',
    buyerOrganizationId,
    unitCode: '701001',
    fundNature: 'general-public-budget',
    functionalClass: '2080208',
    governmentEconomicClass: '50205',
    departmentEconomicClass: '30227',
    source: 'annual-budget',
    isGovernmentProcurement: true,
    paymentMethod: 'treasury-direct',
    reservationStage: 'publication',
    ...overrides,
  };
}

/** A line that holds no money yet. @returns its id */
export function givenLine(
  test: Pick<TestApp, 'get' | 'as'>,
  by: Actor,
  elements: LineElements,
): Promise<string> {
  return test.as(by, () => test.get(CreateBudgetLine).execute(elements));
}

/** More money on a line. */
export function givenMoney(
  test: Pick<TestApp, 'get' | 'as'>,
  by: Actor,
  lineId: string,
  amountFen: number,
): Promise<void> {
  return test.as(by, () =>
    test.get(AppropriateLine).execute({
      lineId,
      amount: Money.fen(amountFen),
      documentNumber: '示例财预〔2026〕1号',
      key: newId(),
    }),
  );
}
