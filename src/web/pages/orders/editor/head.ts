/** The fields around the lines: they are drawn for what is typed into them, not for what is typed into the lines. */
import type { OrderTyped } from '../order-editor-model.ts';

export type HeadProps = {
  typed: Omit<OrderTyped, 'lines' | 'special'>;
  change: (patch: Partial<OrderTyped>) => void;
};
type Shown = HeadProps & { isNew?: boolean };

/** For `memo`: nothing has changed that these fields show. */
export function sameHead(before: Shown, now: Shown): boolean {
  const known = new Map<string, unknown>(Object.entries(before.typed));
  return (
    before.change === now.change &&
    before.isNew === now.isNew &&
    Object.entries(now.typed).every(
      ([name, value]) => name === 'lines' || name === 'special' || known.get(name) === value,
    )
  );
}
