import { GivenAwards } from '../../src/modules/procurement/awarding/awarding.given.js';
import type { TestApp } from './app.js';

export type { OpenedOptions, OpenedTender } from '../../src/modules/procurement/bidding/bidding.given.js';
export { scoresFor } from '../../src/modules/procurement/evaluating/evaluating.given.js';
export { type GivenTender, tenderFile } from '../../src/modules/procurement/tendering/tendering.given.js';
export { type Account, DISTRICT, type Person, type Supplier } from './given-district.js';

/**
 * What a test starts from, made through the use cases themselves, so that nothing is given that the product
 * could not have made. Cheap things are made once per `Given` and shared; ask for your own where they matter.
 */
export class Given extends GivenAwards {
  static async in(test: TestApp): Promise<Given> {
    const given = new Given(test);
    await given.prepare();
    return given;
  }
}
