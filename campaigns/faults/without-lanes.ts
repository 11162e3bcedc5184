/** Planted fault: messages of one document do not wait for each other. The campaign must see them out of order. */
import pg from 'pg';

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own client
const query = pg.Client.prototype.query;
// oxlint-disable-next-line typescript/no-explicit-any -- every form of the driver's query passes through
pg.Client.prototype.query = function hasty(this: pg.Client, ...args: any[]) {
  const [first] = args;
  if (typeof first === 'object' && typeof first.text === 'string' && /with busy as/.test(first.text))
    args[0] = {
      ...first,
      name: `${first.name} hasty`,
      text: first.text
        .replace(/and not exists \(select from outgoing e where e\.lane[^)]*\)/, '')
        .replace('order by d.next_at, d.id) as place', 'order by md5(d.id::text)) as place'),
    };
  return Reflect.apply(query, this, args);
} as typeof query;
