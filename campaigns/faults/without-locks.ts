/** Planted fault: reads take no row locks, and nothing in the schema stands behind them. The oversell campaign must see what comes of it. */
import pg from 'pg';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function unlocked(this: pg.Client, ...args: any[]) {
  const [first] = args;
  if (typeof first === 'object' && typeof first.text === 'string' && / for (no key )?update/.test(first.text))
    args[0] = {
      ...first,
      name: `${first.name} unlocked`,
      text: first.text.replaceAll(/ for (no key )?update( of \w+)?/g, ''),
    };
  return Reflect.apply(query, this, args);
} as typeof query;
