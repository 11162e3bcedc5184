/** Invented people, numbers and codes: valid in form, belonging to nobody. */

const ORG_SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORG_VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The check symbol of an organisation code (GB 11714): modulo 11, X for 10. */
function orgCheck(first8: string): string {
  const sum = ORG_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORG_VALUES.indexOf(first8.charAt(index)),
    0,
  );
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** A code that passes both checksums. Its organisation part starts with MAXQ and a running number, so that it stands out as invented. */
export function inventedUscc(regionCode: string, serial: number, make: (first17: string) => string): string {
  let rest = serial;
  let digits = '';
  for (let place = 0; place < 4; place += 1) {
    digits = ORG_SYMBOLS.charAt(rest % 10) + digits;
    rest = Math.floor(rest / 10);
  }
  const org = `MAXQ${digits}`;
  return make(`91${regionCode}${org}${orgCheck(org)}`);
}

const SURNAMES = [
  ['陈', 'Chen'],
  ['林', 'Lin'],
  ['周', 'Zhou'],
  ['吴', 'Wu'],
  ['徐', 'Xu'],
  ['孙', 'Sun'],
  ['朱', 'Zhu'],
  ['郭', 'Guo'],
  ['罗', 'Luo'],
  ['谢', 'Xie'],
  ['唐', 'Tang'],
  ['冯', 'Feng'],
  ['董', 'Dong'],
  ['萧', 'Xiao'],
  ['程', 'Cheng'],
  ['曹', 'Cao'],
  ['袁', 'Yuan'],
  ['邓', 'Deng'],
  ['彭', 'Peng'],
  ['蔡', 'Cai'],
  ['潘', 'Pan'],
  ['田', 'Tian'],
  ['姜', 'Jiang'],
] as const;

const GIVEN_NAMES = [
  ['立群', 'Liqun'],
  ['思齐', 'Siqi'],
  ['雨桐', 'Yutong'],
  ['志恒', 'Zhiheng'],
  ['婉清', 'Wanqing'],
  ['文博', 'Wenbo'],
  ['子涵', 'Zihan'],
  ['晓岚', 'Xiaolan'],
  ['建平', 'Jianping'],
  ['佳宁', 'Jianing'],
  ['承志', 'Chengzhi'],
  ['书瑶', 'Shuyao'],
  ['振宇', 'Zhenyu'],
  ['静怡', 'Jingyi'],
  ['海涛', 'Haitao'],
  ['若彤', 'Ruotong'],
  ['明哲', 'Mingzhe'],
  ['雅婷', 'Yating'],
  ['俊杰', 'Junjie'],
  ['可欣', 'Kexin'],
  ['永康', 'Yongkang'],
  ['月华', 'Yuehua'],
  ['少峰', 'Shaofeng'],
  ['梦洁', 'Mengjie'],
  ['德明', 'Deming'],
  ['诗涵', 'Shihan'],
  ['伟杰', 'Weijie'],
  ['兰心', 'Lanxin'],
  ['国强', 'Guoqiang'],
] as const;

/** The n-th invented person: 667 different ones, name and English rendering. */
export function inventedPerson(n: number): { name: string; nameEn: string } {
  const [surname, surnameEn] = SURNAMES[n % SURNAMES.length] ?? SURNAMES[0];
  const [given, givenEn] = GIVEN_NAMES[n % GIVEN_NAMES.length] ?? GIVEN_NAMES[0];
  return { name: `${surname}${given}`, nameEn: `${givenEn} ${surnameEn}` };
}

/** The n-th mobile number of an invented person (the company's own people have the first hundred). */
export const inventedPhone = (n: number): string => `1380000${String(100 + n).padStart(4, '0')}`;
