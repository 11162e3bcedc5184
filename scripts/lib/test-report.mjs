/** Counts over all runners. Every count is `{ passed, failed, skipped }`. */

export const none = { passed: 0, failed: 0, skipped: 0 };

/** Sum of counts. */
export function add(...counts) {
  const sum = { ...none };
  for (const count of counts) for (const key of Object.keys(sum)) sum[key] += count[key];
  return sum;
}

/**
 * Counts of a Vitest JSON report. A file that could not be loaded has no tests but is a failure, and so is a runner
 * that ended with an error although every test passed (an error outside of tests), or that left no report.
 */
export function countVitest(report, exitCode) {
  if (report === null) return { ...none, failed: 1 };
  const files = report.testResults ?? [];
  const brokenFiles = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed)).length;
  const counted = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return counted.failed === 0 && exitCode !== 0 ? { ...counted, failed: 1 } : counted;
}

/** What failed, a line each: `file › title` of tests, the file alone where it could not be loaded. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter(hasFailed).map(({ fullName }) => `${file.name} › ${fullName}`);
    return failed.length === 0 && file.status === 'failed' ? [file.name] : failed;
  });
}

const hasFailed = (assertion) => assertion.status === 'failed';

/** Counts of `scripts/check.ts --static --report`: `{ steps: [{ name, ok }] }`; each step is one test. */
export function countSteps(report, exitCode) {
  const steps = Array.isArray(report?.steps) ? report.steps : [];
  if (steps.length === 0) return exitCode === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 };
  const failed = steps.filter((step) => step.ok !== true).length;
  const counted = { passed: steps.length - failed, failed, skipped: 0 };
  return failed === 0 && exitCode !== 0 ? { ...counted, failed: 1 } : counted;
}

/** The last line of `npm test`. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run in which nothing passed has shown nothing. */
export const exitCodeOf = ({ passed, failed }) => (failed > 0 || passed === 0 ? 1 : 0);
