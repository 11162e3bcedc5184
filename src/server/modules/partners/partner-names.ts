/** What a company's name is searched and compared by. Pure. */
import { regionTree } from '../../../../db/reference/regions.ts';
import { foldText, pinyinOf } from '../../kernel/text.ts';

const LEGAL_FORMS =
  /(股份)?有限(责任|責任)?公司|(集团|集團)(股份)?(有限)?(公司)?|总公司|總公司|分公司|公司|\b(co\.?,?\s*ltd|company limited|limited|ltd|incorporated|inc|llc|llp|corporation|corp|company|gmbh|plc|pty|s\.?a\.?|co)\b\.?/gu;
const REGION_SUFFIX = /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|盟)$/u;

let regions: RegExp | undefined;

/** Provinces and cities as they stand in company names, with or without their suffix, the longest first. */
function regionNames(): RegExp {
  if (regions === undefined) {
    const names = new Set<string>();
    for (const province of regionTree())
      for (const { name } of [province, ...province.children]) names.add(name.replace(REGION_SUFFIX, ''));
    const all = [...names].filter((name) => name.length >= 2).sort((a, b) => b.length - a.length);
    regions = new RegExp(`(${all.join('|')})(省|市|特别行政区|自治区|自治州|地区|盟)?`, 'gu');
  }
  return regions;
}

/**
 * The part of a company's name that tells it apart: without place, legal form, blanks and punctuation, folded (NFKC, no case).
 * A name that is made of nothing else keeps its whole folded text.
 */
export function nameStem(name: string): string {
  const folded = foldText(name);
  const stem = folded
    .replace(LEGAL_FORMS, ' ')
    .replace(regionNames(), ' ')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return stem === '' ? folded.replace(/[^\p{L}\p{N}]/gu, '') : stem;
}

/** The derived columns of a name. */
export function nameColumns(name: string): {
  name_folded: string;
  name_stem: string;
  pinyin: string;
  pinyin_initials: string;
} {
  const { full, initials } = pinyinOf(name);
  return { name_folded: foldText(name), name_stem: nameStem(name), pinyin: full, pinyin_initials: initials };
}
