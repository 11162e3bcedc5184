/** Front door of the secret box. */
export { resealAll, type SealedColumn, sealedColumn } from './reseal.ts';
export { noSecrets, type SecretBox, secretBox, Unreadable } from './secret-box.ts';
export { addSecretKey, newSecretKey, openSecretBox, parseSecretKeys } from './secret-keys.ts';
