/** The demo company: an invented maker of bicycles in Kunshan, its people, places and carriers. All names and numbers are invented. */
import { makeUscc } from '../../../src/server/kernel/uscc.ts';
import { inventedUscc } from './invented.ts';
import type { DemoCarrier, DemoCompany, DemoPolicy, DemoStaff, DemoTeam, DemoWarehouse, Words } from './types.ts';

const words = (hant: string, hans: string, en: string): Words => ({ hant, hans, en });

export const COMPANY: DemoCompany = {
  name: words('渠行自行車股份有限公司', '渠行自行车股份有限公司', 'Quxing Bicycle Co., Ltd.'),
  shortName: words('渠行', '渠行', 'Quxing'),
  uscc: inventedUscc('320583', 1, makeUscc),
  regionCode: '320583',
  address: '前进东路示范工业园 8 号',
  phone: '0512-55550100',
  email: 'service@quxing.example.com',
  bankName: '示范银行昆山支行',
  bankAccount: '9000000000000000001',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
};

/** Credit customers are invoiced at delivery, as is usual in the trade: the company does not wait for the money. */
export const POLICIES: DemoPolicy[] = [
  { code: 'order.reply_document', value: 0, unit: 'flag', note: '月度归档原件，不逐单上传' },
  { code: 'invoice.needs_payment', value: 0, unit: 'flag', note: '月结渠道送达后开票' },
];

type Row = readonly [
  key: string,
  hant: string,
  hans: string,
  en: string,
  role: DemoStaff['roles'][number],
  department: string,
  teamKey: string | null,
  approvalLimit: string | null,
];

const STAFF_ROWS: readonly Row[] = [
  ['sales.east', '陸嘉言', '陆嘉言', 'Lu Jiayan', 'sales', 'sales', 'team.east', null],
  ['sales.south', '梁詠珊', '梁咏珊', 'Liang Yongshan', 'sales', 'sales', 'team.south', null],
  ['sales.west', '馬雲帆', '马云帆', 'Ma Yunfan', 'sales', 'sales', 'team.west', null],
  ['orders.1', '沈若溪', '沈若溪', 'Shen Ruoxi', 'order_processing', 'order_processing', null, null],
  ['orders.2', '高承宇', '高承宇', 'Gao Chengyu', 'order_processing', 'order_processing', null, null],
  ['production', '魏國棟', '魏国栋', 'Wei Guodong', 'production', 'production', null, null],
  ['warehouse.east', '杜長河', '杜长河', 'Du Changhe', 'warehouse', 'warehouse', null, null],
  ['warehouse.south', '何敏兒', '何敏儿', 'He Miner', 'warehouse', 'warehouse', null, null],
  ['logistics', '蔣一帆', '蒋一帆', 'Jiang Yifan', 'logistics', 'logistics', null, null],
  ['finance.1', '方靜宜', '方静宜', 'Fang Jingyi', 'finance', 'finance', null, null],
  ['finance.2', '韓思遠', '韩思远', 'Han Siyuan', 'finance', 'finance', null, null],
  ['after_sales', '葉曉雯', '叶晓雯', 'Ye Xiaowen', 'after_sales', 'after_sales', null, null],
  ['analyst', '顧知行', '顾知行', 'Gu Zhixing', 'data_analyst', 'data', null, null],
  ['supervision', '嚴守正', '严守正', 'Yan Shouzheng', 'supervision', 'supervision', null, null],
  ['manager.sales', '歐陽誠', '欧阳诚', 'Ouyang Cheng', 'manager', 'management', null, '50000.00'],
  ['manager.general', '蘇明遠', '苏明远', 'Su Mingyuan', 'manager', 'management', null, '500000.00'],
  ['admin.system', '江海天', '江海天', 'Jiang Haitian', 'system_admin', 'it', null, null],
  ['admin.security', '溫若水', '温若水', 'Wen Ruoshui', 'security_admin', 'it', null, null],
  ['auditor', '石鑒清', '石鉴清', 'Shi Jianqing', 'auditor', 'audit', null, null],
];

/** Every staff role is held by somebody; sales by three, order processing, warehouse, finance and management by two each. */
export const STAFF: DemoStaff[] = STAFF_ROWS.map(
  ([key, hant, hans, en, role, department, teamKey, approvalLimit], index) => ({
    key,
    name: words(hant, hans, en),
    email: `${en.toLowerCase().replace(' ', '.')}@quxing.example.com`,
    phone: `1380000${String(index + 1).padStart(4, '0')}`,
    roles: [role],
    department,
    teamKey,
    approvalLimit,
  }),
);

export const TEAMS: DemoTeam[] = [
  { key: 'team.east', name: words('華東與北方組', '华东与北方组', 'East and North'), memberKeys: ['sales.east'] },
  { key: 'team.south', name: words('華南與華中組', '华南与华中组', 'South and Central'), memberKeys: ['sales.south'] },
  { key: 'team.west', name: words('西部組', '西部组', 'West'), memberKeys: ['sales.west'] },
];

export const WAREHOUSES: DemoWarehouse[] = [
  {
    key: 'wh.east',
    code: 'KS',
    name: words('華東倉（昆山）', '华东仓（昆山）', 'East Warehouse (Kunshan)'),
    regionCode: '320583',
    address: '前进东路示范工业园 8 号 1 号库',
    priority: 10,
    staffKey: 'warehouse.east',
  },
  {
    key: 'wh.south',
    code: 'FS',
    name: words('華南倉（佛山）', '华南仓（佛山）', 'South Warehouse (Foshan)'),
    regionCode: '440605',
    address: '狮山示范物流园 3 号库',
    priority: 20,
    staffKey: 'warehouse.south',
  },
  {
    key: 'wh.west',
    code: 'CD',
    name: words('西南倉（成都）', '西南仓（成都）', 'Southwest Warehouse (Chengdu)'),
    regionCode: '510112',
    address: '成龙大道示范物流港 B2 库',
    priority: 30,
    staffKey: 'warehouse.south',
  },
];

export const CARRIERS: DemoCarrier[] = [
  {
    key: 'carrier.lute',
    code: 'LT',
    name: words('鹿特快運', '鹿特快运', 'Lute Express'),
    phone: '400-555-0101',
    waybillPrefix: 'LT',
  },
  {
    key: 'carrier.jiangan',
    code: 'JA',
    name: words('江安物流', '江安物流', 'Jiangan Logistics'),
    phone: '400-555-0102',
    waybillPrefix: 'JA',
  },
  {
    key: 'carrier.yunqi',
    code: 'YQ',
    name: words('雲騎貨運', '云骑货运', 'Yunqi Freight'),
    phone: '400-555-0103',
    waybillPrefix: 'YQ',
  },
  {
    key: 'carrier.beidao',
    code: 'BD',
    name: words('北道零擔', '北道零担', 'Beidao LTL'),
    phone: '400-555-0104',
    waybillPrefix: 'BD',
  },
];
