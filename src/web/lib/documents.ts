/** Addresses of documents: the same as in mails. */
export { type DocumentType, documentPath, type Side } from '../../contract/document-paths.ts';
