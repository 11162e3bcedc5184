/** Planted fault: a node believes that it hears what others change about people and keys, and hears nothing. */
import pg from 'pg';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function deaf(this: pg.Client, ...args: any[]) {
  const [first] = args;
  return Reflect.apply(query, this, typeof first === 'string' && first.startsWith('listen ') ? ['select 1'] : args);
} as typeof query;
