import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { atOnce, bodies } from './doors.ts';

const MB = 1024 * 1024;
const request = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;
const reply = () => ({ raw: new EventEmitter() }) as unknown as FastifyReply;
const busy = expect.objectContaining({ refusals: [{ code: 'request.busy' }] });

it('reads and single commands together leave a connection free, whatever the size of the pool', () => {
  expect(atOnce(12)).toEqual({ reads: 7, singles: 4, strangers: 8 });
  for (const connections of [3, 6, 20, 100]) {
    const { reads, singles } = atOnce(connections);
    expect(reads + singles).toBe(connections - 1);
    expect(reads).toBeGreaterThanOrEqual(singles);
  }
  expect(atOnce(1)).toEqual({ reads: 1, singles: 1, strangers: 1 });
});

it('large bodies are held up to a bound for all together; when an answer has gone, or its caller, there is room again', () => {
  const { makeRoom } = bodies(10 * MB);
  const [first, second] = [reply(), reply()];
  makeRoom(request({ 'content-length': String(4 * MB) }), first, 4 * MB);
  makeRoom(request({ 'content-length': String(4 * MB) }), second, 4 * MB);
  // Small ones are not what fills the memory.
  makeRoom(request({ 'content-length': '2000' }), reply(), 4 * MB);
  expect(() => makeRoom(request({ 'content-length': String(4 * MB) }), reply(), 4 * MB)).toThrow(busy);
  // Nobody knows how much a body without a length will be.
  expect(() => makeRoom(request({ 'transfer-encoding': 'chunked' }), reply(), 4 * MB)).toThrow(busy);
  first.raw.emit('close');
  makeRoom(request({ 'transfer-encoding': 'chunked' }), reply(), 4 * MB);
});

it('what is larger than may be is left to the check that says so', () => {
  const { makeRoom } = bodies(10 * MB);
  makeRoom(request({ 'content-length': String(400 * MB) }), reply(), 4 * MB);
});
