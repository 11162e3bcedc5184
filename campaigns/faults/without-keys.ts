/** Planted fault: answers are not kept under their idempotency key. The campaign of keys must see doubles. */
import pg from 'pg';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function forgetful(this: pg.Client, ...args: any[]) {
  const [first] = args;
  if (typeof first === 'object' && typeof first.text === 'string' && /insert into idempotency/.test(first.text))
    return Promise.resolve({ rows: [], rowCount: 0, command: 'INSERT', fields: [], oid: 0 });
  return Reflect.apply(query, this, args);
} as typeof query;
