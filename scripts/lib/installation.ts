/** The database that a tool works on: DATABASE_URL's, that of a running server, or one started for the purpose. */
import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../../src/server/platform/config.ts';
import { StartError, startEmbedded } from '../../src/server/platform/embedded/index.ts';
import { runningEmbedded } from '../../src/server/platform/embedded/running.ts';
import { silentLog } from '../../src/server/platform/log.ts';

const nothingThere = (dataDir: string) =>
  new StartError('data_dir.empty', {
    en: {
      message: `There is no installation in ${dataDir}.`,
      hint: 'Name its folder: --data-dir FOLDER',
    },
    'zh-Hans': { message: `${dataDir} 中没有安装。`, hint: '请指定数据文件夹：--data-dir 文件夹' },
    'zh-Hant': { message: `${dataDir} 中沒有安裝。`, hint: '請指定資料夾：--data-dir 資料夾' },
  });

/** As the application role. Throws `data_dir.empty`: a tool makes no installation. */
export async function databaseOf(config: Config): Promise<{ url: string; done(): Promise<void> }> {
  const nothing = async () => {};
  if (config.databaseUrl !== null) return { url: config.databaseUrl, done: nothing };
  const running = runningEmbedded(config.dataDir);
  if (running !== null) return { url: running.appUrl, done: nothing };
  if (!fs.existsSync(path.join(config.dataDir, 'postgres'))) throw nothingThere(config.dataDir);
  const postgres = await startEmbedded({ dataDir: config.dataDir, log: silentLog() });
  return { url: postgres.appUrl, done: () => postgres.stop() };
}
