/** A route is an operation of the contract and what answers it. Modules export lists of routes; app.ts serves them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Operation } from '../../../contract/operation.ts';
import type { Refused } from '../../kernel/refusal.ts';
import type { Tx } from '../db/database.ts';
import type { AnyCommand } from '../pipeline/define.ts';
import type { Actor, Env } from '../pipeline/types.ts';
import type { SecretBox } from '../secrets/index.ts';
import type { Services } from './services.ts';

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

export type Call<P, Q, B> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  actor: Actor;
  now: Date;
  locale: string;
  requestId: string;
  /** Content-Type of the request as it was sent; '' without one. For operations that take files. */
  contentType: string;
  /** Secrets that people send are sealed before they become the input of a command. */
  secrets: SecretBox;
  /** Hosts inside the network that the operator lets webhooks reach. */
  allowedHosts: readonly string[];
};
export type ReadCall<P, Q, B> = Call<P, Q, B> & { tx: Tx; env: Env };
export type RawCall<P, Q, B> = Omit<Call<P, Q, B>, 'actor'> & {
  /** null only on public operations. */
  actor: Actor | null;
  /** Of operations that are idempotent: the key of the request. The handler sees to it that it has one effect. */
  key: string | null;
  services: Services;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Runs after the commit of a write: for what this node remembers (settings, actors), never for business. */
export type AfterWrite = (services: Services) => void;

/** Puts a secret that was made in `input` into the first answer. The stored answer never holds it, so a replay cannot show it again. */
export type Reveal<I = never> = (body: Record<string, unknown>, input: I) => Record<string, unknown>;

// oxlint-disable-next-line typescript/no-explicit-any -- the list of routes holds every shape
type AnyOperation = Operation<any, any, any, any>;
export type ReadRoute = {
  kind: 'read';
  operation: AnyOperation;
  /** One answer, or a refusal, for each of the calls. */
  answers(tx: Tx, env: Env, calls: readonly Call<never, never, never>[]): Promise<readonly unknown[]>;
  /** Calls of people who see the same may be answered together. */
  many: boolean;
};
export type Route =
  | ReadRoute
  | {
      kind: 'write';
      operation: AnyOperation;
      command: AnyCommand<never>;
      input(call: Call<never, never, never>): unknown;
      after?: AfterWrite;
      reveal?: Reveal;
    }
  | { kind: 'raw'; operation: AnyOperation; answer(call: RawCall<never, never, never>): Promise<unknown> };

/** A read: statements that change nothing, with the caller's scope; the result is the answer. */
export const read = <P, Q, B, R>(
  operation: Operation<P, Q, B, R>,
  answer: (call: ReadCall<P, Q, B>) => Promise<Parsed<R>>,
): Route => ({
  kind: 'read',
  operation,
  answers: (tx, env, calls: readonly Call<P, Q, B>[]) => Promise.all(calls.map((call) => answer({ ...call, tx, env }))),
  many: false,
});

/** A read of documents one by one, that is no dearer for several of them: what is asked for at the same time is read together (reads.ts). */
export const readEach = <P, Q, B, R>(
  operation: Operation<P, Q, B, R>,
  answers: (tx: Tx, env: Env, calls: readonly Call<P, Q, B>[]) => Promise<readonly (Parsed<R> | Refused)[]>,
): Route => ({ kind: 'read', operation, answers, many: true });

/** A write: the command goes through the pipeline; `input` puts path and body together. */
export const write = <P, Q, B, R, I>(
  operation: Operation<P, Q, B, R>,
  command: AnyCommand<I>,
  input: (call: Call<P, Q, B>) => I,
  after?: AfterWrite,
  reveal?: Reveal<I>,
): Route => ({
  kind: 'write',
  operation,
  command: command as unknown as AnyCommand<never>,
  input: input as (call: Call<never, never, never>) => unknown,
  ...(after === undefined ? {} : { after }),
  ...(reveal === undefined ? {} : { reveal: reveal as Reveal }),
});

/** Everything that is neither: signing in (cookies), files. The handler sends the reply, or returns the JSON to send. */
export const raw = <P, Q, B, R>(
  operation: Operation<P, Q, B, R>,
  answer: (call: RawCall<P, Q, B>) => Promise<unknown>,
): Route => ({
  kind: 'raw',
  operation,
  answer: answer as (call: RawCall<never, never, never>) => Promise<unknown>,
});
