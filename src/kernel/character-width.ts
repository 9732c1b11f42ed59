/**
 * Full-width ASCII (U+FF01–FF5E) and the ideographic space, as input methods leave them, become plain ASCII.
 * Nothing else changes: NFKC would also rewrite compatibility ideographs, which are part of people's names.
 */
export function foldWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');
}
