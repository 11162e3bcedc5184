/** The typed state of an order that exists: kept on the device with the version that it was begun on. */
import { type RefObject, useCallback, useRef, useState } from 'react';
import { type ApiProblem, isProblem } from '../../../api/problem.ts';
import { useDraft } from '../../../lib/draft.ts';
import { type OrderTyped, typedOf } from '../order-editor-model.ts';
import type { Order } from '../order-page.tsx';

type Kept = { typed: OrderTyped; answers: Record<string, string>; version: number };

export type Edit = {
  typed: OrderTyped;
  answers: Record<string, string>;
  /** The version that the person has seen. */
  version: number;
  restored: boolean;
  /** Somebody else saved in the meantime. */
  isBehind: boolean;
  problem: ApiProblem | null;
  change(patch: Partial<OrderTyped>): void;
  answer(key: string, text: string): void;
  /** Go on with one's own on top of what the order is now. */
  keepMine(): void;
  takeTheirs(): void;
  /** The save under way: whether it went through. */
  saving: RefObject<Promise<boolean> | null>;
  /** Runs a save; keeps what was typed when it fails. */
  attempt(save: () => Promise<unknown>): Promise<void>;
  done(): void;
  saw(version: number): void;
  clearProblem(): void;
};

export function useEdit(order: Order): Edit {
  const [fresh] = useState(() => ({ typed: typedOf(order), answers: {}, version: order.version }));
  const draft = useDraft<Kept>(`order.${order.id}.edit`, fresh);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const saving = useRef<Promise<boolean> | null>(null);
  const { set, clear } = draft;
  const change = useCallback(
    (patch: Partial<OrderTyped>) => set((before) => ({ ...before, typed: { ...before.typed, ...patch } })),
    [set],
  );
  const saw = (version: number) => set((before) => ({ ...before, version }));
  return {
    ...draft.value,
    restored: draft.restored,
    isBehind: !isSaving && order.version !== draft.value.version,
    problem,
    change,
    answer: (key, text) => set((before) => ({ ...before, answers: { ...before.answers, [key]: text } })),
    keepMine: () => saw(order.version),
    takeTheirs: () => clear({ typed: typedOf(order), answers: {}, version: order.version }),
    saving,
    async attempt(save) {
      setProblem(null);
      setSaving(true);
      try {
        const work = save();
        saving.current = work.then(
          () => true,
          () => false,
        );
        await work;
      } catch (error) {
        setSaving(false);
        setProblem(isProblem(error) ? error : null);
        window.scrollTo({ top: 0 });
      }
    },
    // What is on the screen stays there until the page is left: drawing the lines anew for nothing takes long when they are many.
    done: () => clear(draft.value),
    saw,
    clearProblem: () => setProblem(null),
  };
}
