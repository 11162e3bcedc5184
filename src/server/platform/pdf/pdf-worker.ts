/** The thread that lays documents out: pdfmake and the fonts stay out of the way of requests. Noto Sans SC, SIL Open Font License 1.1. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { PdfDocument, PdfNode } from './document.ts';
import { type Coverage, coverageOf, showable, showableNode } from './glyphs.ts';

const require = createRequire(import.meta.url);
const FOLDER = '@expo-google-fonts/noto-sans-sc';
const FONTS = { 'regular.ttf': '400Regular/NotoSansSC_400Regular.ttf', 'bold.ttf': '700Bold/NotoSansSC_700Bold.ttf' };

const LINE = '#9aa4b2';
const covers = setUp();

function setUp(): Coverage {
  const files = Object.entries(FONTS).map(([name, file]) => ({
    name,
    bytes: fs.readFileSync(require.resolve(`${FOLDER}/${file}`)),
  }));
  for (const { name, bytes } of files) pdfmake.virtualfs.writeFileSync(name, bytes);
  pdfmake.setFonts({
    Noto: { normal: 'regular.ttf', bold: 'bold.ttf', italics: 'regular.ttf', bolditalics: 'bold.ttf' },
  });
  pdfmake.setTableLayouts({
    grid: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => LINE,
      vLineColor: () => LINE,
      paddingTop: () => 2,
      paddingBottom: () => 2,
      paddingLeft: () => 4,
      paddingRight: () => 4,
      fillColor: (row, node) => (row < (node.table.headerRows ?? 0) ? '#eef1f6' : null),
    },
    plain: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 8,
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
    },
  });
  // Nothing is fetched and nothing is read: everything that a document shows comes with it.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  const [regular] = files;
  if (regular === undefined) throw new Error('no font');
  return coverageOf(regular.bytes);
}

/** Pictures that the layout cannot draw are left out rather than the document lost. */
const withoutPictures = (node: PdfNode): PdfNode => {
  if (Array.isArray(node)) return node.map(withoutPictures);
  if (node === null || typeof node !== 'object') return node;
  if ('svg' in node) return { text: '' };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, value === undefined ? value : withoutPictures(value)]),
  );
};

async function lay(document: PdfDocument): Promise<{ bytes: Buffer; missing: string[] }> {
  const missing = new Set<string>();
  const content = document.content.map((node) => showableNode(node, covers, missing));
  const footer = showable(document.footer, covers, missing);
  const title = showable(document.title, covers, missing);
  const note: PdfNode[] =
    missing.size === 0
      ? []
      : [
          {
            text: `${document.missingNote} ${[...missing].join(' ')}`,
            fontSize: 7,
            color: '#666666',
            margin: [0, 8, 0, 0],
          },
        ];
  const make = (nodes: readonly PdfNode[]) =>
    pdfmake
      .createPdf({
        pageSize: 'A4',
        pageMargins: [36, 36, 36, 44],
        info: { title, creator: 'Qucheng 渠成' },
        language: document.language,
        displayTitle: true,
        defaultStyle: { font: 'Noto', fontSize: 8.5, lineHeight: 1.15 },
        styles: {
          title: { fontSize: 16, bold: true, alignment: 'right' },
          company: { fontSize: 12, bold: true },
          small: { fontSize: 7.5, color: '#444444' },
          label: { color: '#555555' },
          th: { bold: true, fontSize: 8, alignment: 'center' },
          sum: { bold: true },
        },
        // Laying out changes what it is given.
        content: structuredClone(nodes),
        footer: (page, pages) => ({
          margin: [36, 12, 36, 0],
          fontSize: 7.5,
          color: '#555555',
          columns: [
            { text: footer, width: '*' },
            {
              text: document.pageLabel.replaceAll('{page}', String(page)).replaceAll('{pages}', String(pages)),
              width: 'auto',
              alignment: 'right',
            },
          ],
        }),
        ...(document.watermark === undefined
          ? {}
          : {
              watermark: {
                text: showable(document.watermark, covers, missing),
                color: '#8a94a6',
                opacity: 0.15,
                bold: true,
              },
            }),
      })
      .getBuffer();
  try {
    return { bytes: await make([...content, ...note]), missing: [...missing] };
  } catch (error) {
    const plain = content.map(withoutPictures);
    if (JSON.stringify(plain) === JSON.stringify(content)) throw error;
    return { bytes: await make([...plain, ...note]), missing: [...missing] };
  }
}

parentPort?.on('message', ({ id, document }: { id: number; document: PdfDocument }) => {
  lay(document).then(
    ({ bytes, missing }) => parentPort?.postMessage({ id, bytes, missing }),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
