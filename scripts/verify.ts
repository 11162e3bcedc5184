/**
 * `npm run verify`: proves that the event log is what was written, or names the first thing that is wrong. Works beside a running server
 * (it takes the database of the data folder), on a stopped one (it starts the database itself), and with DATABASE_URL.
 *   --data-dir FOLDER   the data folder, instead of DATA_DIR
 *   --seals FILE        one more file of seals outside (may be repeated)
 *   --json              the result as JSON
 * Exit code: 0 whole, 1 something is wrong, 2 the question could not be asked.
 */
import { parseArgs } from 'node:util';
import { type Config, loadConfig, processLanguage } from '../src/server/platform/config.ts';
import { openDatabase } from '../src/server/platform/db/database.ts';
import { formatStartError, type Language, StartError } from '../src/server/platform/embedded/index.ts';
import { type OutsideSeals, readSealFile, sealFiles } from '../src/server/platform/events/seal-file.ts';
import { readPublicKeys, sealKeyFile } from '../src/server/platform/events/seal-keys.ts';
import { findingText, verificationText } from '../src/server/platform/events/verify-text.ts';
import { type Verification, verifyLog } from '../src/server/platform/events/verify.ts';
import { databaseOf } from './lib/installation.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, seals: { type: 'string', multiple: true }, json: { type: 'boolean' } },
});

process.exitCode = 2;
try {
  const wanted = values['data-dir'];
  const config = loadConfig([], { ...process.env, ...(wanted === undefined ? {} : { DATA_DIR: wanted }) });
  const { url, done } = await databaseOf(config);
  try {
    const files = [...sealFiles(config), ...(values.seals ?? [])];
    const result = await verify(url, config, files);
    report(result, files, config.language);
    process.exitCode = result.findings.length === 0 ? 0 : 1;
  } finally {
    await done();
  }
} catch (error) {
  console.error(error instanceof StartError ? formatStartError(error, processLanguage()) : error);
}

async function verify(url: string, config: Config, files: readonly string[]): Promise<Verification> {
  const database = openDatabase(url, { max: 2, applicationName: 'qucheng verify' });
  try {
    const outside = files.map(readSealFile).filter((found): found is OutsideSeals => found !== null);
    return await verifyLog({ database, keys: readPublicKeys(sealKeyFile(config)), outside });
  } finally {
    await database.close();
  }
}

function report(result: Verification, files: readonly string[], language: Language): void {
  if (values.json === true) {
    console.log(JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? value.toString() : value)));
    return;
  }
  console.log(verificationText(result, files, language));
  for (const finding of result.findings) console.error(findingText(finding, language));
}
