/** The built web client. Files with a hash in their name never change; the page itself is asked for anew each time. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const FOLDER = fileURLToPath(new URL('../../../dist/web/', import.meta.url));
const FOR_EVER = 'public, max-age=31536000, immutable';

export const hasWebFiles = (): boolean => fs.existsSync(path.join(FOLDER, 'index.html'));

export async function serveWebFiles(server: FastifyInstance): Promise<void> {
  if (!hasWebFiles()) return;
  await server.register(fastifyStatic, {
    root: FOLDER,
    prefix: '/',
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders(reply, file) {
      const hashed = path.relative(FOLDER, file).startsWith(`assets${path.sep}`);
      reply.header('Cache-Control', hashed ? FOR_EVER : 'no-cache');
    },
  });
}

/** Addresses of the client's own router get its page; a missing file stays missing. */
export async function pageForRouter(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const address = request.url.split('?')[0] ?? '';
  if (!hasWebFiles() || path.posix.extname(address) !== '' || !(request.headers.accept ?? '').includes('text/html'))
    return false;
  await reply.sendFile('index.html');
  return true;
}
