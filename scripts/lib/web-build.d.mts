/** For the benchmark, which measures the client as `npm start` builds it. */
export function ensureWeb(node: string): Promise<'built' | 'fresh' | 'none'>;
