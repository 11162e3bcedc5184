/** Planted fault: reads take no row locks, and nothing in the schema stands behind them. The oversell campaign must see what comes of it. */
import { Flight } from '../../src/server/platform/db/flight.ts';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function unlocked(text, values, name) {
  if (!/ for (no key )?update/.test(text)) return add.call(this, text, values, name);
  return add.call(this, text.replaceAll(/ for (no key )?update( of \w+)?/g, ''), values, `${name} unlocked`);
};
