/** Planted fault: every third time that messages are put on their way, they are not, and nobody says so. The campaign must miss them. */
import { Flight } from '../../src/server/platform/db/flight.ts';

let times = 0;
// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function losing(text, values, name) {
  if (text.includes('insert into outgoing (')) {
    times += 1;
    if (times % 3 === 0) return Promise.resolve({ command: 'INSERT', rowCount: 0, rows: [] });
  }
  return add.call(this, text, values, name);
};
