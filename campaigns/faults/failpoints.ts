/**
 * Named points at which the product dies by its own hand, without a word: `before-commit:N`, when the Nth COMMIT is about to be sent;
 * `after-commit:N`, when the database has said COMMIT and the caller has not been told yet.
 */
import { Flight } from '../../src/server/platform/db/flight.ts';

const [point = '', count = '0'] = (process.env['CAMPAIGN_FAULT'] ?? '').split(':');
let left = Number.parseInt(count, 10);
const die = () => process.kill(process.pid, 'SIGKILL');

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function mortal(text, values, name) {
  if (text !== 'commit') return add.call(this, text, values, name);
  left -= 1;
  if (left === 0 && point === 'before-commit') die();
  const answer = add.call(this, text, values, name);
  if (left !== 0 || point !== 'after-commit') return answer;
  return answer.then(() => (die(), new Promise(() => undefined)));
};
