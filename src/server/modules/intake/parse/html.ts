/** HTML of a mail as text and as tables of cells. Nothing of it is ever shown or fetched. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { boundedRow, MOST_ROWS } from './parsed-mail.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const LONGEST_HTML = 1_000_000;
const MOST_TABLES = 20;
const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object']);
const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'tr',
  'li',
  'table',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'hr',
  'pre',
]);

const isElement = (node: Node): node is Element => 'tagName' in node;

export function readHtml(html: string): { text: string; tables: string[][][] } {
  const tables: string[][][] = [];
  const parts: string[] = [];
  // A list instead of calls: a mail may nest its elements a hundred thousand deep.
  const open: (Node | string)[] = [...parse(html.slice(0, LONGEST_HTML)).childNodes].reverse();
  while (open.length > 0) {
    const node = open.pop();
    if (node === undefined) break;
    if (typeof node === 'string') {
      parts.push(node);
      continue;
    }
    if (node.nodeName === '#text' && 'value' in node) parts.push(node.value.replace(/\s+/g, ' '));
    if (!isElement(node) || SILENT.has(node.tagName)) continue;
    if (node.tagName === 'blockquote') continue;
    if (node.tagName === 'table' && tables.length < MOST_TABLES) {
      const rows = rowsOf(node);
      if (rows.some((row) => row.length > 1)) {
        tables.push(rows);
        continue;
      }
    }
    const block = BLOCKS.has(node.tagName);
    if (block) parts.push('\n');
    if (block && node.tagName !== 'br') open.push('\n');
    open.push(...[...node.childNodes].reverse());
  }
  return {
    text: parts
      .join('')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    tables,
  };
}

function rowsOf(table: Element): string[][] {
  const rows: string[][] = [];
  const open: Node[] = [...table.childNodes].reverse();
  while (open.length > 0 && rows.length < MOST_ROWS) {
    const node = open.pop();
    if (node === undefined || !isElement(node)) continue;
    if (node.tagName === 'tr') {
      const cells = node.childNodes.filter(
        (cell) => isElement(cell) && (cell.tagName === 'td' || cell.tagName === 'th'),
      );
      rows.push(boundedRow(cells.map(textIn)));
    } else if (node.tagName !== 'table') open.push(...[...node.childNodes].reverse());
  }
  return rows;
}

function textIn(root: Node): string {
  const parts: string[] = [];
  const open: Node[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (node === undefined) break;
    if (node.nodeName === '#text' && 'value' in node) parts.push(node.value);
    else if (isElement(node) && !SILENT.has(node.tagName)) {
      if (BLOCKS.has(node.tagName)) parts.push(' ');
      open.push(...[...node.childNodes].reverse());
    }
  }
  return parts.join('').replace(/\s+/g, ' ').trim();
}
