/** Vitest runs this once per test run, before the workers start: the database cluster of the run. */
import type { TestProject } from 'vitest/node';
import { startTestCluster } from './test-cluster.ts';
import './provided.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { cluster, stop } = await startTestCluster();
  project.provide('cluster', cluster);
  return stop;
}
