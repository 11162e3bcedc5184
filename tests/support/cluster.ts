/** For test files: a database of one's own, migrated, empty, on the cluster that `global-setup.ts` started. */
import { inject } from 'vitest';
import { copyTemplate, type TestDatabase } from './test-cluster.ts';
import './provided.ts';

export type { TestCluster, TestDatabase } from './test-cluster.ts';

/** A fresh database. Call `drop()` at the end of the file, after closing its connections; forgetting is harmless. */
export function testDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('cluster'));
}
