/** ISO 4217: the currencies in use and how many decimals their minor unit has. Codes without a minor unit (XAU, XDR, XXX …) are left out. */

const TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP ' +
  'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD ' +
  'KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR ' +
  'PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU ' +
  'UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';
const FOUR_DECIMALS = 'CLF UYW';

const SCALES: ReadonlyMap<string, number> = new Map([
  ...withScale(NO_DECIMALS, 0),
  ...withScale(TWO_DECIMALS, 2),
  ...withScale(THREE_DECIMALS, 3),
  ...withScale(FOUR_DECIMALS, 4),
]);

/** Whether this is the code of a currency in use. Upper case only. */
export function isCurrency(code: string): boolean {
  return SCALES.has(code);
}

/** Decimals of the minor unit: CNY 2, JPY 0, KWD 3. Throws RangeError for an unknown code. */
export function currencyScale(code: string): number {
  const scale = SCALES.get(code);
  if (scale === undefined) throw new RangeError(`unknown currency: ${code}`);
  return scale;
}

function withScale(codes: string, scale: number): [string, number][] {
  return codes.split(' ').map((code) => [code, scale]);
}
