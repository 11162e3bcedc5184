/** The business licence on the file of a demo partner: a scan, and the document that it is. */
import { insertAttachment } from '../../../src/server/modules/conversation/keep-attachments.ts';
import { addDocument } from '../../../src/server/modules/partners/commands/documents.ts';
import { defineCommand } from '../../../src/server/platform/pipeline/define.ts';

export const fileLicence = defineCommand<{ partnerId: string; no: string; validFrom: string }>({
  name: 'demo.file_licence',
  refuses: addDocument.refuses,
  async run(context, { partnerId, no, validFrom }) {
    const attachmentId = await insertAttachment(
      context,
      {
        document: { type: 'partner', id: partnerId, no, partnerId },
        isInternal: false,
        by: context.command.actor.userId,
      },
      { fileName: '营业执照.pdf', type: 'application/pdf', content: pageWith(`Demo: business licence of ${no}`) },
    );
    const input = { partnerId, attachmentId, kind: 'business_licence' as const, validFrom };
    return addDocument.run({ ...context, command: { ...context.command, input } }, input);
  },
});

/** A PDF of one page with one line in Latin letters. */
function pageWith(line: string): Buffer {
  const text = `BT /F1 18 Tf 60 760 Td (${line.replace(/[^\x20-\x7e]|[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = body.length;
    body += `${at + 1} 0 obj${object}endobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
