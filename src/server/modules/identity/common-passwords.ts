/** Words that passwords are made of again and again. Compared without case, digits in letters' places, and what hangs at the end. */
const WORDS = `
password passwort passwd passw0rd p@ssw0rd p@ssword pass123 pass1234 password1 password12 password123 password1234 mypassword newpassword
admin admin123 admin1234 admin12345 admin888 administrator root root123 toor system system123 manager superuser supervisor sysadmin user user123
test test123 test1234 testtest tester guest guest123 demo demo123 demo1234 default changeme change letmein welcome welcome1 welcome123 hello hello123
login signin access access14 secret secret123 security master master123 service support office company business enterprise
qwerty qwerty1 qwerty12 qwerty123 qwertyuiop qwert qwert123 asdf asdfgh asdf1234 asdfasdf asdfghjkl zxcvbn zxcvbnm zxcv1234 qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 1qazxsw2 zaq12wsx
abc123 abc12345 abcd1234 abcdef abcdefg abcdefgh a123456 a1234567 a12345678 a123456789 aa123456 aaa123456 abc123456 q123456 w123456 z123456 as123456 qq123456 zz123456 123456a 123456aa 1234567a 12345678a 123456789a 123456abc 123456qq 123abc 123qwe 1234qwer qwe123 qwer1234 123123a a123123 asd123456 zxc123456 123456asd
12345678 123456789 1234567890 0123456789 0987654321 987654321 87654321 11111111 00000000 88888888 66666666 99999999 12341234 12121212 11223344 112233445566 123123123 147258369 147852369 159357456 741852963 789456123 31415926 5201314 52013140 1314520 13145200 5211314 7758521 7758258 woaini woaini520 woaini521 woaini1314 iloveyou iloveyou1 520520520 18181818 19491001 20080808
dragon monkey football baseball basketball soccer hockey master shadow superman batman spiderman trustno1 sunshine princess starwars whatever freedom michael jordan jordan23 jennifer jessica charlie michelle ashley daniel hunter killer pepper ginger cookie cheese banana orange summer winter spring autumn
summer2024 winter2024 spring2025 january february march april monday friday sunday flower purple yellow silver diamond computer internet samsung iphone google google123 facebook linkedin microsoft windows apple huawei xiaomi alibaba taobao tencent weixin wechat baidu
mima mima123 mima1234 mimamima gongsi gongsi123 guanliyuan kehu beijing shanghai guangzhou shenzhen zhongguo china china123 wodemima nihao nihao123 nihaoma woaiwojia wangwei zhangwei liwei
密码 密碼 管理员 管理員 我爱你 我愛你 你好 公司 中国 中國 测试 測試
trustno letmein123 iamgod fuckyou fuckyou1 asshole whatever1 nothing unknown private public temp temp1234 temporary training student teacher family forever friends loveme lovely lover mylove babygirl babyboy angel angel123 jesus christ matrix mustang ferrari porsche mercedes toyota harley corvette yankees dallas chelsea arsenal liverpool barcelona juventus ronaldo messi
channel partner dealer distributor reseller order orders orderorder warehouse logistics finance sales sales123
`;

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ''));
