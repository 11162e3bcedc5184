/** Reasons for which the server does not start, in words: what concerns the database's content and rights. */
import { StartError } from '../platform/embedded/index.ts';

export const roleTooStrong = (role: string) =>
  new StartError('database.role_too_strong', {
    en: {
      message: `The database role ${role} may pass row-level security (superuser or BYPASSRLS); the separation of partners would not hold.`,
      hint: 'Use a role that may create roles in DATABASE_URL, or create it by hand: create role qucheng_app nosuperuser nobypassrls; grant qucheng_app to <user>',
    },
    'zh-Hans': {
      message: `数据库角色 ${role} 可以绕过行级安全（超级用户或 BYPASSRLS），伙伴之间的数据隔离将失效。`,
      hint: '请在 DATABASE_URL 中使用可创建角色的用户，或手动创建：create role qucheng_app nosuperuser nobypassrls; grant qucheng_app to <用户>',
    },
    'zh-Hant': {
      message: `資料庫角色 ${role} 可以繞過資料列層級安全（超級使用者或 BYPASSRLS），夥伴之間的資料隔離將失效。`,
      hint: '請在 DATABASE_URL 中使用可建立角色的使用者，或手動建立：create role qucheng_app nosuperuser nobypassrls; grant qucheng_app to <使用者>',
    },
  });

export const noChineseTrigrams = () =>
  new StartError('database.no_chinese_trigrams', {
    en: {
      message: 'The database cannot search Chinese text: its locale is C or POSIX.',
      hint: 'Create the database with a UTF-8 locale: create database qucheng template template0 encoding UTF8 locale "C.UTF-8"',
    },
    'zh-Hans': {
      message: '该数据库无法检索中文：其区域设置为 C 或 POSIX。',
      hint: '请用 UTF-8 区域设置创建数据库：create database qucheng template template0 encoding UTF8 locale "C.UTF-8"',
    },
    'zh-Hant': {
      message: '此資料庫無法檢索中文：其地區設定為 C 或 POSIX。',
      hint: '請以 UTF-8 地區設定建立資料庫：create database qucheng template template0 encoding UTF8 locale "C.UTF-8"',
    },
  });

export const serverTooOld = (version: string) =>
  new StartError('database.too_old', {
    en: {
      message: `PostgreSQL ${version} is too old.`,
      hint: 'Use PostgreSQL 15 or newer, or unset DATABASE_URL to use the embedded database.',
    },
    'zh-Hans': {
      message: `PostgreSQL ${version} 版本过低。`,
      hint: '请使用 PostgreSQL 15 或更新版本，或去掉 DATABASE_URL 以使用内置数据库。',
    },
    'zh-Hant': {
      message: `PostgreSQL ${version} 版本過低。`,
      hint: '請使用 PostgreSQL 15 或更新版本，或移除 DATABASE_URL 以使用內建資料庫。',
    },
  });

export const schemaTooNew = (where: string) =>
  new StartError('database.newer', {
    en: {
      message: `The database ${where} was written by a newer Qucheng.`,
      hint: 'Start the newer version, or use another database.',
    },
    'zh-Hans': { message: `数据库 ${where} 由更新版本的渠成写入。`, hint: '请启动新版本，或使用其他数据库。' },
    'zh-Hant': { message: `資料庫 ${where} 由更新版本的渠成寫入。`, hint: '請啟動新版本，或使用其他資料庫。' },
  });

export const migrationFailed = (where: string, detail: string) =>
  new StartError('database.migration_failed', {
    en: {
      message: `The tables of the database ${where} could not be brought up to date: ${detail}`,
      hint: 'Nothing was changed by the failed step. The user needs the right to create tables and extensions (pg_trgm, btree_gist).',
    },
    'zh-Hans': {
      message: `无法更新数据库 ${where} 的数据表：${detail}`,
      hint: '失败的步骤未做任何更改。该用户需要创建数据表和扩展（pg_trgm、btree_gist）的权限。',
    },
    'zh-Hant': {
      message: `無法更新資料庫 ${where} 的資料表：${detail}`,
      hint: '失敗的步驟未做任何變更。該使用者需要建立資料表與擴充（pg_trgm、btree_gist）的權限。',
    },
  });

export const demoUnfinished = (where: string) =>
  new StartError('database.demo_unfinished', {
    en: {
      message: `Loading the demo company into ${where} was interrupted; the data are incomplete.`,
      hint: 'Drop the database, create it again and start once more.',
    },
    'zh-Hans': {
      message: `向 ${where} 载入演示公司时中断，数据不完整。`,
      hint: '请删除并重新创建该数据库，然后再次启动。',
    },
    'zh-Hant': {
      message: `向 ${where} 載入示範公司時中斷，資料不完整。`,
      hint: '請刪除並重新建立該資料庫，然後再次啟動。',
    },
  });
