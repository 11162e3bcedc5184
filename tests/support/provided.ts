/** Types of what global set-up hands to the workers (types only; nothing happens here at run time). */
import type { TestCluster } from './test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}
