/** A receiver of webhooks that answers by script, and keeps what came. */
import http from 'node:http';
import { Webhook } from 'standardwebhooks';

/** What the product sends; tests look into it. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a body holds is what the test looks at
type Body = Record<string, any>;
export type Got = {
  id: string;
  path: string;
  body: Body;
  headers: http.IncomingHttpHeaders;
  raw: string;
};
export type Script = (got: Got, response: http.ServerResponse) => void;

export type Sink = {
  host: string;
  got: Got[];
  /** What the next requests to a path get; 200 unless said otherwise. */
  script(path: string, script: Script): void;
  close(): Promise<void>;
};

export const status =
  (code: number, headers: http.OutgoingHttpHeaders = {}, text = ''): Script =>
  (_, response) =>
    response.writeHead(code, headers).end(text);

export async function webhookSink(): Promise<Sink> {
  const got: Got[] = [];
  const scripts = new Map<string, Script>();
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      const path = request.url ?? '/';
      const one = {
        id: String(request.headers['webhook-id']),
        path,
        body: JSON.parse(raw),
        headers: request.headers,
        raw,
      };
      got.push(one);
      (scripts.get(path) ?? status(200))(one, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    host: `localhost:${(server.address() as { port: number }).port}`,
    got,
    script: (path, script) => scripts.set(path, script),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Whether a signature of the request fits the secret, at the time that the request names. Throws where none does. */
export function verify({ raw, headers }: Got, secret: string): void {
  // The library compares with the machine's clock; the tests have their own, so that the signature alone is looked at.
  const at = new Date(Number.parseInt(String(headers['webhook-timestamp']), 10) * 1000);
  const wanted = new Webhook(secret).sign(String(headers['webhook-id']), at, raw);
  const given = String(headers['webhook-signature']).split(' ');
  if (!given.includes(wanted)) throw new Error('no signature fits');
}
