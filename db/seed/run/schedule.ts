/** Which steps of a day may be done together: a step never overtakes another one of the same document, or goods that come in. */

export type Planned = { kind: string; at: string };

export type Rules<S> = {
  /** The documents that a step is about; steps about one document keep their order. */
  documentsOf(step: S): readonly string[];
  /** Steps that no other step may overtake. */
  isBarrier(step: S): boolean;
  /** How far apart in time steps done together may lie, in milliseconds. */
  windowMs: number;
};

/** Groups of steps of one kind, in an order that keeps every rule. `steps` in order of time. */
export function groupsOf<S extends Planned>(steps: readonly S[], rules: Rules<S>): S[][] {
  const groups: S[][] = [];
  let rest = [...steps];
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    const group = nextGroup(rest, first, rules);
    groups.push(group);
    const taken = new Set(group);
    rest = rest.filter((step) => !taken.has(step));
  }
  return groups;
}

/**
 * Of the kinds of which something can be done now, one of which nothing more will come up later in the window, and of those the one with
 * most to do.
 */
function nextGroup<S extends Planned>(steps: readonly S[], first: S, rules: Rules<S>): S[] {
  const until = Date.parse(first.at) + rules.windowMs;
  const met = new Set<string>();
  const ready = new Map<string, S[]>();
  const waiting = new Set<string>();
  for (const step of steps) {
    if (Date.parse(step.at) > until) break;
    const documents = rules.documentsOf(step);
    if (documents.some((document) => met.has(document))) waiting.add(step.kind);
    else {
      // Nothing overtakes a barrier, and a barrier overtakes nothing but its own kind.
      if (rules.isBarrier(step) && [...ready.keys()].some((kind) => kind !== step.kind)) break;
      const list = ready.get(step.kind);
      if (list === undefined) ready.set(step.kind, [step]);
      else list.push(step);
      if (rules.isBarrier(step) && !hasNext(steps, step)) break;
    }
    for (const document of documents) met.add(document);
  }
  const groups = [...ready].sort(([a, listA], [b, listB]) => {
    const late = Number(waiting.has(a)) - Number(waiting.has(b));
    return late !== 0 ? late : listB.length - listA.length;
  });
  return groups[0]?.[1] ?? [first];
}

/** Whether the step behind a barrier is of its kind and may be done with it. */
function hasNext<S extends Planned>(steps: readonly S[], step: S): boolean {
  return steps[steps.indexOf(step) + 1]?.kind === step.kind;
}
