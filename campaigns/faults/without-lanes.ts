/** Planted fault: messages of one document do not wait for each other. The campaign must see them out of order. */
import { Flight } from '../../src/server/platform/db/flight.ts';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function hasty(text, values, name) {
  if (!text.includes('with busy as')) return add.call(this, text, values, name);
  const hastily = text
    .replace(/and not exists \(select from outgoing e where e\.lane[^)]*\)/, '')
    .replace('order by d.next_at, d.id) as place', 'order by md5(d.id::text)) as place');
  return add.call(this, hastily, values, `${name} hasty`);
};
