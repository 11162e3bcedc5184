/** The server's tests with a planted fault: no answers are kept. Loaded by the tests' own machinery, or it would patch a copy of the product. */
import { mergeConfig } from 'vitest/config';
import tests from '../../vitest.config.ts';

export default mergeConfig(tests, { test: { setupFiles: ['campaigns/faults/without-keys.ts'] } });
