/** What waits on the day the demo is looked at, besides orders: promotions in force and to come, companies that apply. All names are invented. */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { makeUscc } from '../../../src/server/kernel/uscc.ts';
import { inventedPerson, inventedPhone, inventedUscc } from './invented.ts';

/** Fields as the API takes them; products by their codes. */
export type DemoPromotion = {
  code: string;
  name: string;
  nameEn: string;
  validFrom: BizDate;
  validTo: BizDate;
  skus: readonly string[];
} & (
  | { kind: 'free_goods'; buyQty: string; getQty: string; quotaQty: string }
  | { kind: 'percentage'; rate: string }
  | { kind: 'order_percentage'; rate: string; minAmount: string }
);

/** Prices of agreements stay as agreed: these hold for partners on ordinary lists. */
export const demoPromotions = (today: BizDate): DemoPromotion[] => [
  {
    code: 'HELMET-10-1',
    name: '骑行头盔买十送一',
    nameEn: 'Helmets: buy ten, get one',
    kind: 'free_goods',
    buyQty: '10',
    getQty: '1',
    quotaQty: '200',
    validFrom: addDays(today, -10),
    validTo: addDays(today, 20),
    skus: ['HL-U509', 'HL-U509-B', 'HL-U509-R'],
  },
  {
    code: 'YEAR-END-2',
    name: '整单满十万减百分之二',
    nameEn: 'Two percent off orders from 100,000',
    kind: 'order_percentage',
    rate: '0.02',
    minAmount: '100000',
    validFrom: addDays(today, -5),
    validTo: addDays(today, 40),
    skus: [],
  },
  {
    code: 'CARE-NEXT',
    name: '清洗剂预热九折',
    nameEn: 'Bike wash, ten percent off',
    kind: 'percentage',
    rate: '0.1',
    validFrom: addDays(today, 14),
    validTo: addDays(today, 45),
    skus: ['CL-9009'],
  },
];

export type DemoApplication = {
  name: string;
  nameEn: string;
  regionCode: string;
  address: string;
  uscc: string;
  contact: { name: string; phone: string; email: string };
  message: string;
  /** Days before today on which it arrived. */
  daysAgo: number;
};

const APPLICANTS = [
  [
    '烟台海岬自行车有限公司',
    'Yantai Haijia Bikes Co., Ltd.',
    '370602',
    '海岸路 22 号',
    '三家门店，主营公路车与骑行服饰。',
    2,
  ],
  [
    '洛阳驼铃户外用品有限公司',
    'Luoyang Camel Bell Outdoor Co., Ltd.',
    '410302',
    '中州路 180 号',
    '希望代理旅行车系列，年需求约三百辆。',
    1,
  ],
  [
    '南宁绿荫骑行俱乐部有限公司',
    'Nanning Green Shade Cycling Club Co., Ltd.',
    '450103',
    '民族大道 66 号',
    '俱乐部团购，首批五十辆山地车。',
    0,
  ],
] as const;

export const demoApplications = (): DemoApplication[] =>
  APPLICANTS.map(([name, nameEn, regionCode, address, message, daysAgo], i) => ({
    name,
    nameEn,
    regionCode,
    address,
    uscc: inventedUscc(regionCode, 900 + i, makeUscc),
    contact: {
      name: inventedPerson(500 + i).name,
      phone: inventedPhone(900 + i),
      email: `contact${i + 1}@applicant.example.com`,
    },
    message,
    daysAgo,
  }));

/** One page that says what it is: the licence of an invented company. */
export function sampleLicence(uscc: string): Buffer {
  const text = `BT /F1 18 Tf 72 720 Td (Business licence - sample) Tj 0 -30 Td (${uscc}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${body}${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  );
}
