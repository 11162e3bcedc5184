/** The line editor without a screen: what paste, keys and undo do to the lines. Numbers stay text. */

export type EditorProduct = { id: string; sku: string; name: string; unit: string; units?: readonly string[] };
export type EditorLine = {
  key: string;
  product: EditorProduct | null;
  /** What was typed or pasted in the product cell; looked up by whoever quotes. */
  text: string;
  qty: string;
  /** One of the product's units; left out or empty: its base unit. */
  unit?: string;
  /** `YYYY-MM-DD` once understood; until then as it was typed. */
  requestedOn: string;
  note: string;
};

export const MAX_LINES = 500;

let counter = 0;
const newKey = (): string => {
  counter += 1;
  return `${Date.now().toString(36)}-${counter}`;
};
export const emptyLine = (): EditorLine => ({
  key: newKey(),
  product: null,
  text: '',
  qty: '',
  requestedOn: '',
  note: '',
});
/** The unit as the API takes it: nothing for the base unit. */
export const unitOf = ({ unit = '', product }: EditorLine): { unit?: string } =>
  unit.trim() === '' || unit === product?.unit ? {} : { unit: unit.trim() };
export const isBlank = (line: EditorLine): boolean =>
  line.product === null && line.text.trim() === '' && line.qty.trim() === '' && line.note.trim() === '';

/** Full-width digits and signs as people's input methods write them. */
const toHalfWidth = (text: string): string => text.normalize('NFKC');

/** "1,234.50", "１２", " 3 " → decimal text without separators; null when it is no number. A comma is a thousands separator only where one can stand. */
export function parseDecimal(text: string): string | null {
  const clean = toHalfWidth(text).replace(/[\s\u00a0]/g, '');
  const digits = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(clean) ? clean.replaceAll(',', '') : clean;
  if (!/^\d+(\.\d+)?$/.test(digits)) return null;
  const [whole = '0', fraction = ''] = digits.split('.');
  const short = fraction.replace(/0+$/, '');
  const plain = whole.replace(/^0+(?=\d)/, '');
  return short === '' ? plain : `${plain}.${short}`;
}

const DAY_MS = 86_400_000;
const two = (value: string) => value.padStart(2, '0');

/** A date as people and spreadsheets write it → `YYYY-MM-DD`; null when it is none. Without a year: the next such day from `today` on. */
export function parseDate(text: string, today: string = new Date().toISOString().slice(0, 10)): string | null {
  const clean = toHalfWidth(text).trim();
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(clean) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(clean);
  if (full !== null) return realDate(`${full[1]}-${two(full[2] ?? '')}-${two(full[3] ?? '')}`);
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(clean);
  if (short !== null) {
    const rest = `${two(short[1] ?? '')}-${two(short[2] ?? '')}`;
    const year = Number.parseInt(today.slice(0, 4), 10);
    const here = realDate(`${year}-${rest}`);
    return here !== null && here >= today ? here : realDate(`${year + 1}-${rest}`);
  }
  // A spreadsheet's serial number of a day, years 2009 to 2064.
  if (/^[4-5]\d{4}$/.test(clean))
    return new Date(Date.UTC(1899, 11, 30) + Number.parseInt(clean, 10) * DAY_MS).toISOString().slice(0, 10);
  return null;
}

function realDate(text: string): string | null {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : null;
}

type Field = 'code' | 'name' | 'qty' | 'unit' | 'date' | 'note' | null;

const HEADINGS: [Exclude<Field, null>, RegExp][] = [
  [
    'code',
    /^(料號|料号|貨號|货号|編碼|编码|代碼|代码|產品編[碼號]|产品编[码号]|商品編[碼號]|商品编[码号]|型號|型号|sku|code|item( ?(no|code|number))?\.?|product( ?(no|code|number))?\.?|part( ?(no|number))?\.?)$/i,
  ],
  ['name', /^(品名|名稱|名称|產品|产品|商品|產品名稱|产品名称|商品名稱|商品名称|name|description|product name)$/i],
  ['qty', /^(數量|数量|訂購數量|订购数量|qty\.?|quantity|pcs|amount)$/i],
  ['unit', /^(單位|单位|計量單位|计量单位|unit|uom)$/i],
  [
    'date',
    /^(日期|交期|交貨日期|交货日期|需求日期|要求日期|到貨日期|到货日期|date|delivery( date)?|requested( on| date)?|due( date)?)$/i,
  ],
  ['note', /^(備註|备注|說明|说明|note|notes|remark|remarks)$/i],
];

const headingOf = (text: string): Field =>
  HEADINGS.find(([, pattern]) => pattern.test(toHalfWidth(text).trim()))?.[0] ?? null;

/** Cells of a paste: tabs between columns, quoted cells may hold line ends, as spreadsheets copy them. A paste without tabs may be comma or semicolon separated. */
export function parseCells(text: string): string[][] {
  const separator = text.includes('\t')
    ? '\t'
    : /;/.test(text) && !/,/.test(text)
      ? ';'
      : /^[^\n]*[,，]\s*[\d.]+\s*([,，\n]|$)/.test(text)
        ? ','
        : '\t';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = (separator === ',' ? text.replaceAll('，', ',') : text).replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) {
      row.push(cell.trim());
      cell = '';
    } else if (sign === '\n') {
      rows.push([...row, cell.trim()]);
      row = [];
      cell = '';
    } else cell += sign;
  }
  rows.push([...row, cell.trim()]);
  return rows.filter((cells) => cells.some((one) => one !== ''));
}

/** What each column holds: from a heading row if there is one, else from what stands in it. */
function columnsOf(rows: string[][]): { fields: Field[]; body: string[][] } {
  const [first = []] = rows;
  const named = first.map(headingOf);
  if (
    named.filter((field) => field !== null).length >= Math.min(2, first.length) &&
    named.some((field) => field === 'code' || field === 'name')
  )
    return { fields: named, body: rows.slice(1) };
  const width = Math.max(...rows.map((cells) => cells.length));
  const column = (index: number) => rows.map((cells) => cells[index] ?? '').filter((cell) => cell !== '');
  const fields: Field[] = [];
  for (let index = 0; index < width; index += 1) {
    const cells = column(index);
    const all = (test: (cell: string) => boolean) => cells.length > 0 && cells.every(test);
    if (index === 0) fields.push('code');
    else if (
      !fields.includes('qty') &&
      all((cell) => parseDecimal(cell) !== null) &&
      !all((cell) => /^\d{8}$/.test(cell))
    )
      fields.push('qty');
    else if (!fields.includes('date') && all((cell) => parseDate(cell) !== null)) fields.push('date');
    else if (!fields.includes('name') && !fields.includes('qty')) fields.push('name');
    else if (!fields.includes('note')) fields.push('note');
    else fields.push(null);
  }
  return { fields, body: rows };
}

/** Lines of a paste from a spreadsheet or a mail. What cannot be read stays in its cell as it came, marked there, never guessed. */
export function parsePaste(text: string, today?: string): EditorLine[] {
  const rows = parseCells(text);
  if (rows.length === 0) return [];
  const { fields, body } = columnsOf(rows);
  return body.map((cells) => {
    const take = (field: Field) => cells[fields.indexOf(field)] ?? '';
    const qty = fields.includes('qty') ? take('qty') : '';
    const date = fields.includes('date') ? take('date') : '';
    const code = fields.includes('code') ? take('code') : '';
    const name = fields.includes('name') ? take('name') : '';
    return {
      ...emptyLine(),
      text: code === '' ? name : code,
      qty: parseDecimal(qty) ?? qty,
      ...(take('unit') === '' ? {} : { unit: take('unit') }),
      requestedOn: parseDate(date, today) ?? date,
      note: fields.includes('note') ? take('note') : '',
    };
  });
}

export type EditorState = { lines: readonly EditorLine[]; past: readonly (readonly EditorLine[])[] };
export type EditorAction =
  | { type: 'edit'; key: string; patch: Partial<Omit<EditorLine, 'key'>> }
  | { type: 'add'; after?: string }
  | { type: 'remove'; key: string }
  | { type: 'paste'; at: string; lines: readonly EditorLine[] }
  | { type: 'copyDown'; key: string; field: 'qty' | 'requestedOn' | 'note' }
  | { type: 'undo' }
  | { type: 'replace'; lines: readonly EditorLine[] };

const KEEP = 50;

/** Changes that take more than one cell can be undone. There is always one line to type in, and at most MAX_LINES. */
export function editLines(state: EditorState, action: EditorAction): EditorState {
  const { lines } = state;
  const step = (next: readonly EditorLine[]): EditorState => ({
    lines: next.length === 0 ? [emptyLine()] : next.slice(0, MAX_LINES),
    past: [...state.past, lines].slice(-KEEP),
  });
  const at = (key: string) => lines.findIndex((line) => line.key === key);
  switch (action.type) {
    case 'edit':
      return { ...state, lines: lines.map((line) => (line.key === action.key ? { ...line, ...action.patch } : line)) };
    case 'add': {
      if (lines.length >= MAX_LINES) return state;
      const index = action.after === undefined ? lines.length - 1 : at(action.after);
      return { ...state, lines: [...lines.slice(0, index + 1), emptyLine(), ...lines.slice(index + 1)] };
    }
    case 'remove':
      return at(action.key) === -1 ? state : step(lines.filter((line) => line.key !== action.key));
    case 'paste': {
      const index = Math.max(0, at(action.at));
      const here = lines[index];
      const before = lines.slice(0, index);
      // An empty line takes the first pasted one; blank lines below are used up.
      const after = here === undefined || isBlank(here) ? lines.slice(index + 1) : lines.slice(index);
      return step([...before, ...action.lines, ...after.filter((line) => !isBlank(line))]);
    }
    case 'copyDown': {
      const index = at(action.key);
      const above = lines[index - 1];
      return above === undefined
        ? state
        : {
            ...state,
            lines: lines.map((line, other) =>
              other === index ? { ...line, [action.field]: above[action.field] } : line,
            ),
          };
    }
    case 'undo': {
      const before = state.past.at(-1);
      return before === undefined ? state : { lines: before, past: state.past.slice(0, -1) };
    }
    case 'replace':
      return { lines: action.lines.length === 0 ? [emptyLine()] : action.lines, past: [] };
  }
}
