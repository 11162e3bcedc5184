/** Messages of the scripts in the language of the terminal. */

const locale = (process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
  .toLowerCase()
  .replace('-', '_');
const language = !locale.startsWith('zh') ? 'en' : /hant|_tw|_hk|_mo/.test(locale) ? 'hant' : 'hans';

/** @param {{ en: string, hans: string, hant: string }} texts */
export const inLanguage = (texts) => texts[language];

/** One line for the person at the terminal. */
export const say = (texts) => console.log(inLanguage(texts));

/** A reason to stop that needs no stack trace. */
export class Stop extends Error {
  constructor(texts) {
    super(inLanguage(texts));
    this.name = 'Stop';
  }
}

/** Runs a script's main function; a `Stop` becomes one message and exit code 1. */
export async function main(work) {
  try {
    const code = await work();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = 1;
  }
}
