/** What a piece of work allocates on the heap, also what is collected meanwhile: an estimate of V8's by samples, within a few per cent. */
import type { HeapProfiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** Mean distance of two samples in bytes: small enough for work of some hundred kilobytes. */
const SAMPLE_EVERY = 2048;

const sizeOf = ({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number =>
  children.reduce((sum, child) => sum + sizeOf(child), selfSize);

export async function allocatedIn(work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: SAMPLE_EVERY,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await work();
    const { profile } = await session.post('HeapProfiler.stopSampling');
    return sizeOf(profile.head);
  } finally {
    session.disconnect();
  }
}
