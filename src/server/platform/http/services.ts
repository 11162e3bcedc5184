/** What handlers outside the two usual forms may use. Wired once in app.ts. */
import type { Clock } from '../../kernel/clock.ts';
import type { AccessLog } from '../auth/access-log.ts';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Database } from '../db/database.ts';
import type { Runtime } from '../pipeline/run.ts';
import type { Settings } from '../pipeline/settings.ts';
import type { SecretBox } from '../secrets/index.ts';

export type Services = {
  database: Database;
  runtime: Runtime;
  settings: Settings;
  authenticator: Authenticator;
  accessLog: AccessLog;
  clock: Clock;
  /** Seals and opens what lies in the database as a secret; signs links. */
  secrets: SecretBox;
  /** Hosts inside the network that webhooks may reach. */
  allowedHosts: readonly string[];
  /** Demo sign-in is possible: the database carries the demo flag and the listener is loopback. */
  demo: boolean;
  /** Calls back after every commit of a business write (readers of the log look then); returns how to stop that. */
  onCommitted(listener: () => void): () => void;
};
