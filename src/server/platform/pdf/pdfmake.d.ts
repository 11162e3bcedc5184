/** The part of pdfmake that is used here; the package brings no types. */
declare module 'pdfmake' {
  type DynamicContent = (currentPage: number, pageCount: number) => unknown;
  type TableLayout = Record<
    string,
    (i: number, node: { table: { body: unknown[]; headerRows?: number; widths: unknown[] } }) => unknown
  >;
  const pdfmake: {
    virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    setFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void;
    setTableLayouts(layouts: Record<string, TableLayout>): void;
    setUrlAccessPolicy(policy: (url: string) => boolean): void;
    setLocalAccessPolicy(policy: (path: string) => boolean): void;
    createPdf(definition: { footer: DynamicContent; [key: string]: unknown }): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}
