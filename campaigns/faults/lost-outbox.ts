/** Planted fault: every third time that messages are put on their way, they are not, and nobody says so. The campaign must miss them. */
import pg from 'pg';

let times = 0;
// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function losing(this: pg.Client, ...args: any[]) {
  const [first] = args;
  if (typeof first === 'object' && typeof first.text === 'string' && /insert into outgoing \(/.test(first.text)) {
    times += 1;
    if (times % 3 === 0) return Promise.resolve({ rows: [], rowCount: 0, command: 'INSERT', fields: [], oid: 0 });
  }
  return Reflect.apply(query, this, args);
} as typeof query;
