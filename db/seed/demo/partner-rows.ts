/** Forty invented channel partners in real cities, as short rows; partners.ts makes them whole. */
import type { PartnerLevel } from './types.ts';

export type TermKey = 'prepaid' | 'deposit' | 'net30' | 'month_end' | 'instalments';
export type PartnerRow = readonly [
  /** For mail addresses and order numbers. */
  slug: string,
  name: string,
  nameEn: string,
  shortName: string,
  regionCode: string,
  street: string,
  level: PartnerLevel,
  territory: 'east' | 'south' | 'west',
  term: TermKey,
  /** Null: the company's default of working days. */
  replyDays: number | null,
];

// biome-ignore format: one partner a line
export const PARTNER_ROWS: readonly PartnerRow[] = [
  ['taan', '杭州踏岸体育用品有限公司', "Hangzhou Ta'an Sports Co., Ltd.", '踏岸体育', '330106', '文三路示范大厦 1201 室', 'A', 'east', 'month_end', 5],
  ['lunji', '苏州轮集自行车贸易有限公司', 'Suzhou Lunji Bicycle Trading Co., Ltd.', '轮集', '320508', '人民路 801 号', 'A', 'east', 'net30', null],
  ['hufengli', '上海沪风里商贸有限公司', 'Shanghai Hufengli Trading Co., Ltd.', '沪风里', '310115', '张杨路 1505 弄 6 号', 'A', 'east', 'month_end', null],
  ['moye', '南京陌野户外用品有限公司', 'Nanjing Moye Outdoor Co., Ltd.', '陌野户外', '320106', '中山北路 77 号', 'B', 'east', 'net30', null],
  ['haiji', '宁波海脊单车有限公司', 'Ningbo Haiji Bikes Co., Ltd.', '海脊单车', '330203', '药行街 42 号', 'B', 'east', 'deposit', null],
  ['luxing', '合肥庐行体育有限公司', 'Hefei Luxing Sports Co., Ltd.', '庐行体育', '340111', '马鞍山南路 268 号', 'B', 'east', 'net30', null],
  ['huan', '无锡湖岸自行车有限公司', "Wuxi Hu'an Bicycle Co., Ltd.", '湖岸', '320211', '太湖大道 1890 号', 'C', 'east', 'prepaid', null],
  ['ouchi', '温州瓯驰体育用品有限公司', 'Wenzhou Ouchi Sports Co., Ltd.', '瓯驰', '330302', '学院中路 35 号', 'C', 'east', 'prepaid', 2],
  ['quanchi', '济南泉驰自行车销售有限公司', 'Jinan Quanchi Bicycle Sales Co., Ltd.', '泉驰', '370102', '泺源大街 88 号', 'B', 'east', 'deposit', null],
  ['jiajiao', '青岛岬角运动器材有限公司', 'Qingdao Jiajiao Sporting Equipment Co., Ltd.', '岬角运动', '370202', '香港中路 110 号', 'A', 'east', 'net30', null],
  ['minlun', '福州闽轮贸易有限公司', 'Fuzhou Minlun Trading Co., Ltd.', '闽轮', '350102', '五四路 162 号', 'C', 'south', 'prepaid', null],
  ['yuqi', '厦门屿骑文化体育有限公司', 'Xiamen Yuqi Sports Culture Co., Ltd.', '屿骑', '350203', '湖滨南路 56 号', 'B', 'south', 'net30', null],
  ['gantu', '南昌赣途单车有限公司', 'Nanchang Gantu Bikes Co., Ltd.', '赣途', '360102', '阳明路 219 号', 'C', 'south', 'deposit', null],
  ['pengqi', '徐州彭骑商贸有限公司', 'Xuzhou Pengqi Trading Co., Ltd.', '彭骑', '320303', '和平路 55 号', 'C', 'east', 'prepaid', null],
  ['yanlun', '北京燕轮坊体育发展有限公司', 'Beijing Yanlunfang Sports Development Co., Ltd.', '燕轮坊', '110105', '工体东路 20 号', 'A', 'east', 'month_end', null],
  ['haihe', '天津海河骑自行车有限公司', 'Tianjin Haiheqi Bicycle Co., Ltd.', '海河骑', '120101', '南京路 189 号', 'B', 'east', 'instalments', null],
  ['jixing', '石家庄冀行贸易有限公司', 'Shijiazhuang Jixing Trading Co., Ltd.', '冀行', '130102', '中山东路 322 号', 'C', 'east', 'prepaid', null],
  ['shengqi', '沈阳盛骑体育用品有限公司', 'Shenyang Shengqi Sports Co., Ltd.', '盛骑', '210102', '太原北街 41 号', 'B', 'east', 'deposit', null],
  ['binan', '大连滨岸单车销售有限公司', "Dalian Bin'an Bike Sales Co., Ltd.", '滨岸单车', '210202', '人民路 26 号', 'C', 'east', 'net30', null],
  ['bingyuan', '哈尔滨冰原户外用品有限公司', 'Harbin Bingyuan Outdoor Co., Ltd.', '冰原户外', '230102', '中央大街 118 号', 'C', 'east', 'prepaid', null],
  ['jinchi', '太原晋驰自行车有限公司', 'Taiyuan Jinchi Bicycle Co., Ltd.', '晋驰', '140105', '长风街 131 号', 'C', 'west', 'deposit', null],
  ['zhuan', '广州珠岸体育用品有限公司', "Guangzhou Zhu'an Sports Co., Ltd.", '珠岸体育', '440106', '天河北路 233 号', 'A', 'south', 'month_end', null],
  ['wanqi', '深圳湾骑科技有限公司', 'Shenzhen Wanqi Technology Co., Ltd.', '湾骑', '440305', '科苑路 15 号', 'A', 'south', 'net30', null],
  ['chanlun', '佛山禅轮自行车贸易有限公司', 'Foshan Chanlun Bicycle Trading Co., Ltd.', '禅轮', '440604', '季华五路 22 号', 'B', 'south', 'net30', null],
  ['guanxing', '东莞莞行运动用品有限公司', 'Dongguan Guanxing Sports Co., Ltd.', '莞行', '441900', '南城街道鸿福路 200 号', 'B', 'south', 'month_end', null],
  ['yongxing', '南宁邕行商贸有限公司', 'Nanning Yongxing Trading Co., Ltd.', '邕行', '450103', '民族大道 131 号', 'C', 'south', 'prepaid', null],
  ['yefeng', '海口椰风骑体育有限公司', 'Haikou Yefengqi Sports Co., Ltd.', '椰风骑', '460106', '滨海大道 103 号', 'C', 'south', 'prepaid', null],
  ['xiangqi', '长沙湘骑自行车有限公司', 'Changsha Xiangqi Bicycle Co., Ltd.', '湘骑', '430102', '五一大道 458 号', 'B', 'south', 'deposit', null],
  ['jiangcheng', '武汉江城轮体育用品有限公司', 'Wuhan Jiangchenglun Sports Co., Ltd.', '江城轮', '420106', '中南路 99 号', 'A', 'south', 'month_end', null],
  ['zhongyuan', '郑州中原骑行贸易有限公司', 'Zhengzhou Zhongyuan Cycling Trading Co., Ltd.', '中原骑行', '410105', '花园路 59 号', 'B', 'south', 'instalments', null],
  ['xiangwan', '珠海香湾单车有限公司', 'Zhuhai Xiangwan Bikes Co., Ltd.', '香湾单车', '440402', '吉大路 18 号', 'C', 'south', 'prepaid', null],
  ['miantao', '仙桃沔桃商贸有限公司', 'Xiantao Miantao Trading Co., Ltd.', '沔桃', '429004', '沔街大道 12 号', 'C', 'south', 'prepaid', null],
  ['jinlun', '成都锦轮自行车有限公司', 'Chengdu Jinlun Bicycle Co., Ltd.', '锦轮', '510107', '人民南路四段 27 号', 'A', 'west', 'net30', null],
  ['shanlun', '重庆山城轮体育用品有限公司', 'Chongqing Shanchenglun Sports Co., Ltd.', '山城轮', '500103', '中山三路 139 号', 'B', 'west', 'net30', null],
  ['dianqi', '昆明滇骑户外用品有限公司', 'Kunming Dianqi Outdoor Co., Ltd.', '滇骑', '530102', '东风西路 99 号', 'B', 'west', 'deposit', null],
  ['qianling', '贵阳黔岭单车有限公司', 'Guiyang Qianling Bikes Co., Ltd.', '黔岭单车', '520103', '北京路 66 号', 'C', 'west', 'prepaid', null],
  ['yanqi', '西安雁骑体育发展有限公司', "Xi'an Yanqi Sports Development Co., Ltd.", '雁骑', '610113', '长安中路 123 号', 'B', 'west', 'month_end', null],
  ['hean', '兰州河岸自行车销售有限公司', "Lanzhou He'an Bicycle Sales Co., Ltd.", '河岸', '620102', '庆阳路 77 号', 'C', 'west', 'prepaid', null],
  ['fuqi', '绵阳涪骑商贸有限公司', 'Mianyang Fuqi Trading Co., Ltd.', '涪骑', '510703', '临园路东段 68 号', 'C', 'west', 'prepaid', null],
  ['tianshan', '乌鲁木齐天山轮贸易有限公司', 'Urumqi Tianshanlun Trading Co., Ltd.', '天山轮', '650102', '解放北路 28 号', 'B', 'west', 'deposit', null],
];
