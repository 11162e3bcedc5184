/** The confirmation of a round as a file, for mails. */
import type { PdfLanguage } from '../../../contract/documents.ts';
import { COMPANY, type Database } from '../../platform/db/database.ts';
import { renderPdf } from '../../platform/pdf/index.ts';
import { confirmationPaper } from './confirmation-paper.ts';
import { readConfirmation } from './document-queries.ts';
import { wording } from './wording.ts';

/** Read in the name of the company: whoever asks has made sure that the receiver may see it. */
export async function confirmationPdf(
  database: Database,
  wanted: { orderId: string; round: number; language: PdfLanguage; locale: string; today: string },
): Promise<{ fileName: string; bytes: Buffer }> {
  const words = wording(wanted.language, wanted.locale);
  const doc = await database.read(COMPANY, (tx) => readConfirmation(tx, wanted.orderId, wanted.round));
  const paper = confirmationPaper(doc, wanted.today, words);
  const { bytes } = await renderPdf(paper);
  return { fileName: `${paper.title}.pdf`, bytes: Buffer.from(bytes) };
}
