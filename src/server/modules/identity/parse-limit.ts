import { parseAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Env } from '../../platform/pipeline/types.ts';

/** An approval limit as it stands on the wire, in minor units; undefined stays "not given", null stays "none". */
export function parseLimit(text: string | null | undefined, env: Env): bigint | null | undefined {
  if (text === undefined || text === null) return text;
  const minor = parseAmount(text, env.company.currency);
  if (minor === null) throw refuse('field.amount_decimals', { currency: env.company.currency }, 'approvalLimit');
  return minor;
}
