/** Signs that stand in every row of a long table: bare, so that hundreds of them cost nothing. Those of antd look up their style one by one. */
import type { ReactElement } from 'react';

const PATHS = {
  remove: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
  done: 'M3.5 8.5l3 3 6-7',
  wrong: 'M4 4l8 8M12 4l-8 8',
  why: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M6 6.3a2 2 0 1 1 2.7 1.9q-.7.3-.7 1.1M8 11.2v.4',
};

export const Glyph = ({ of }: { of: keyof typeof PATHS }): ReactElement => (
  <svg className="qc-glyph" viewBox="0 0 16 16" aria-hidden>
    <path d={PATHS[of]} />
  </svg>
);
