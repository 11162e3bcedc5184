/** A logo is an SVG that is only a picture: no scripts, no handlers, nothing from elsewhere, no entities. */

const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs lineargradient radialgradient stop clippath mask symbol use'.split(
    ' ',
  ),
);
const TAG = /<\s*\/?\s*([a-z][\w:.-]*)/gi;

/** Whether the text may be shown as an image. */
export function isPlainSvg(text: string): boolean {
  if (!/^\s*(<\?xml[^>]*\?>\s*)?<svg[\s>]/i.test(text) || !/<\/svg>\s*$/i.test(text)) return false;
  if (/<!|&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(text)) return false;
  if (/\son\w+\s*=|javascript:|data:|@import|expression\s*\(|<\?(?!xml)/i.test(text)) return false;
  for (const [, name] of text.matchAll(TAG)) if (!ELEMENTS.has((name ?? '').toLowerCase())) return false;
  for (const [, value] of text.matchAll(/(?:href|src)\s*=\s*["']?([^"'\s>]*)/gi))
    if (!value?.startsWith('#')) return false;
  return [...text.matchAll(/url\s*\(\s*["']?([^)"']*)/gi)].every(([, value]) => value?.startsWith('#'));
}
