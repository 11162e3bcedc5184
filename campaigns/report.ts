/** What a campaign leaves behind: the same shape for all, read by docs/promises.md. */
export type Report = {
  name: string;
  promises: string[];
  seed: string;
  commit: string;
  at: string;
  tried: number;
  /** Faults found in the product; 0 is what is promised. */
  found: number;
  figures: Record<string, number | string>;
  /** A planted fault that the campaign must see, or it proves nothing. */
  control: { planted: string; found: number; failedAsItMust: boolean };
};

/** What a campaign finds; when it ran, and on which code, is noted where it is run (main.ts). */
export type Found = Omit<Report, 'commit' | 'at'>;
export type Campaign = (args: readonly string[], say: (text: string) => void) => Promise<Found>;

/** The page for people. */
export function page(report: Report): string {
  const rows = Object.entries(report.figures).map(([key, value]) => `| ${key} | ${value} |`);
  return [
    `# Campaign: ${report.name}`,
    '',
    `Promises ${report.promises.join(', ')}; seed ${report.seed}; commit ${report.commit}; ${report.at}.`,
    '',
    `Tried ${report.tried}, faults found **${report.found}**. Control (${report.control.planted}): ${report.control.found} found, ${report.control.failedAsItMust ? 'failed as it must' : 'DID NOT FAIL: the campaign proves nothing'}.`,
    '',
    '| figure | value |',
    '|---|---|',
    ...rows,
    '',
    `Run again: \`npm run campaign -- ${report.name} --seed ${report.seed}\``,
    '',
  ].join('\n');
}
