/**
 * Named points at which the product dies by its own hand, without a word: `before-commit:N`, when the Nth COMMIT is about to be sent;
 * `after-commit:N`, when the database has said COMMIT and the caller has not been told yet.
 */
import pg from 'pg';

const [point = '', count = '0'] = (process.env['CAMPAIGN_FAULT'] ?? '').split(':');
let left = Number.parseInt(count, 10);
const reading = new WeakSet<pg.Client>();
const die = () => process.kill(process.pid, 'SIGKILL');

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function mortal(this: pg.Client, ...args: any[]) {
  const [first] = args;
  const text = typeof first === 'string' ? first : first?.text;
  if (typeof text === 'string' && text.startsWith('begin')) {
    if (text.includes('read only')) reading.add(this);
    else reading.delete(this);
  }
  if (text !== 'commit' || reading.has(this)) return Reflect.apply(query, this, args);
  left -= 1;
  if (left !== 0) return Reflect.apply(query, this, args);
  if (point === 'before-commit') die();
  const answer: Promise<unknown> = Reflect.apply(query, this, args);
  if (point === 'after-commit') return answer.then(() => (die(), new Promise(() => undefined)));
  return answer;
} as typeof query;
