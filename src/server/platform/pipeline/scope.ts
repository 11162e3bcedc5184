import type { Actor } from './types.ts';

/**
 * Whether rows of the partner are for the actor's eyes. A batch is loaded for all its callers together, with the union of their scopes, so
 * row-level security does not part them: every decision asks this for the document that its command names.
 */
export const inScope = ({ scope }: Pick<Actor, 'scope'>, partnerId: string): boolean =>
  scope.kind === 'company' || scope.ids.includes(partnerId);
