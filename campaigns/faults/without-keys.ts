/** Planted fault: answers are not kept under their idempotency key. The campaign of keys must see doubles. */
import { Flight } from '../../src/server/platform/db/flight.ts';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function forgetful(text, values, name) {
  if (text.includes('insert into idempotency')) return Promise.resolve({ command: 'INSERT', rowCount: 0, rows: [] });
  return add.call(this, text, values, name);
};
