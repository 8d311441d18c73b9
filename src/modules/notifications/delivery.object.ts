import { defineObject } from '#platform';
import { Delivery } from './delivery.entity.js';
import { deliveryStates } from './delivery.state.js';

/** Nothing of the person or the words is traced; the reference ends in a domain and is left out, too. */
export const deliveryObject = defineObject({
  name: 'notifications.delivery',
  entity: Delivery,
  machines: { state: deliveryStates },
  acts: { write: { zh: '生成', en: 'write' } },
  traced: ['messageId', 'channel', 'attempts', 'lastError'],
});
