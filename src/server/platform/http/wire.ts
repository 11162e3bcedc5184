/** Wire texts that a schema has let pass, as the values that commands work with. What the schema could not see is refused here, by field. */
import { parseInstant } from '../../kernel/clock.ts';
import { parseQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';

/** A quantity of scale 4. */
export function qtyOf(text: string, field: string): bigint {
  const qty = parseQty(text);
  if (qty === null) throw refuse('field.qty_format', undefined, field);
  return qty;
}

/** An instant of the years 1900 to 2999. */
export function instantOf(text: string, field: string): Date {
  const at = parseInstant(text);
  if (at === null) throw refuse('field.instant_format', undefined, field);
  return at;
}
