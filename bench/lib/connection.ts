/** One keep-alive connection that speaks HTTP by hand, so that as little as can be of the machine goes to the one who measures. */
import net from 'node:net';

export type Answer = { status: number; text: string };
export type Request = { method: string; path: string; key: string; once?: string; version?: number; body?: unknown };
export type Connection = { send(request: Request): Promise<Answer>; end(): void };

export async function connect(port: number): Promise<Connection> {
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let parts: Buffer[] = [];
  let have = 0;
  /** Bytes of the whole answer, once its head is there. */
  let whole = -1;
  let headEnd = 0;
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;
  socket.on('data', (part) => {
    parts.push(part);
    have += part.length;
    if (whole < 0) {
      const text = Buffer.concat(parts).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      headEnd = end + 4;
      whole = headEnd + Number.parseInt(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? '0', 10);
    }
    if (have < whole) return;
    const bytes = Buffer.concat(parts);
    const answer = {
      status: Number.parseInt(bytes.toString('latin1', 9, 12), 10),
      text: bytes.toString('utf8', headEnd, whole),
    };
    parts = [];
    have = 0;
    whole = -1;
    waiting?.resolve(answer);
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    send: (request) =>
      new Promise<Answer>((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(textOf(request, port));
      }),
    end: () => void socket.end(),
  };
}

function textOf({ method, path, key, once, version, body }: Request, port: number): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const heads = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${key}`,
    ...(once === undefined ? [] : [`idempotency-key: ${once}`]),
    ...(version === undefined ? [] : [`if-match: "${version}"`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return `${heads.join('\r\n')}\r\n\r\n${text}`;
}
