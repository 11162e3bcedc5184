import type { ReactNode } from 'react';

type Fact = readonly [label: string, value: ReactNode];

/** Only what is known: on a telephone every line counts. */
export const known = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
