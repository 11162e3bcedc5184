/**
 * Statements that travel together: one packet there, one Sync behind the last of them, one answer back. (The driver alone sends a Sync
 * behind each, and the database answers each by itself: some twenty packets for a lone command, and both sides are woken for every one.)
 * Up to a Sync the database takes all statements or, from the first that fails, none: a flight of which one fails has failed.
 */
import pg from 'pg';

/** What a statement has brought. */
export type Answer = { command: string; rowCount: number; rows: unknown[] };
/** As it travels: text, or bytes in PostgreSQL's binary form. */
export type WireValue = string | Buffer | null;

type Column = { name: string; parse(text: string): unknown };
/** A statement that the database keeps prepared; its columns once they are known. They do not change. */
type Prepared = { columns: readonly Column[] | null };
type Part = {
  text: string;
  values: readonly WireValue[];
  /** Empty: prepared for this time only. */
  name: string;
  prepared: Prepared;
  answer: Answer;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

const perConnection = new WeakMap<pg.Connection, Map<string, Prepared>>();
function preparedOn(connection: pg.Connection): Map<string, Prepared> {
  let known = perConnection.get(connection);
  if (known === undefined) perConnection.set(connection, (known = new Map()));
  return known;
}

/** `INSERT 0 5`, `SELECT 1`, `COMMIT`: the command, and how many rows. */
const TAG = /^(\w+).*?(?: (\d+))?$/;

/** Handed to the driver as one of its queries: it is told when to send, and of each message that comes back. */
export class Flight extends pg.Query {
  readonly #types: pg.CustomTypesConfig;
  readonly #parts: Part[] = [];
  /** The part whose messages come in. */
  #at = 0;
  /** Names that this flight prepares, and by which part. */
  readonly #prepares = new Map<string, number>();
  #unreadable: unknown = null;

  constructor(types: pg.CustomTypesConfig) {
    super({ text: '' });
    this.#types = types;
  }

  /** One more statement; with a name it is prepared once for each connection. Fulfilled when the whole flight has gone well. */
  add(text: string, values: readonly WireValue[], name: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const answer = { command: '', rowCount: 0, rows: [] };
      this.#parts.push({ text, values, name, prepared: { columns: null }, answer, resolve, reject });
    });
  }

  override submit = (connection: pg.Connection): null => {
    const known = preparedOn(connection);
    connection.stream.cork();
    for (const [at, part] of this.#parts.entries()) {
      const { name, text, values } = part;
      const ready = known.get(name);
      if (ready === undefined) {
        connection.parse({ name, text, types: [] }, true);
        if (name !== '') {
          known.set(name, part.prepared);
          this.#prepares.set(name, at);
        }
      } else part.prepared = ready;
      connection.bind({ statement: name, values: [...values] }, true);
      if (part.prepared.columns === null) connection.describe({ type: 'P' }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  };

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const part = this.#parts[this.#at];
    if (part === undefined) return;
    const columnOf = ({ name, dataTypeID }: { name: string; dataTypeID: number }) => ({
      name,
      parse: this.#types.getTypeParser(dataTypeID, 'text'),
    });
    part.prepared.columns = fields.map(columnOf);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const part = this.#parts[this.#at];
    const columns = part?.prepared.columns ?? [];
    const row: Record<string, unknown> = {};
    try {
      let i = 0;
      for (const { name, parse } of columns) {
        const value = fields[i] ?? null;
        row[name] = value === null ? null : parse(value);
        i += 1;
      }
      part?.answer.rows.push(row);
    } catch (error) {
      this.#unreadable ??= error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const part = this.#parts[this.#at];
    this.#at += 1;
    if (part === undefined) return;
    part.prepared.columns ??= [];
    const [, command = '', count = '0'] = TAG.exec(text) ?? [];
    part.answer.command = command;
    part.answer.rowCount = Number.parseInt(count, 10);
  }

  handleEmptyQuery(): void {
    this.#at += 1;
  }

  handleReadyForQuery(): void {
    for (const { answer, resolve, reject } of this.#parts)
      if (this.#unreadable === null) resolve(answer);
      else reject(this.#unreadable);
  }

  handleError(error: unknown, connection: pg.Connection): void {
    for (const [name, at] of this.#prepares) {
      if (at < this.#at) continue;
      // It may have been prepared or not: closed in any case, and prepared anew by the next flight that wants it.
      preparedOn(connection).delete(name);
      connection.close({ type: 'S', name }, true);
    }
    for (const { reject } of this.#parts) reject(error);
  }
}
